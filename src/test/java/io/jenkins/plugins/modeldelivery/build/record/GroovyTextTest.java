package io.jenkins.plugins.modeldelivery.build.record;

import static org.assertj.core.api.Assertions.assertThat;

import groovy.lang.GroovyShell;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Groovy itself reads what is written for it. */
class GroovyTextTest {
    private static Object read(String text) {
        return new GroovyShell().evaluate("[" + GroovyText.literal(text) + "][0]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "churn/7",
                "it's",
                "a\\",
                "a\\'; System.exit(1); '",
                "' + evil() + '",
                "$x ${System.exit(1)}",
                "a\nb\r\nc",
                "\\u0027 + evil() + \\u0027",
                "\\\\u0027",
                "'''",
                "/* */ // #",
                "نموذج 模型🚀\u2028\u2029\u202e",
                "\t\u0001\u007f",
            })
    void whateverItIsItStaysText(String text) {
        assertThat(read(text)).isEqualTo(text);
    }

    @Test
    void soDoesAnyMixtureOfTheDangerousSigns() {
        String signs = "\\'\"$u0027{}\n\r/";
        Random random = new Random(42);
        for (int i = 0; i < 2000; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(12); length > 0; length--) {
                text.append(signs.charAt(random.nextInt(signs.length())));
            }
            assertThat(read(text.toString())).isEqualTo(text.toString());
        }
    }
}
