package io.jenkins.plugins.modeldelivery.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
    @TempDir
    Path directory;

    private Settings load(Map<String, String> environment) {
        return Settings.load(Optional.empty(), environment, directory);
    }

    private void configure(String yaml) throws IOException {
        Files.writeString(directory.resolve("model-delivery.yaml"), yaml);
    }

    @Test
    void withoutAFileThereIsADirectoryRegistryAndTarget() {
        Settings settings = load(Map.of());
        assertThat(settings.registries().path("local").path("type").asText()).isEqualTo("directory");
        assertThat(settings.targets().path("local").path("type").asText()).isEqualTo("directory");
        assertThat(settings.home()).isEqualTo(directory.resolve(".model-delivery"));
        assertThat(settings.records()).isEqualTo(directory.resolve(".model-delivery/records"));
    }

    @Test
    void mlflowsOwnVariablesNameTheRegistry() {
        Settings settings = load(Map.of(
                "MLFLOW_TRACKING_URI", "https://mlflow.example",
                "MLFLOW_TRACKING_USERNAME", "me",
                "MLFLOW_TRACKING_PASSWORD", "secret"));
        JsonNode mlflow = settings.registries().path("mlflow");
        assertThat(mlflow.path("url").asText()).isEqualTo("https://mlflow.example");
        assertThat(settings.secret(mlflow.path("password").asText())).isEqualTo("secret");
        assertThat(mlflow.toString()).doesNotContain("secret");
    }

    @Test
    void mlflowsUserCountsMoreThanItsTokenAndNeedsAPassword() {
        Map<String, String> both = Map.of(
                "MLFLOW_TRACKING_URI", "https://mlflow.example",
                "MLFLOW_TRACKING_USERNAME", "me",
                "MLFLOW_TRACKING_PASSWORD", "secret",
                "MLFLOW_TRACKING_TOKEN", "token");
        assertThat(load(both).registries().path("mlflow").has("username")).isTrue();
        assertThat(load(both).registries().path("mlflow").has("token")).isFalse();

        Map<String, String> noPassword = Map.of(
                "MLFLOW_TRACKING_URI", "https://mlflow.example",
                "MLFLOW_TRACKING_USERNAME", "me",
                "MLFLOW_TRACKING_PASSWORD", "",
                "MLFLOW_TRACKING_TOKEN", "token");
        assertThat(load(noPassword).registries().path("mlflow").has("username")).isFalse();
        assertThat(load(noPassword).registries().path("mlflow").has("token")).isTrue();
    }

    @Test
    void aTrackingUriThatIsNoServerIsNotTakenForOne() {
        assertThat(load(Map.of("MLFLOW_TRACKING_URI", "sqlite:///mlflow.db"))
                        .registries()
                        .has("local"))
                .isTrue();
    }

    @Test
    void aConfiguredRegistryCountsMoreThanTheVariables() throws IOException {
        configure("registries:\n  mine: {type: directory}\n");
        assertThat(load(Map.of("MLFLOW_TRACKING_URI", "https://mlflow.example"))
                        .registries()
                        .has("mlflow"))
                .isFalse();
    }

    @Test
    void aSecretThatIsNotSetIsNamed() throws IOException {
        configure("registries:\n  team: {type: mlflow, url: 'http://127.0.0.1:1', token: '${env:NOT_SET}'}\n");
        Settings settings = load(Map.of());
        assertThatThrownBy(() -> settings.secret(
                        settings.registries().path("team").path("token").asText()))
                .hasMessageContaining("NOT_SET")
                .hasMessageContaining("is not set");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "registries: {a: {type: mlflow, url: 'http://x', token: abc}} | token | ${env:NAME}",
                "registries: {a: {type: mlflow, url: 'http://x', headers: {X-Key: abc}}} | X-Key | ${env:NAME}",
                "registries: {a: {type: mlfow}} | type | mlflow",
                "registries: {a: {tpye: mlflow}} | tpye | did you mean type?",
                "registries: {a: {type: directory, clientKey: k.pem}} | clientKey | clientCertificate",
                "registries: {'../a': {type: directory}} | registries | ",
                "registries: {a: {type: directory}}\\nregistries: {} | 2 | Duplicate",
                "targets: {a: {type: openInference, keep: 0}} | keep | 1",
                "gates: {g: {checks: [auc => 1]}} | gates.g | >=",
                "gates: {g: {checks: []}} | gates.g | at least one check",
                "gates: {g: {checks: [a > 1], onMissingBaseline: maybe}} | onMissingBaseline | pass",
                "policies: {p: {alias: c, gates: [nope]}} | policies.p | there is no gate nope",
                "policies: {p: {alias: c, maxEvidenceAge: soon}} | maxEvidenceAge | 7d",
                "policies: {p: {alias: c}, q: {alias: c}} | alias c | one policy",
                "policies: {p: {alias: c, minimumAge: 1h}} | minimumAge | from",
                "policies: {p: {alias: c, approvals: {count: 0}}} | count | 1",
                "policies: {p: {gates: []}} | policies.p | alias",
                "- a list | 1:1 | keys and values"
            })
    void aWrongConfigurationIsRefusedWithThePlaceAndTheRemedy(String yaml, String place, String remedy)
            throws IOException {
        configure(yaml.replace("\\n", "\n"));
        assertThatThrownBy(() -> load(Map.of()).rules())
                .isInstanceOfSatisfying(
                        DeliveryException.class, e -> assertThat(e.problem()).isEqualTo(Problem.INVALID_INPUT))
                .hasMessageContaining(place)
                .satisfies(e -> {
                    if (remedy != null) {
                        assertThat(e).hasMessageContaining(remedy);
                    }
                });
    }

    @Test
    void aNamedConfigurationThatIsNotThereIsAnError() {
        CommandHome.Ended ended = CommandHome.plain(
                "policy", "check", "--config", directory.resolve("x.yaml").toString());
        assertThat(ended.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(ended.err()).contains("There is no configuration file").hasLineCount(1);
    }

    @Test
    void configStandsBeforeOrAfterTheCommand() throws IOException {
        configure("policies: {p: {alias: c}}");
        String file = directory.resolve("model-delivery.yaml").toString();
        String before = CommandHome.plain("--config", file, "policy", "check").out();
        assertThat(before).contains("A version becomes c if it exists.");
        assertThat(CommandHome.plain("policy", "check", "--config", file).out()).isEqualTo(before);
    }

    @Test
    void certificatesAreReadBesideTheConfiguration() throws IOException {
        configure("registries:\n  team:\n    type: mlflow\n    url: http://127.0.0.1:1\n"
                + "    certificateAuthority: nowhere.pem\n");
        CommandHome.Ended ended = new CommandHome(directory).run("register", "m", "--source", "s3://bucket/model");
        assertThat(ended.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(ended.err())
                .contains("certificateAuthority")
                .contains(directory.resolve("nowhere.pem").toString());
    }
}
