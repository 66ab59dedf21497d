package io.jenkins.plugins.modeldelivery.engine.serving;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.modeldelivery.engine.model.Json;
import io.jenkins.plugins.modeldelivery.engine.model.Problem;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SmokeJudgeTest {
    private static JsonNode json(String text) {
        return Json.read(text.getBytes(StandardCharsets.UTF_8), Problem.INVALID_INPUT, "test");
    }

    private static JsonNode answer(String data) {
        return json("{\"outputs\": [{\"name\": \"p\", \"shape\": [2, 1], \"data\": " + data + "}]}");
    }

    private static SmokeResult judged(String expected, double absolute, double relative, String data) {
        JsonNode outputs = json("[{\"name\": \"p\", \"data\": " + expected + "}]");
        SmokeTest test = new SmokeTest(
                Json.object(), Optional.of(outputs), absolute, relative, Optional.empty(), Optional.empty());
        return SmokeJudge.judge(test, answer(data), 1);
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
        SmokeResult result = SmokeJudge.judge(test, answer("[1, 2]"), 1);
        assertThat(result.passed()).as(result.reason()).isEqualTo(passes);
    }

    @Test
    void anOutputThatIsMissingOrTooLateFails() {
        JsonNode wanted = json("[{\"name\": \"q\", \"data\": [1]}]");
        SmokeTest other = new SmokeTest(Json.object(), Optional.of(wanted), 0, 0, Optional.empty(), Optional.empty());
        assertThat(SmokeJudge.judge(other, answer("[1]"), 1).reason()).isEqualTo("the answer lacks the output q");
        SmokeTest quick = new SmokeTest(
                Json.object(), Optional.empty(), 0, 0, Optional.of(Duration.ofMillis(10)), Optional.empty());
        assertThat(SmokeJudge.judge(quick, answer("[1]"), 10).passed()).isTrue();
        assertThat(SmokeJudge.judge(quick, answer("[1]"), 11).passed()).isFalse();
    }
}
