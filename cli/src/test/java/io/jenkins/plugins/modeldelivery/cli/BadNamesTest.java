package io.jenkins.plugins.modeldelivery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.modeldelivery.cli.output.ExitStatus;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names and paths that cannot be, given to every command: status 2, one line, nothing outside of the home directory. */
class BadNamesTest {
    private static final List<String> NAMES = List.of(
            "..",
            "../../outside",
            "a/../../b",
            "/etc/passwd",
            "nul\u0000byte",
            "line\nbreak",
            "n".repeat(1000),
            " ",
            "",
            "half \ud800",
            "a:b",
            "@",
            "~",
            "a\tb",
            "bell\u0007");

    @TempDir
    Path directory;

    private Path work;

    @BeforeEach
    void make() throws IOException {
        work = Files.createDirectories(directory.resolve("parent/work"));
        Files.writeString(work.resolve("model"), "weights");
        Files.writeString(work.resolve("request.json"), "{}");
        Files.writeString(
                work.resolve("model-delivery.yaml"),
                "registries: {r: {type: directory}}\ngates: {g: {checks: [auc >= 0.5]}}\n");
        assertThat(run("register", "churn", "--path", work.resolve("model").toString(), "--metric", "auc=0.9"))
                .isZero();
    }

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        List<String> all = new ArrayList<>(List.of(arguments));
        if (!arguments[0].equals("record")) {
            all.addAll(
                    1, List.of("--config", work.resolve("model-delivery.yaml").toString()));
        } else {
            all.addAll(
                    2, List.of("--config", work.resolve("model-delivery.yaml").toString()));
        }
        return ModelDelivery.commandLine(new PrintWriter(out, true), new PrintWriter(err, true))
                .execute(all.toArray(String[]::new));
    }

    private List<Path> outside() throws IOException {
        try (Stream<Path> walk = Files.walk(directory)) {
            return walk.filter(p -> !p.startsWith(work.resolve(".model-delivery")))
                    .sorted()
                    .toList();
        }
    }

    static Stream<List<String>> commands() {
        return Stream.of(
                List.of("register", "X", "--path", "model"),
                List.of("register", "churn", "--path", "model", "--alias", "X"),
                List.of("register", "churn", "--path", "model", "--registry", "X"),
                List.of("gate", "X/1", "--check", "auc >= 0.5"),
                List.of("gate", "X@champion", "--check", "auc >= 0.5"),
                List.of("gate", "churn@X", "--check", "auc >= 0.5"),
                List.of("gate", "churn/X", "--check", "auc >= 0.5"),
                List.of("gate", "churn/1", "--gate", "X"),
                List.of("gate", "churn/1", "--check", "auc >= baseline", "--baseline", "X"),
                List.of("promote", "X/1", "--to", "champion"),
                List.of("promote", "churn/1", "--to", "X"),
                List.of("promote", "churn/1", "--to", "champion", "--policy", "X"),
                List.of("promote", "churn/1", "--to", "champion", "--registry", "X"),
                List.of("deploy", "X/1"),
                List.of("deploy", "churn/1", "--endpoint", "X"),
                List.of("deploy", "churn/1", "--target", "X"),
                List.of("rollback", "X", "--alias", "champion"),
                List.of("rollback", "churn", "--alias", "X"),
                List.of("record", "show", "X"),
                List.of("record", "verify", "X"),
                List.of("record", "show", "churn", "--registry", "X"));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyBadNameIsRefusedInOneLine(List<String> command) throws IOException {
        List<Path> before = outside();
        for (String name : NAMES) {
            String[] arguments = command.stream()
                    .map(a -> a.equals("model") ? work.resolve("model").toString() : a.replace("X", name))
                    .toArray(String[]::new);
            int status = run(arguments);
            String said = err.toString();
            assertThat(status).as(said + out).isEqualTo(ExitStatus.USAGE);
            if (said.startsWith("error: ")) {
                assertThat(said.strip().lines()).as(said).hasSize(1);
            }
            assertThat(said).doesNotContain("\tat ", "Exception").hasSizeLessThan(6000);
            assertThat(outside()).isEqualTo(before);
        }
    }

    @Test
    void anEmojiIsANameThatStaysInsideTheHomeDirectory() throws IOException {
        List<Path> before = outside();
        assertThat(run("register", "🚀", "--path", work.resolve("model").toString()))
                .isZero();
        assertThat(run("promote", "🚀/1", "--to", "champion")).isZero();
        assertThat(run("record", "verify", "🚀")).isZero();
        assertThat(run("deploy", "🚀/1")).isEqualTo(ExitStatus.USAGE);
        assertThat(err.toString()).contains("cannot be the name of an endpoint");
        assertThat(outside()).isEqualTo(before);
    }

    private int tagged(String key, String value) {
        return run("register", "churn", "--path", work.resolve("model").toString(), "--tag", key + "=" + value);
    }

    @Test
    void aTagThatSomeRegistryWouldRefuseIsRefusedHere() {
        for (String key : List.of("..", "a//b", "🚀", "n".repeat(1000), "model-delivery.branch")) {
            assertThat(tagged(key, "x")).isEqualTo(ExitStatus.USAGE);
            assertThat(err.toString()).startsWith("error: The tag ").hasLineCount(1);
        }
        for (String value : List.of("..", "a/b", "🚀", "n".repeat(1000), "a=b")) {
            assertThat(tagged("a/b", value)).as(err.toString()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "register: {name: churn, path: \"a\\0b\"}",
                "register: {name: churn, path: model, metrics: \"a\\0b\"}",
                "register: {name: \"a\\0b\", path: model}",
                "register: {name: \"../x\", path: model}",
                "model: churn/1\ngate: {checks: [auc >= 0.5], metrics: \"a\\0b\"}",
                "model: churn/1\npromote: {to: \"../x\"}",
                "model: churn/1\ndeploy: {endpoint: \"../x\"}",
                "model: churn/1\ndeploy: {smokeTest: {request: \"a\\0b\"}}",
                "model: churn/1\ndeploy: {smokeTest: {request: nothing.json}}",
                "model: churn/1\ndeploy: {timeout: 99999999999999d}"
            })
    void aBadNameInADeliveryIsRefusedInOneLine(String text) throws IOException {
        Path file = Files.writeString(work.resolve("delivery.yaml"), text, StandardCharsets.UTF_8);
        List<Path> before = outside();
        assertThat(run("deliver", file.toString())).as(out.toString() + err).isEqualTo(ExitStatus.USAGE);
        assertThat(err.toString()).startsWith("error: ").doesNotContain("\tat ");
        assertThat(err.toString().strip().lines()).as(err.toString()).hasSize(1);
        assertThat(outside()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"records: \"a\\0b\"", "registries: {r: {type: directory, path: \"a\\0b\"}}"})
    void aPathThatCannotBeInTheConfigurationIsRefusedInOneLine(String text) throws IOException {
        Files.writeString(work.resolve("model-delivery.yaml"), text);
        assertThat(run("promote", "churn/1", "--to", "champion"))
                .as(out.toString() + err)
                .isEqualTo(ExitStatus.USAGE);
        assertThat(err.toString()).contains("is no path").doesNotContain("\tat ");
    }

    @Test
    @Timeout(30)
    void aProcessThatRefusesItsConfigurationEndsAtOnce() throws Exception {
        Files.writeString(work.resolve("model-delivery.yaml"), "gates: {g: {checks: [auc => 0.5]}}\n");
        CommandProcess.Ended ended = new CommandProcess(work, Map.of()).run("promote", "churn/1", "--to", "champion");
        assertThat(ended.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(ended.err()).startsWith("error: ").contains("gates.g");
    }
}
