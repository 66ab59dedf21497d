package io.jenkins.plugins.modeldelivery.engine.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.modeldelivery.engine.metrics.Metric;
import io.jenkins.plugins.modeldelivery.engine.metrics.Metrics;
import io.jenkins.plugins.modeldelivery.engine.metrics.Slice;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The text of a slice is what a check writes, and no two slices have the same. */
class SliceTextTest {
    @Provide
    Arbitrary<Map<String, String>> keys() {
        Arbitrary<String> texts = Arbitraries.oneOf(
                Arbitraries.strings().withChars("a1,=*{}\"\\# .-e+").ofMaxLength(4),
                Arbitraries.strings().ofMaxLength(6),
                Arbitraries.of("baseline", "with", "2024", "1e5", "-3", ".5", "1.", "18-25", "New York", "é", "\n"));
        return Arbitraries.maps(texts.filter(text -> !text.isEmpty()), texts)
                .ofMinSize(1)
                .ofMaxSize(3);
    }

    @Property(tries = 5000)
    void aSliceReadsBackFromACheckThatIsWrittenWithItsText(@ForAll("keys") Map<String, String> keys) {
        Slice slice = Slice.of(keys);
        Check check = Check.parse("m" + slice + " >= 0");
        assertThat(check.slices().one()).contains(slice);
        assertThat(check.slices().matches(slice)).isTrue();
        assertThat(check.subject()).isEqualTo("m" + slice);
        assertThat(check.slices().one().orElseThrow().keys()).isEqualTo(keys);
    }

    @Property(tries = 5000)
    void slicesAreEqualExactlyIfTheirKeysAre(
            @ForAll("keys") Map<String, String> one, @ForAll("keys") Map<String, String> other) {
        assertThat(Slice.of(one).equals(Slice.of(other))).isEqualTo(one.equals(other));
        assertThat(Slice.of(one).compareTo(Slice.of(other)) == 0).isEqualTo(one.equals(other));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            DE       | {k=DE}
            New York | {k="New York"}
            1,b=2    | {k="1,b=2"}
            2024     | {k=2024}
            -1.5e-3  | {k=-1.5e-3}
            18-25    | {k="18-25"}
            *        | {k="*"}
            a"b\\c   | {k="a\\"b\\\\c"}
            ''       | {k=""}
            """)
    void isQuotedWhereItMustBe(String value, String text) {
        assertThat(Slice.of(Map.of("k", value))).hasToString(text);
    }

    @Test
    void allOfTheDataHasNoText() {
        assertThat(Slice.of(Map.of())).isSameAs(Slice.ALL).hasToString("");
    }

    @Test
    void twoMetricsNeverHaveTheSameKeyText() {
        Metric named = metric("m{a=1}", Map.of());
        Metric sliced = metric("m", Map.of("a", "1"));
        assertThat(named.key()).hasToString("\"m{a=1}\"");
        assertThat(sliced.key()).hasToString("m{a=1}");
        assertThat(metric("macro avg.f1-score", Map.of()).key()).hasToString("macro avg.f1-score");
        assertThat(Metrics.of(List.of(named, sliced)).all()).containsExactly(sliced, named);
    }

    private static Metric metric(String name, Map<String, String> slice) {
        return new Metric(
                name, Slice.of(slice), 0.5, OptionalLong.empty(), OptionalDouble.empty(), List.of(), Optional.empty());
    }
}
