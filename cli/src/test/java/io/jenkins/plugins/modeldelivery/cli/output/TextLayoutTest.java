package io.jenkins.plugins.modeldelivery.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextLayoutTest {
    private static final String WORDS = "several words that come before ".repeat(3);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/home/you/churn/.model-delivery/journals/019f10842dc52ea554515c6a-64892d0e37c458fb98c67e09.json.abandoned",
                "/srv/models/churn/model-settings.json",
                "https://mlflow.example.com:5000/api/2.0/mlflow/registered-models",
                "sha256:86db1a2c2eed2ea9329bd96ecf28d67a3cf71fc26cbced9017ad1f95bae93de2"
            })
    void whatIsCopiedStaysInOnePiece(String copied) {
        for (int length = 0; length < WORDS.length(); length++) {
            String line = "note         " + WORDS.substring(0, length).strip() + " " + copied + " and more";
            assertThat(TextLayout.labelled(line).lines()).anyMatch(l -> l.contains(copied));
        }
    }

    @Test
    void wordsFitTheWidthAndGoOnUnderTheText() {
        String text = TextLayout.labelled("refused      " + WORDS + WORDS);
        assertThat(text.lines()).hasSizeGreaterThan(1).allMatch(line -> line.length() <= TextLayout.WIDTH);
        assertThat(text.lines().skip(1)).allMatch(line -> line.startsWith(" ".repeat(15)) && line.charAt(15) != ' ');
        assertThat(text.lines().map(String::strip).collect(Collectors.joining(" ")))
                .isEqualTo(("refused      " + WORDS + WORDS).strip());
    }

    @Test
    void aShortLineIsLeftAsItIs() {
        assertThat(TextLayout.labelled("live         edge/churn serves churn/2"))
                .isEqualTo("live         edge/churn serves churn/2");
        assertThat(TextLayout.labelled("short")).isEqualTo("short");
    }

    @Test
    void linesOfTheTextStayLines() {
        assertThat(TextLayout.row(new int[] {4, 20}, "", "one\ntwo")).isEqualTo("    one\n    two");
    }

    @Test
    void aLongWordBeforeTheLastColumnDoesNotShiftTheNext() {
        String name = IntStream.range(0, 30).mapToObj(i -> "x").collect(Collectors.joining());
        assertThat(TextLayout.row(new int[] {20, 10}, name, "0.9"))
                .isEqualTo("x".repeat(20) + "0.9\n  " + "x".repeat(10));
    }
}
