package io.jenkins.plugins.modeldelivery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gate whose baseline is a file beside the configuration. */
class BaselineFileTest {
    @TempDir
    Path directory;

    private CommandHome home;

    @BeforeEach
    void write() throws IOException {
        home = new CommandHome(directory)
                .write("work/model/model.json", "{}")
                .write("work/metrics.json", "{\"auc\": 0.9}")
                .write("baselines/auc.json", "{\"auc\": 0.88}")
                .write("model-delivery.yaml", """
                        gates:
                          quality: {baseline: {file: baselines/auc.json}, checks: [auc >= baseline]}
                        policies:
                          production: {alias: champion, gates: [quality]}
                        """)
                .write("work/delivery.yaml", """
                        register: {name: churn, path: model, metrics: metrics.json}
                        gate: {gate: quality}
                        promote: {to: champion}
                        """);
    }

    private void ok(CommandHome.Ended ended) {
        assertThat(ended.status()).as(ended.all()).isZero();
    }

    @Test
    void itsReportIsEvidenceForThePolicyThatAsksForTheGate() {
        ok(home.run(
                "register",
                "churn",
                "--path",
                home.path("work/model").toString(),
                "--metrics",
                home.path("work/metrics.json").toString()));
        ok(home.run("gate", "churn/1", "--gate", "quality"));
        ok(home.run("promote", "churn/1", "--to", "champion"));
    }

    @Test
    void aDeliveryElsewhereFindsTheFileBesideTheConfiguration() {
        ok(home.run("deliver", home.path("work/delivery.yaml").toString()));
    }

    @Test
    void theDigestOfTheGateIsTheSameWhereverTheConfigurationLies() throws IOException {
        CommandHome other = new CommandHome(Files.createDirectories(directory.resolve("elsewhere")))
                .write("baselines/auc.json", "{\"auc\": 0.88}")
                .write("model-delivery.yaml", Files.readString(home.path("model-delivery.yaml")));
        assertThat(digest(other)).isEqualTo(digest(home));
    }

    @Test
    void aFileThatWasChangedMakesTheEvidenceStale() throws IOException {
        ok(home.run(
                "register",
                "churn",
                "--path",
                home.path("work/model").toString(),
                "--metrics",
                home.path("work/metrics.json").toString()));
        ok(home.run("gate", "churn/1", "--gate", "quality"));
        home.write("baselines/auc.json", "{\"auc\": 0.95}");
        CommandHome.Ended ended = home.run("promote", "churn/1", "--to", "champion");
        assertThat(ended.status()).as(ended.all()).isNotZero();
        assertThat(ended.all()).contains("the gate has changed since");
    }

    @Test
    void aFileBesideTheDeliveryDoesNotTakeItsPlace() throws IOException {
        home.write("work/baselines/auc.json", "{\"auc\": 0.1}").write("baselines/auc.json", "{\"auc\": 0.95}");
        CommandHome.Ended ended =
                home.run("deliver", home.path("work/delivery.yaml").toString());
        assertThat(ended.status()).as(ended.all()).isEqualTo(1);
        assertThat(ended.all()).contains("0.95");
    }

    @Test
    void aFileThatLacksTheMetricIsAnErrorOfTheConfiguration() throws IOException {
        home.write("baselines/auc.json", "{\"f1\": 0.95}");
        CommandHome.Ended ended =
                home.run("deliver", home.path("work/delivery.yaml").toString());
        assertThat(ended.status()).as(ended.all()).isEqualTo(2);
        assertThat(ended.all())
                .contains("gates.quality.baseline", "the baseline file baselines/auc.json has no metric auc");
    }

    private String digest(CommandHome at) {
        return at.run(
                        "gate",
                        "--metrics",
                        home.path("work/metrics.json").toString(),
                        "--gate",
                        "quality",
                        "--format",
                        "json")
                .json()
                .path("gateDigest")
                .asText();
    }
}
