package io.jenkins.plugins.modeldelivery.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.casc.ConfigurationContext;
import io.jenkins.plugins.casc.ConfiguratorException;
import io.jenkins.plugins.casc.ConfiguratorRegistry;
import io.jenkins.plugins.casc.misc.Util;
import io.jenkins.plugins.modeldelivery.WithSharedJenkins;
import io.jenkins.plugins.modeldelivery.engine.document.DocumentSchema;
import io.jenkins.plugins.modeldelivery.engine.document.Documents;
import io.jenkins.plugins.modeldelivery.engine.gate.GateEvaluator;
import io.jenkins.plugins.modeldelivery.engine.metrics.Metrics;
import io.jenkins.plugins.modeldelivery.engine.policy.Rules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.json.JSONObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;

/** Configuration as Code, with the example that the documentation shows. */
@WithSharedJenkins
class ConfigurationAsCodeTest {
    private static final Path EXAMPLE =
            Path.of(System.getProperty("project.root", "."), "docs", "examples", "jenkins", "jenkins.yaml");

    @TempDir
    private Path directory;

    private static void load(Path file) throws Exception {
        ConfigurationAsCode.get().configure(file.toString());
    }

    private Path write(String yaml) throws IOException {
        return Files.writeString(directory.resolve("jenkins.yaml"), yaml);
    }

    private static String exported() throws Exception {
        ConfigurationContext context = new ConfigurationContext(ConfiguratorRegistry.get());
        return Util.toYamlString(Util.getUnclassifiedRoot(context).get("modelDelivery"));
    }

    /** What stands in the example under gates and policies, as a file for the command line. */
    private Path policyFile() throws IOException {
        String text = Files.readAllLines(EXAMPLE).stream()
                .dropWhile(line -> !line.equals("    gates:"))
                .map(line -> line.substring(4))
                .collect(Collectors.joining("\n"));
        return Files.writeString(directory.resolve("model-delivery.yaml"), text);
    }

    @Test
    void theExampleConfiguresEverythingThatItSays(JenkinsRule j) throws Exception {
        load(EXAMPLE);

        ModelDeliveryConfiguration configuration = ModelDeliveryConfiguration.get();
        MlflowRegistryConfiguration mlflow =
                (MlflowRegistryConfiguration) configuration.getRegistries().get(0);
        assertThat(mlflow.getUrl()).isEqualTo("https://mlflow.example.com");
        assertThat(mlflow.getCredentialsId()).isEqualTo("mlflow-token");
        assertThat(mlflow.isDefaultRegistry()).isTrue();
        assertThat(mlflow.getModels()).isEqualTo("release/**: churn-*, fraud");
        assertThat(mlflow.getExperiments()).isEqualTo("release/**: release-*");
        assertThat(mlflow.isThroughController()).isTrue();
        assertThat(configuration.getRegistries().get(1).getItems()).isEqualTo("research/**");
        assertThat(configuration.getTargets())
                .extracting(TargetConfiguration::getName)
                .containsExactly("mlserver", "triton");
        assertThat(configuration.getAliases().get(0).getItems()).isEqualTo("release/**\nhotfix/*");
        assertThat(configuration.getPolicies().get(0).getApprovers()).isEqualTo("group:ml-leads");
    }

    @Test
    void gatesAndPoliciesAreThoseThatTheCommandLineReadsInTheSameText(JenkinsRule j) throws Exception {
        Rules commandLine = Rules.parse(Documents.read(policyFile(), DocumentSchema.configuration()));

        load(EXAMPLE);

        Rules jenkins = ModelDeliveryConfiguration.get().rules();
        assertThat(jenkins.gates()).isEqualTo(commandLine.gates());
        assertThat(jenkins.policies()).isEqualTo(commandLine.policies());
        assertThat(jenkins.gates()).hasSize(2);
        Metrics candidate = Metrics.of(Map.of("auc", 0.9, "latency_p95_ms", 45.0));
        jenkins.gates()
                .forEach((name, gate) -> assertThat(GateEvaluator.evaluate(gate, candidate, Optional.empty()))
                        .isEqualTo(GateEvaluator.evaluate(commandLine.gates().get(name), candidate, Optional.empty())));
        jenkins.gates()
                .forEach((name, gate) -> assertThat(gate.digest())
                        .isEqualTo(commandLine.gates().get(name).digest()));
        assertThat(jenkins.policies().get("production").digest(jenkins.gates()))
                .isEqualTo(commandLine.policies().get("production").digest(commandLine.gates()));
    }

    @Test
    void whatIsExportedIsTheStoredFileAndReadsBackTheSame(JenkinsRule j) throws Exception {
        load(EXAMPLE);
        Rules rules = ModelDeliveryConfiguration.get().rules();
        String exported = exported();
        assertThat(exported).isEqualToNormalizingNewlines(Util.toStringFromYamlFile(this, "exported.yaml"));

        ModelDeliveryConfiguration.get().replace(ConfigurationSnapshot.EMPTY);
        load(write("unclassified:\n  modelDelivery:\n" + exported.indent(4)));

        assertThat(exported()).isEqualTo(exported);
        assertThat(ModelDeliveryConfiguration.get().rules()).isEqualTo(rules);
    }

    @Test
    void thePageAndTheCodeHoldTheSame(JenkinsRule j) throws Exception {
        load(EXAMPLE);
        Rules rules = ModelDeliveryConfiguration.get().rules();

        j.submit(j.createWebClient().goTo("manage/model-delivery/").getFormByName("config"));

        assertThat(ModelDeliveryConfiguration.get().rules()).isEqualTo(rules);
        assertThat(exported()).isEqualToNormalizingNewlines(Util.toStringFromYamlFile(this, "exported.yaml"));
    }

    /** The plugin's schema knows no more of lists of kinds and of maps by name. */
    @Test
    void theSchemaKnowsEachPartAndRefusesAnUnknownOne(JenkinsRule j) throws Exception {
        String part = "unclassified: {modelDelivery: {%s: []}}";
        for (String key : List.of("registries", "targets", "aliases")) {
            assertThat(Util.validateSchema(new JSONObject(Util.convertToJson(part.formatted(key)))))
                    .isEmpty();
        }
        for (String key : List.of("gates", "policies")) {
            assertThat(Util.validateSchema(new JSONObject(
                            Util.convertToJson(part.replace("[]", "{}").formatted(key)))))
                    .isEmpty();
        }
        assertThat(Util.validateSchema(new JSONObject(Util.convertToJson(part.formatted("registry")))))
                .isNotEmpty();
    }

    @Test
    void anErrorAnywhereLeavesTheConfigurationAsItWas(JenkinsRule j) throws Exception {
        load(EXAMPLE);
        String before = exported();
        String good = Files.readString(EXAMPLE);

        refuses(good.replace("gates: [tabular, latency]", "gates: [tabular, latencies]"), "needs the gate latencies");
        refuses(good.replace("auc >= 0.85", "auc => 0.85"), "auc => 0.85");
        refuses(good.replace("sameDataset", "sameDatasets"), "did you mean sameDataset?");
        refuses(good.replace("https://mlflow", "ftp://mlflow"), "The registry \"mlflow\"");
        refuses(good.replace("name: trials", "name: mlflow"), "Two registries are named 'mlflow'.");

        assertThat(exported()).isEqualTo(before);
    }

    private void refuses(String yaml, String because) throws IOException {
        Path file = write(yaml);
        assertThatThrownBy(() -> load(file))
                .isInstanceOf(ConfiguratorException.class)
                .hasMessageContaining(because);
    }
}
