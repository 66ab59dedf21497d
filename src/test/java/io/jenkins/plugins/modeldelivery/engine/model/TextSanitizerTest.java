package io.jenkins.plugins.modeldelivery.engine.model;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TextSanitizerTest {
    @Test
    void cutsAndCleans() {
        assertThat(TextSanitizer.brief(null, 5)).isEmpty();
        assertThat(TextSanitizer.brief("abcde", 5)).isEqualTo("abcde");
        assertThat(TextSanitizer.brief("abcdef", 5)).isEqualTo("abcd…");
        assertThat(TextSanitizer.brief("a\nb\u202ec", 9)).isEqualTo("a b c");
        assertThat(TextSanitizer.brief("abc", 1)).isEqualTo("…");
    }

    /** A half of a character is no text: it could be written to no file. */
    @Test
    void cutsNoCharacterInHalf() {
        assertThat(TextSanitizer.brief("abc\uD83D\uDE00def", 5)).isEqualTo("abc…");
        assertThat(TextSanitizer.brief("abc\uD83D\uDE00def", 6)).isEqualTo("abc\uD83D\uDE00…");
    }

    @Property
    void isNeverLongerAndHasOneLine(@ForAll String text, @ForAll @IntRange(min = 1, max = 50) int max) {
        String brief = TextSanitizer.brief(text, max);
        assertThat(brief.length()).isLessThanOrEqualTo(max);
        assertThat(brief.chars().noneMatch(Character::isISOControl)).isTrue();
    }
}
