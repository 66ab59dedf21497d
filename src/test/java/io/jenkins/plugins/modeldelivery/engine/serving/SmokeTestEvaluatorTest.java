package io.jenkins.plugins.modeldelivery.engine.serving;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.serving.SmokeTest.SmokeTestResult;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SmokeTestEvaluatorTest {
    private static JsonNode json(String text) {
        return Json.read(text.getBytes(StandardCharsets.UTF_8), ErrorKind.INVALID_INPUT, "test");
    }

    private static JsonNode answer(String data) {
        return json("{\"outputs\": [{\"name\": \"p\", \"shape\": [2, 1], \"data\": " + data + "}]}");
    }

    private static SmokeTestResult judged(String expected, double absolute, double relative, String data) {
        JsonNode outputs = json("[{\"name\": \"p\", \"data\": " + expected + "}]");
        SmokeTest test = new SmokeTest(
                Json.object(), Optional.of(outputs), absolute, relative, Optional.empty(), Optional.empty());
        return SmokeTestEvaluator.judge(test, answer(data), 1);
    }

    @ParameterizedTest
    @CsvSource({
        "0.5, 0.125, 0, 0.625, true",
        "0.5, 0.125, 0, 0.626, false",
        "0.5, 0.125, 0, 0.375, true",
        "-8.0, 0, 0.125, -9.0, true",
        "-8.0, 0, 0.125, -9.1, false",
        "-8.0, 0.5, 0.125, -9.5, true",
        "-8.0, 0.5, 0.125, -9.6, false",
        "0.0, 0, 0.5, 0.1, false",
        "1, 0.5, 0.5, 2, false",
        "1, 0.5, 0, 1.25, true"
    })
    void aNumberMayDifferByTheAbsoluteAndTheRelativeTolerance(
            String expected, double absolute, double relative, String actual, boolean passes) {
        assertThat(judged("[" + expected + "]", absolute, relative, "[" + actual + "]")
                        .passed())
                .isEqualTo(passes);
    }

    @Test
    void aDifferenceIsNamedByItsPlace() {
        assertThat(judged("[1.0, 2.0]", 0, 0, "[[1.0], [2.5]]").reason()).isEqualTo("p[1] is 2.5, expected was 2.0");
        assertThat(judged("[1.0, 2.0]", 0, 0, "[1.0]").reason()).isEqualTo("p has 1 values, expected were 2");
        assertThat(judged("[\"cat\"]", 9, 9, "[\"dog\"]").reason()).isEqualTo("p[0] is dog, expected was cat");
        assertThat(judged("[true]", 9, 9, "[false]").passed()).isFalse();
    }

    @Test
    void notANumberNeverPasses() {
        assertThat(Stream.of("[NaN]", "[\"NaN\"]", "[-Infinity]", "[null]").map(data -> judged("[1.0]", 9, 9, data)))
                .allSatisfy(result -> assertThat(result.reason()).contains("no number"));
    }

    @ParameterizedTest
    @CsvSource({"2 1, true", "-1 1, true", "2, false", "2 2, false", "2 1 1, false"})
    void theShapeOfTheOutputIsAsked(String shape, boolean passes) {
        List<Long> sizes = Stream.of(shape.split(" ")).map(Long::valueOf).toList();
        SmokeTest test = new SmokeTest(Json.object(), Optional.empty(), 0, 0, Optional.empty(), Optional.of(sizes));
        SmokeTestResult result = SmokeTestEvaluator.judge(test, answer("[1, 2]"), 1);
        assertThat(result.passed()).as(result.reason()).isEqualTo(passes);
    }

    @Test
    void anOutputThatIsMissingOrTooLateFails() {
        JsonNode wanted = json("[{\"name\": \"q\", \"data\": [1]}]");
        SmokeTest other = new SmokeTest(Json.object(), Optional.of(wanted), 0, 0, Optional.empty(), Optional.empty());
        assertThat(SmokeTestEvaluator.judge(other, answer("[1]"), 1).reason())
                .isEqualTo("the reply lacks the output q");
        SmokeTest quick = new SmokeTest(
                Json.object(), Optional.empty(), 0, 0, Optional.of(Duration.ofMillis(10)), Optional.empty());
        assertThat(SmokeTestEvaluator.judge(quick, answer("[1]"), 10).passed()).isTrue();
        assertThat(SmokeTestEvaluator.judge(quick, answer("[1]"), 11).passed()).isFalse();
    }

    private static SmokeTest any() {
        return new SmokeTest(Json.object(), Optional.empty(), 0, 0, Optional.empty(), Optional.empty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"outputs\": [{}]}",
                "{\"outputs\": [{\"data\": []}]}",
                "{\"outputs\": [{\"data\": [[], []]}]}",
                "{\"outputs\": [{\"data\": {\"a\": 1}}]}",
                "{\"outputs\": [{\"data\": 1}]}",
                "{\"outputs\": [{\"data\": [{}]}]}",
                "{\"outputs\": [[]]}",
                "{\"outputs\": [{\"name\": \"p\", \"shape\": [0], \"data\": []}, {}]}"
            })
    void anAnswerWithoutAValueNeverPasses(String answer) {
        assertThat(SmokeTestEvaluator.judge(any(), json(answer), 1).passed()).isFalse();
    }

    @Test
    void anExpectationThatNamesNothingNeverPasses() {
        for (String expected : List.of("[]", "{}", "7")) {
            SmokeTest test =
                    new SmokeTest(Json.object(), Optional.of(json(expected)), 0, 0, Optional.empty(), Optional.empty());
            assertThat(SmokeTestEvaluator.judge(test, answer("[1]"), 1).reason())
                    .isEqualTo("the expectation has no outputs");
        }
    }

    private static SmokeTestResult judgedWhole(String output, String expected) {
        SmokeTest test = new SmokeTest(
                Json.object(), Optional.of(json("[" + expected + "]")), 0, 0, Optional.empty(), Optional.empty());
        return SmokeTestEvaluator.judge(test, json("{\"outputs\": [" + output + "]}"), 1);
    }

    @Test
    void theShapeAndTheDatatypeOfAnExpectedOutputAreCompared() {
        String answered = "{\"name\": \"p\", \"shape\": [2, 1], \"datatype\": \"FP64\", \"data\": [1.0, 2.0]}";
        assertThat(judgedWhole(answered, answered).passed()).isTrue();
        assertThat(judgedWhole(answered, "{\"shape\": [-1, 1], \"data\": [1.0, 2.0]}")
                        .passed())
                .isTrue();
        assertThat(judgedWhole(answered, "{\"data\": [1.0, 2.0]}").passed()).isTrue();
        assertThat(judgedWhole(answered, "{\"shape\": [1, 2], \"data\": [1.0, 2.0]}")
                        .reason())
                .isEqualTo("p has the shape [2, 1], expected was [1, 2]");
        assertThat(judgedWhole(answered, "{\"datatype\": \"FP32\", \"data\": [1.0, 2.0]}")
                        .reason())
                .isEqualTo("p has the datatype FP64, expected was FP32");
        assertThat(judgedWhole("{\"data\": [1.0]}", "{\"datatype\": \"FP32\", \"data\": [1.0]}")
                        .reason())
                .isEqualTo("output has the datatype none, expected was FP32");
        assertThat(judgedWhole("{\"data\": [1.0]}", "{\"shape\": [1], \"data\": [1.0]}")
                        .passed())
                .isFalse();
    }

    /** 2^64 − 1 and −1 have the same 64 bits. */
    @ParameterizedTest
    @CsvSource({
        "18446744073709551615, -1, false",
        "18446744073709551615, 18446744073709551615, true",
        "18446744073709551616, 0, false",
        "9007199254740993, 9007199254740992, false",
        "-9223372036854775808, 9223372036854775808, false"
    })
    void wholeNumbersOfAnySizeAreCompared(String expected, String actual, boolean passes) {
        assertThat(judged("[" + expected + "]", 9, 9, "[" + actual + "]").passed())
                .isEqualTo(passes);
    }

    /** 0.1 + 0.2 is 0.30000000000000004 as a double; the distance of decimals is exact. */
    @Test
    void toleranceIsMeasuredInDecimals() {
        assertThat(judged("[0.3]", 0.1, 0, "[0.2]").passed()).isTrue();
        assertThat(judged("[0.3]", 0.1, 0, "[0.4]").passed()).isTrue();
        assertThat(judged("[0.3]", 0.1, 0, "[0.4000001]").passed()).isFalse();
        assertThat(judged("[1e308]", 0, 0, "[-1e308]").passed()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{}",
                "7",
                "[7]",
                "[{}]",
                "[{\"data\": []}]",
                "[{\"data\": [[]]}]",
                "[{\"data\": [null]}]",
                "[{\"data\": [NaN]}]",
                "[{\"data\": [{}]}]",
                "[{\"data\": [1], \"datatype\": \"FLOAT\"}]",
                "[{\"data\": [1], \"shape\": 1}]",
                "[{\"data\": [1], \"shape\": [1.5]}]",
                "[{\"data\": [1], \"shape\": [-2]}]",
                "[{\"data\": [1]}, {\"data\": []}]"
            })
    void anExpectationThatCannotBeMetIsFoundBefore(String expected) {
        assertThat(SmokeTestExpectation.faultOfOutputs(json(expected))).isPresent();
    }

    @Test
    void aGoodExpectationHasNoFault() {
        assertThat(SmokeTestExpectation.faultOfOutputs(json("[{\"name\": \"p\", \"datatype\": \"FP64\", \"shape\":"
                        + " [-1, 2], \"data\": [[0.5, true], [\"cat\", 18446744073709551615]]}]")))
                .isEmpty();
        assertThat(SmokeTestExpectation.faultOfRequest(json("{\"inputs\": []}")))
                .isEmpty();
        assertThat(SmokeTestExpectation.faultOfRequest(json("[]"))).isPresent();
        assertThat(SmokeTestExpectation.faultOfRequest(json("{\"a\": " + "[".repeat(150) + "]".repeat(150) + "}")))
                .hasValueSatisfying(fault -> assertThat(fault).contains("levels deep"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        [2, 1] | [1, 2]     | true
        [2, 1] | [[1], [2]] | true
        [-1]   | [1, 2]     | true
        [-1,2] | [1, 2]     | true
        []     | [1]        | true
        [2, 1] | [1]        | false
        [3]    | [1, 2]     | false
        [-1,2] | [1, 2, 3]  | false
        [0]    | [1]        | false
        [-1,0] | [1]        | false
        [4294967296, 4294967296] | [1] | false
        """)
    void theShapeOfAnExpectationHoldsItsValues(String shape, String data, boolean fits) {
        assertThat(SmokeTestExpectation.faultOfOutputs(json("[{\"shape\": " + shape + ", \"data\": " + data + "}]")))
                .isEqualTo(
                        fits
                                ? Optional.empty()
                                : Optional.of("output 0 of the expectation has the shape "
                                        + json(shape) + ", which does not hold its "
                                        + SmokeTestEvaluator.flat(json(data)).size()
                                        + (data.equals("[1]") ? " value" : " values")
                                        + ". No reply can have both"));
    }
}
