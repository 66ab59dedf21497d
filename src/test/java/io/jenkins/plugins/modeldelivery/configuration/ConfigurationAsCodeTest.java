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
import org.json.JSONObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;

/** Configuration as Code, with the example that the documentation shows. */
@WithSharedJenkins
class ConfigurationAsCodeTest {
    private static final Path EXAMPLE =
            Path.of(System.getProperty("project.root", "."), "docs", "examples", "jenkins", "jenkins.yaml");
    private static final Path POLICY_FILE = EXAMPLE.resolveSibling("model-delivery.yaml");

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
    void gatesAndPoliciesAreThoseOfTheFileForTheCommandLine(JenkinsRule j) throws Exception {
        Rules commandLine = Rules.parse(Documents.read(POLICY_FILE, DocumentSchema.configuration()));

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

    @Test
    void theSchemaKnowsEachFieldAndRefusesAnUnknownOne(JenkinsRule j) throws Exception {
        assertThat(faults(Files.readString(EXAMPLE))).isEmpty();
        String part = "unclassified: {modelDelivery: {%s}}";
        for (String good : List.of(
                "gates: [{name: g, checks: auc >= 0.5, sameDataset: false}]",
                "policies: [{name: p, alias: a, approvals: 2, from: b, notRequester: true}]",
                "aliases: [{alias: a, items: x}]")) {
            assertThat(faults(part.formatted(good))).as(good).isEmpty();
        }
        for (String wrong : List.of(
                "registry: []",
                "gates: [{name: g, check: auc >= 0.5}]",
                "policies: [{name: p, alias: a, approval: 2}]",
                "aliases: [{alias: a, item: x}]")) {
            assertThat(faults(part.formatted(wrong))).as(wrong).isNotEmpty();
        }
    }

    private static List<?> faults(String yaml) throws Exception {
        return Util.validateSchema(new JSONObject(Util.convertToJson(yaml)));
    }

    @Test
    void anErrorAnywhereLeavesTheConfigurationAsItWas(JenkinsRule j) throws Exception {
        load(EXAMPLE);
        String before = exported();
        String good = Files.readString(EXAMPLE);

        refuses(good.replace("          latency\n", "          latencies\n"), "needs the gate latencies");
        refuses(good.replace("auc >= 0.85", "auc => 0.85"), "auc => 0.85");
        refuses(good.replace("sameDataset", "sameDatasets"), "sameDatasets");
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
