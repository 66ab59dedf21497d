package io.jenkins.plugins.modeldelivery.engine.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetricsFileTest {
    private static Metrics parse(String file, String text) throws IOException {
        return MetricsFile.parse(file, text.getBytes(StandardCharsets.UTF_8));
    }

    private static void assertRefused(String file, String text, String... parts) {
        assertThatThrownBy(() -> parse(file, text))
                .isInstanceOfSatisfying(
                        DeliveryException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_INPUT))
                .hasMessageContaining("The metrics file " + file)
                .hasMessageContainingAll(parts);
    }

    private static Slice slice(String key, String value) {
        return Slice.of(new TreeMap<>(Map.of(key, value)));
    }

    @Test
    void joinsNestedKeysAsScikitLearnsReportNeedsIt() throws IOException {
        Metrics metrics = parse("m.json", "{\"accuracy\": 0.9, \"macro avg\": {\"f1-score\": 0.8, \"support\": 50}}");
        assertThat(metrics.names()).containsExactly("accuracy", "macro avg.f1-score", "macro avg.support");
    }

    @Test
    void readsAListWithSlicesAndUncertainty() throws IOException {
        Metrics metrics = parse(
                "m.json",
                "[{\"name\": \"auc\", \"value\": 0.9, \"n\": 100, \"stderr\": 0.01, \"dataset\": \"d\"},"
                        + "{\"name\": \"auc\", \"values\": [0.8, 0.9], \"slice\": {\"country\": \"DE\"}}]");
        Metric whole = metrics.find("auc", Slice.ALL).orElseThrow();
        assertThat(whole.n()).isEqualTo(OptionalLong.of(100));
        assertThat(whole.stderr()).isEqualTo(OptionalDouble.of(0.01));
        assertThat(whole.dataset()).contains("d");
        Metric sliced = metrics.find("auc", slice("country", "DE")).orElseThrow();
        assertThat(sliced.value()).isEqualTo(0.85);
        assertThat(sliced.values()).containsExactly(0.8, 0.9);
    }

    @Test
    void readsCsvWithSliceColumns() throws IOException {
        Metrics metrics = parse("m.csv", "metric,value,n,country\nauc,0.9,100,\nauc,0.8,50,\"New York\"\n");
        assertThat(metrics.find("auc", Slice.ALL).orElseThrow().n()).isEqualTo(OptionalLong.of(100));
        assertThat(metrics.find("auc", slice("country", "New York"))
                        .orElseThrow()
                        .value())
                .isEqualTo(0.8);
    }

    @ParameterizedTest
    @CsvSource({"NaN,NaN", "nan,NaN", "inf,Infinity", "-inf,-Infinity", "1e-3,0.001", "-0.5,-0.5", ".5,0.5"})
    void readsTheNumbersThatPythonWritesInCsv(String cell, Double value) throws IOException {
        assertThat(parse("m.csv", "metric,value\nm," + cell + "\n")
                        .find("m", Slice.ALL)
                        .orElseThrow()
                        .value())
                .isEqualTo(value);
    }

    @Test
    void readsTheNumbersThatPythonWritesInJson() throws IOException {
        Metrics metrics = parse("m.json", "{\"a\": NaN, \"b\": Infinity, \"c\": -Infinity}");
        assertThat(metrics.find("a", Slice.ALL).orElseThrow().value()).isNaN();
        assertThat(metrics.find("c", Slice.ALL).orElseThrow().value()).isEqualTo(Double.NEGATIVE_INFINITY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"m.json", "m.csv"})
    void doesNotMindAByteOrderMarkOrWindowsLineEnds(String file) throws IOException {
        String text = file.endsWith("csv") ? "metric,value\r\nauc,0.9\r\n" : "{\r\n\"auc\": 0.9\r\n}\r\n";
        assertThat(parse(file, "\uFEFF" + text)).isEqualTo(Metrics.of(Map.of("auc", 0.9)));
    }

    @Test
    void takesTenMebibytesAndNotOneByteMore() throws IOException {
        String small = "{\"auc\": 0.9}";
        String full = small + " ".repeat(MetricsFile.MAX_BYTES - small.length());
        assertThat(parse("m.json", full)).isEqualTo(Metrics.of(Map.of("auc", 0.9)));
        assertRefused("m.json", full + " ", "larger than 10 MiB");
        assertRefused("m.csv", "metric,value\n" + "a,1\n".repeat(11 * 1024 * 1024 / 4), "larger than 10 MiB");
    }

    @Test
    void refusesDeepNesting() {
        assertRefused(
                "m.json", "{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000), "line 1, column", "more than 50 deep");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"auc": 1, "auc": 2}                                      | line 1, column | auc
            {"a.b": 1, "a": {"b": 2}}                                 | line 1, column | given twice
            [{"name": "a", "value": 1}, {"name": "a", "value": 2}]    | line 1, column 29 | given twice
            {"auc": "good"}                                           | line 1, column 9 | not a number
            {"auc": true}                                             | line 1, column 9 | not a number
            {"auc": null}                                             | line 1, column 9 | not a number
            {"auc": [1]}                                              | line 1, column 9 | not a number
            {"": 1}                                                   | line 1, column   | no name
            [{"value": 1}]                                            | line 1, column 2 | needs a name
            [{"name": "a"}]                                           | line 1, column 2 | needs a value
            [{"name": "a", "value": 1, "N": 3}]                       | line 1, column   | no key "N"
            [{"name": "a", "value": 1, "n": 1.5}]                     | line 1, column   | whole number
            [{"name": "a", "value": 1, "n": -1}]                      | line 1, column   | whole number
            [{"name": "a", "value": 1, "stderr": -1}]                 | line 1, column   | at least 0
            [{"name": "a", "value": 1, "values": 3}]                  | line 1, column   | list of numbers
            [{"name": "a", "value": 1, "slice": {"k": {}}}]           | line 1, column   | one text
            [1]                                                       | line 1, column 2 | expected an object
            7                                                         | line 1, column 1 | expected an object or a list
            {"a": 1} {"b": 2}                                         | line 1, column   | more after
            {"a": 1                                                   | line 1, column   | end-of-input
            """)
    void namesThePlaceOfAJsonError(String text, String place, String what) {
        assertRefused("m.json", text, place, what);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            name;value       | line 1 | names the columns
            metric,value;a   | line 2 | 1 columns
            metric,value;a,x | line 2 | not a number
            metric,value;a,1d| line 2 | not a number
            metric,value;,1  | line 2 | needs a name
            metric,value,n;a,1,2.5 | line 2 | whole number
            metric,value,stderr;a,1,-2 | line 2 | at least 0
            metric,value,value;a,1,1 | line 1 | named twice
            metric,value;a,1;a,2 | line 3 | given twice, first in line 2
            """)
    void namesThePlaceOfACsvError(String text, String place, String what) {
        assertRefused("m.csv", text.replace(';', '\n') + "\n", place, what);
    }

    @Property(tries = 500)
    void anyTextGivesMetricsOrTheDocumentedError(@ForAll String text, @ForAll boolean csv) throws IOException {
        try {
            assertThat(parse(csv ? "m.csv" : "m.json", text)).isNotNull();
        } catch (DeliveryException e) {
            assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_INPUT);
        }
    }

    @Property(tries = 500)
    void anyBytesGiveMetricsOrTheDocumentedError(@ForAll byte[] bytes, @ForAll boolean csv) throws IOException {
        try {
            assertThat(MetricsFile.parse(csv ? "m.csv" : "m.json", bytes)).isNotNull();
        } catch (DeliveryException e) {
            assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_INPUT);
        }
    }

    @Property(tries = 3000)
    void anythingMadeOfItsOwnPartsGivesMetricsOrTheDocumentedError(@ForAll("soup") String text, @ForAll boolean csv)
            throws IOException {
        try {
            assertThat(parse(csv ? "m.csv" : "m.json", text)).isNotNull();
        } catch (DeliveryException e) {
            assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_INPUT);
            assertThat(e.getMessage()).startsWith("The metrics file m.").hasSizeLessThan(1000);
        }
    }

    @Provide
    Arbitrary<String> soup() {
        return Arbitraries.of(
                        "[",
                        "]",
                        "{",
                        "}",
                        ":",
                        ",",
                        "\"",
                        "\"name\":\"a\"",
                        "\"value\":1",
                        "\"values\":[",
                        "\"slice\":{",
                        "\"n\":",
                        "1",
                        "-1",
                        "1e400",
                        "NaN",
                        "\"NaN\"",
                        "null",
                        "true",
                        "\n",
                        "\r",
                        "\u0000",
                        "\uFEFF",
                        "é",
                        "metric,value\n",
                        "metric,value,n,stderr,dataset,k\n",
                        "a,1",
                        "\"\"",
                        "\t",
                        "'",
                        "/*")
                .list()
                .ofMaxSize(16)
                .map(parts -> String.join("", parts));
    }

    @Test
    void numbersBeyondADoubleAreInfiniteAndSoFailTheirChecks() throws IOException {
        Metrics json = parse("m.json", "{\"a\": 1e400, \"b\": -1e400, \"c\": 1e-400}");
        assertThat(json.find("a", Slice.ALL).orElseThrow().value()).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(json.find("b", Slice.ALL).orElseThrow().value()).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(json.find("c", Slice.ALL).orElseThrow().value()).isZero();
        assertThat(parse("m.csv", "metric,value\na,1e400\nb,-1e400\nc,1e-400\n"))
                .isEqualTo(json);
    }

    @Test
    void numbersOfVeryManyDigitsAreRefused() {
        assertRefused("m.json", "{\"a\": 1" + "0".repeat(100_000) + "}", "line 1", "Number");
        assertRefused("m.csv", "metric,value\na,1" + "0".repeat(100_000), "line 2", "not a number");
    }

    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void longAlmostNumbersAreRefusedAtOnce() {
        int most = MetricsFile.MAX_BYTES - 100;
        assertRefused("m.csv", "metric,value\na," + "1".repeat(most) + "x\n", "not a number");
        assertRefused("m.csv", "metric,value\na," + ".".repeat(most) + "\n", "not a number");
        assertRefused("m.json", "{\"a\": " + "1".repeat(most) + "}", "line 1");
    }

    @ParameterizedTest
    @CsvSource({
        "'[{\"name\": \"a\", \"value\": 1, \"slice\": ', '{\"k\": ', one text",
        "'[{\"name\": \"a\", \"value\": ', '[', not a number",
        "'', '[', expected an object",
        "'[{\"name\": ', '{\"a\": ', not a text",
        "'[{\"deep\": ', '[', no key"
    })
    void refusesDeepNestingWhereverItIs(String before, String part, String what) {
        assertRefused("m.json", before + part.repeat(1_000_000), "line 1", what);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n", "\uFEFF", "\u0000\u0001\u0002", "PK\u0003\u0004"})
    void refusesWhatHoldsNoMetrics(String text) {
        assertRefused("m.json", text, "m.json");
        assertRefused("m.csv", text, "names the columns");
    }

    @Test
    void readsAsManyMetricsAsFitWithinItsLimit() throws IOException {
        StringBuilder text = new StringBuilder("metric,value,k\n");
        for (int i = 0; text.length() < MetricsFile.MAX_BYTES - 300; i++) {
            text.append("m,0.5,").append("k".repeat(200)).append(i).append('\n');
        }
        assertThat(parse("m.csv", text.toString()).slices("m")).hasSizeGreaterThan(45_000);
    }
}
