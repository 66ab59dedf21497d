package io.jenkins.plugins.modeldelivery.cli.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.modeldelivery.cli.CommandHome;
import io.jenkins.plugins.modeldelivery.cli.CommandProcess;
import io.jenkins.plugins.modeldelivery.cli.output.ExitStatus;
import io.jenkins.plugins.modeldelivery.cli.output.TextLayout;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
                        DeliveryException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_INPUT))
                .hasMessageContaining(place)
                .satisfies(e -> {
                    if (remedy != null) {
                        assertThat(e).hasMessageContaining(remedy);
                    }
                });
    }

    @Test
    void aConfigurationInAParentCountsAndIsNamed() throws IOException {
        configure("policies: {p: {alias: c}}");
        Path below = Files.createDirectories(directory.resolve("models/churn"));
        Settings settings = Settings.load(Optional.empty(), Map.of(), below);
        assertThat(settings.configuration()).isEqualTo(directory.resolve("model-delivery.yaml"));
        assertThat(settings.rules().policies()).containsKey("p");
        assertThat(settings.home()).isEqualTo(directory.resolve(".model-delivery"));
        assertThat(settings.notes()).first().asString().contains("configuration " + settings.configuration());
    }

    @Test
    void theNearestConfigurationCounts() throws IOException {
        configure("records: far");
        Path below = Files.createDirectories(directory.resolve("churn"));
        Files.writeString(below.resolve("model-delivery.yaml"), "records: near");
        assertThat(Settings.load(Optional.empty(), Map.of(), below).records()).isEqualTo(below.resolve("near"));
    }

    @Test
    void theDirectoryOfTheDeliveryFileComesBeforeTheCurrentOneAndThatBeforeParents() throws IOException {
        Path current = Files.createDirectories(directory.resolve("a/current"));
        Path deliveries = Files.createDirectories(directory.resolve("b/deliveries"));
        Path parent = Files.writeString(directory.resolve("b/model-delivery.yaml"), "{}");
        List<Path> from = List.of(deliveries, current);
        assertThat(Settings.load(Optional.empty(), Map.of(), from).configuration())
                .isEqualTo(parent);
        Path here = Files.writeString(current.resolve("model-delivery.yaml"), "{}");
        assertThat(Settings.load(Optional.empty(), Map.of(), from).configuration())
                .isEqualTo(here);
        Path beside = Files.writeString(deliveries.resolve("model-delivery.yaml"), "{}");
        assertThat(Settings.load(Optional.empty(), Map.of(), from).configuration())
                .isEqualTo(beside);
    }

    private static void refused(ThrowableAssert.ThrowingCallable action, String... parts) {
        assertThatThrownBy(action)
                .isInstanceOfSatisfying(
                        DeliveryException.class,
                        e -> assertThat(ExitStatus.of(e.kind())).isEqualTo(ExitStatus.USAGE))
                .hasMessageContainingAll(parts);
    }

    @Test
    void aConfigurationThatCannotBeReadIsAnErrorAlsoInAParent() throws IOException {
        Path file = directory.resolve("model-delivery.yaml");
        Path below = Files.createDirectories(directory.resolve("churn"));
        Files.createSymbolicLink(file, Path.of("nowhere.yaml"));
        refused(() -> Settings.load(Optional.empty(), Map.of(), below), file.toString());
        Files.delete(file);
        Files.createSymbolicLink(file, file);
        refused(() -> Settings.load(Optional.empty(), Map.of(), below), file.toString());
        Files.delete(file);
        Files.createDirectory(file);
        refused(() -> Settings.load(Optional.empty(), Map.of(), below), file.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "model-delivery.yml",
                "model-delivery.json",
                "model_delivery.yaml",
                "modeldelivery.yaml",
                ".model-delivery.yaml",
                "model-delivery.yaml.txt"
            })
    void aFileThatWasMeantAsConfigurationIsNotPassedOver(String name) throws IOException {
        Path file = Files.writeString(directory.resolve(name), "policies: {p: {alias: c}}");
        Path below = Files.createDirectories(directory.resolve("churn"));
        refused(() -> load(Map.of()), file.toString(), "model-delivery.yaml", "--config");
        refused(() -> Settings.load(Optional.empty(), Map.of(), below), file.toString());
        configure("{}");
        assertThat(load(Map.of()).configuration()).isEqualTo(directory.resolve("model-delivery.yaml"));
        assertThat(Settings.load(Optional.of(file), Map.of(), below).configuration())
                .isEqualTo(file);
    }

    @Test
    void withoutAConfigurationTheOutputSaysWhatIsUsed() {
        assertThat(load(Map.of()).notes())
                .singleElement()
                .asString()
                .contains(
                        "No model-delivery.yaml",
                        directory.resolve(".model-delivery/registry").toString(),
                        "no gates and no policies");
    }

    @Test
    void aConfigurationWithoutRegistriesSaysWhatIsUsed() throws IOException {
        configure("policies: {p: {alias: c}}");
        assertThat(load(Map.of()).notes())
                .singleElement()
                .asString()
                .contains(
                        "no registries",
                        directory.resolve(".model-delivery/registry").toString());
        configure("registries: {mine: {type: directory}}");
        assertThat(load(Map.of()).notes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "json"})
    void theNoteGoesToStandardErrorAndLeavesTheOutputWhole(String format) throws Exception {
        Files.writeString(directory.resolve("model.bin"), "weights");
        CommandProcess process = new CommandProcess(directory, Map.of());
        CommandProcess.Ended ended = process.run("register", "churn", "--path", "model.bin", "--format", format);
        assertThat(ended.status()).isZero();
        assertThat(ended.err()).contains("note ", "No model-delivery.yaml");
        assertThat(ended.err().lines())
                .allSatisfy(line -> assertThat(line.contains(directory.toString()) ? 0 : line.length())
                        .isLessThanOrEqualTo(TextLayout.WIDTH));
        assertThat(ended.out()).doesNotContain("note ");
        CommandProcess.Ended exported = process.run("record", "export", "churn");
        assertThat(exported.out()).startsWith("[").doesNotContain("note ");
        assertThat(exported.err()).contains("No model-delivery.yaml");
    }

    @ParameterizedTest
    @ValueSource(strings = {"register churn --path model.bin", "record show churn", "promote churn/1 --to champion"})
    void aTrackingUriThatIsNoServerStopsACommandBeforeAnythingIsMade(String command) throws Exception {
        Files.writeString(directory.resolve("model.bin"), "weights");
        CommandProcess.Ended ended =
                new CommandProcess(directory, Map.of("MLFLOW_TRACKING_URI", "file:./mlruns")).run(command.split(" "));
        assertThat(ended.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(ended.err()).contains("MLFLOW_TRACKING_URI", "file:./mlruns").hasLineCount(1);
        assertThat(directory.resolve(".model-delivery")).doesNotExist();
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
        assertThat(before).contains("Promotion to c has no requirements.");
        assertThat(CommandHome.plain("policy", "check", "--config", file).out()).isEqualTo(before);
    }

    @Test
    void certificatesAreReadBesideTheConfiguration() throws IOException {
        configure("registries:\n  team:\n    type: mlflow\n    url: http://127.0.0.1:1\n"
                + "    certificateAuthority: nowhere.pem\n");
        CommandHome.Ended ended = new CommandHome(directory).run("register", "m", "--source", "s3://bucket/model");
        assertThat(ended.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(ended.err())
                .contains("certificateAuthority", "there is no such file")
                .doesNotContain("NoSuchFileException")
                .contains(directory.resolve("nowhere.pem").toString());
    }

    /** Triton takes every directory that it finds there for a model, and does not start again if one is none. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "targets: {edge: {type: directory, path: .}}",
                "targets: {edge: {type: directory, path: served/..}}",
                "targets: {edge: {type: openInference, url: 'http://127.0.0.1:1', repository: .}}",
                "targets: {edge: {type: directory, path: ..}}",
                "{targets: {edge: {type: directory, path: served}}, records: served/records}",
                "{targets: {edge: {type: directory, path: served}}, records: served}"
            })
    void whatTheServerReadsHoldsNothingOfOurs(String yaml) throws IOException {
        configure(yaml);
        try (ConfiguredServers servers = new ConfiguredServers(load(Map.of()), Clock.systemUTC())) {
            assertThatThrownBy(() -> servers.target(Optional.empty()))
                    .isInstanceOfSatisfying(
                            DeliveryException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_INPUT))
                    .hasMessageContainingAll("edge", "would load it as a model", "records");
        }
    }

    @Test
    void whatTheServerReadsMayBeInsideOfWhatIsOurs() {
        try (ConfiguredServers servers = new ConfiguredServers(load(Map.of()), Clock.systemUTC())) {
            assertThat(servers.target(Optional.empty()).name()).isEqualTo("local");
        }
    }
}
