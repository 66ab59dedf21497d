package io.jenkins.plugins.modeldelivery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An option of a rollout that would have no effect is refused before anything happens. */
class RolloutOptionsTest {
    private static final int WRONG_INPUT = 2;

    @TempDir
    Path directory;

    private CommandHome home;

    @BeforeEach
    void register() throws IOException {
        home = new CommandHome(directory);
        home.write(
                "model-delivery.yaml",
                "registries:\n  main: {type: directory, path: registry}\n"
                        + "targets:\n  edge: {type: directory, path: served, layout: versions}\n");
        home.write("model/weights", "1");
        home.write("request.json", "{\"inputs\": []}");
        assertThat(run("register", "churn", "--path", home.path("model").toString(), "--alias", "champion")
                        .status())
                .isZero();
    }

    private CommandHome.Ended run(String... arguments) {
        return home.run(arguments);
    }

    private void refused(List<String> line, String... texts) {
        String before = home.snapshot();
        CommandHome.Ended ended = run(line.toArray(String[]::new));
        assertThat(ended.status()).as(ended.all()).isEqualTo(WRONG_INPUT);
        assertThat(ended.err()).contains(texts).hasLineCount(1);
        assertThat(home.snapshot()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"--expected out.json", "--absolute-tolerance 1", "--relative-tolerance 1", "--max-latency 500ms"
            })
    void anOptionThatNeedsARequestIsRefusedWithoutOne(String option) {
        List<String> line = new ArrayList<>(List.of("deploy", "churn@champion"));
        line.addAll(List.of(option.split(" ")));
        refused(line, option.split(" ")[0] + " needs a request", "--smoke-test FILE");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--smoke-test request.json",
                "--expected out.json",
                "--absolute-tolerance 1",
                "--relative-tolerance 1",
                "--max-latency 500ms",
                "--no-rollback",
                "--take-over",
                "--timeout 1m"
            })
    void anOptionOfARolloutIsRefusedWhereNothingIsDeployed(String option) {
        List<String> line = new ArrayList<>(List.of("rollback", "churn", "--alias", "champion"));
        line.addAll(List.of(option.split(" ")));
        refused(line, option.split(" ")[0] + " applies to a deployment", "--target or --endpoint");
    }

    @Test
    void aTargetIsNamedAsItIsConfigured() {
        refused(List.of("deploy", "churn@champion", "--target", "egde"), "egde", "edge");
    }

    @Test
    void anExpectationThatIsNoListOfOutputsIsRefusedBeforeTheRollout() throws IOException {
        home.write("out.json", "[]");
        refused(
                List.of(
                        "deploy",
                        "churn@champion",
                        "--smoke-test",
                        home.path("request.json").toString(),
                        "--expected",
                        home.path("out.json").toString()),
                "out.json");
    }
}
