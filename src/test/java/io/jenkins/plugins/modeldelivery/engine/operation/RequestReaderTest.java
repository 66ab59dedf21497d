package io.jenkins.plugins.modeldelivery.engine.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.modeldelivery.engine.gate.BaselineSource;
import io.jenkins.plugins.modeldelivery.engine.gate.OnMissingBaseline;
import io.jenkins.plugins.modeldelivery.engine.metrics.Metrics;
import io.jenkins.plugins.modeldelivery.engine.metrics.Slice;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.ModelRef;
import io.jenkins.plugins.modeldelivery.engine.policy.Rules;
import io.jenkins.plugins.modeldelivery.engine.registry.VersionSource;
import io.jenkins.plugins.modeldelivery.engine.request.DeliverRequest;
import io.jenkins.plugins.modeldelivery.engine.request.DeployRequest;
import io.jenkins.plugins.modeldelivery.engine.request.GateRequest;
import io.jenkins.plugins.modeldelivery.engine.request.InputFiles;
import io.jenkins.plugins.modeldelivery.engine.request.PromoteRequest;
import io.jenkins.plugins.modeldelivery.engine.request.RegisterRequest;
import io.jenkins.plugins.modeldelivery.engine.request.RequestReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the sections of a delivery ask for, wherever its files are. */
class RequestReaderTest {
    private static final ModelRef CHURN = ModelRef.parse("churn/7");
    private static final JsonNode CONFIGURATION = json("""
            gates:
              quality: {baseline: {file: baselines/auc.json}, checks: [auc >= baseline]}
              plain: {baseline: champion, checks: [auc >= 0.5], onMissingBaseline: fail}
            """);
    private static final Rules RULES = rules("{\"auc\": 0.88}");

    private static Rules rules(String baseline) {
        return Rules.parse(CONFIGURATION, path -> {
            assertThat(path).isEqualTo("baselines/auc.json");
            return baseline.getBytes(StandardCharsets.UTF_8);
        });
    }

    /** Neither here nor on any disk. */
    private static final class Elsewhere implements InputFiles {
        private final Map<String, String> files;

        Elsewhere(Map<String, String> files) {
            this.files = files;
        }

        @Override
        public byte[] read(String path, int maxBytes) {
            String text = files.get(path);
            if (text == null || text.length() > maxBytes) {
                throw ErrorKind.INVALID_INPUT.error("There is no file " + path + ".");
            }
            return text.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public Path path(String path) {
            return Path.of("workspace").resolve(path);
        }
    }

    private static JsonNode json(String yaml) {
        try {
            return new com.fasterxml.jackson.dataformat.yaml.YAMLMapper().readTree(yaml);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static RequestReader reader(Map<String, String> files) {
        return new RequestReader(RULES, new Elsewhere(files), Map.of("model-delivery.branch", "main"));
    }

    private static RequestReader reader() {
        return reader(Map.of());
    }

    @Test
    void aRegistrationHasAllThatItsSectionSays() {
        RegisterRequest request =
                reader(Map.of("out/metrics.json", "{\"auc\": 0.9}")).register(json("""
                        name: churn
                        registry: main
                        path: out/model
                        metrics: out/metrics.json
                        metricValues: {f1: 0.8, rounds: 7}
                        dataset: holdout@sha256:abc
                        parameters: {depth: 6}
                        tags: {owner: me}
                        description: better
                        alias: challenger
                        timeout: 3m
                        """));
        assertThat(request.name()).isEqualTo("churn");
        assertThat(request.registry()).contains("main");
        assertThat(request.source()).isEqualTo(new VersionSource.Files(Path.of("workspace/out/model")));
        assertThat(request.metrics().names()).containsExactly("auc", "f1", "rounds");
        assertThat(request.metrics().find("auc", Slice.ALL).orElseThrow().dataset())
                .contains("sha256:abc");
        assertThat(request.parameters()).isEqualTo(Map.of("depth", "6"));
        assertThat(request.tags()).isEqualTo(Map.of("owner", "me", "dataset", "holdout"));
        assertThat(request.provenance()).isEqualTo(Map.of("model-delivery.branch", "main"));
        assertThat(request.description()).isEqualTo("better");
        assertThat(request.alias()).contains("challenger");
        assertThat(request.timeout()).isEqualTo(Duration.ofMinutes(3));
        assertThat(request.operation()).isEmpty();
    }

    @Test
    void aRegistrationOfWhatTheRegistryHasNeedsNoFile() {
        assertThat(reader().register(json("{name: churn, runId: r1, artifactPath: model}"))
                        .source())
                .isEqualTo(new VersionSource.Run("r1", "model"));
        RegisterRequest plain = reader().register(json("{name: churn, modelId: m-1}"));
        assertThat(plain.source()).isEqualTo(new VersionSource.LoggedModel("m-1"));
        assertThat(plain.timeout()).isEqualTo(RegisterRequest.TIMEOUT);
        assertThat(plain.metrics()).isEqualTo(Metrics.NONE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {name: churn} | exactly one source of the model: a path, a run ID
            {name: churn, path: a, source: b} | not 2.
            {path: a} | name of the registered model
            {name: churn, path: a, metrics: none.json} | There is no file none.json
            {name: churn, path: a, timeout: soon} | "soon" is not a duration
            """)
    void aRegistrationThatMakesNoSenseIsRefused(String section, String message) {
        assertThatThrownBy(() -> reader().register(json(section)))
                .isInstanceOfSatisfying(
                        DeliveryException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_INPUT))
                .message()
                .contains(message.split("; "));
    }

    @Test
    void aConfiguredGateBringsWhatItsBaselineFileSaysAndNoFileOfTheRequestDoes() {
        GateRequest request = reader(
                        Map.of("baselines/auc.json", "{\"auc\": 0.1}", "metrics.csv", "metric,value\nauc,0.9\n"))
                .gate(json("{gate: quality, metrics: metrics.csv, registry: main}"), CHURN);
        assertThat(request.model()).isEqualTo(CHURN);
        assertThat(request.registry()).contains("main");
        assertThat(request.gate()).isEqualTo(RULES.gates().get("quality"));
        assertThat(request.gate().baseline().orElseThrow().numbers()).contains(Metrics.of(Map.of("auc", 0.88)));
        assertThat(request.metrics()).contains(Metrics.of(Map.of("auc", 0.9)));
    }

    @Test
    void aBaselineFileWithOtherContentMakesAnotherGate() {
        String digest = RULES.gates().get("quality").digest();
        assertThat(rules("{\"auc\": 0.88}").gates().get("quality").digest()).isEqualTo(digest);
        assertThat(rules("{\"auc\": 0.1}").gates().get("quality").digest()).isNotEqualTo(digest);
        assertThat(rules("{\"auc\": 0.880}").gates().get("quality").digest()).isNotEqualTo(digest);
    }

    @Test
    void aConfigurationThatWasOnlyLookedAtLetsNoFileOfTheRequestTakeTheBaselinesPlace() {
        RequestReader reader = new RequestReader(
                Rules.parse(CONFIGURATION), new Elsewhere(Map.of("baselines/auc.json", "{\"auc\": 0.1}")), Map.of());
        assertThatThrownBy(() -> reader.gate(json("{gate: quality}"), CHURN))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("baselines/auc.json was not read with the configuration");
    }

    @Test
    void aGateWithChecksAddedIsAnother() {
        GateRequest request = reader().gate(json("{gate: plain, checks: [f1 >= 0.1]}"), CHURN);
        assertThat(request.gate().name()).isEmpty();
        assertThat(request.gate().checks()).hasSize(2);
        assertThat(request.gate().onMissingBaseline()).isEqualTo(OnMissingBaseline.FAIL);
    }

    @Test
    void aBaselineOfTheRequestCountsBeforeThatOfTheGate() {
        assertThat(reader().gate(json("{gate: plain, baseline: 7}"), CHURN)
                        .gate()
                        .baseline())
                .contains(new BaselineSource.Reference("7"));
        assertThat(reader().gate(json("{gate: quality, baseline: {metrics: {auc: 0.5}}}"), CHURN)
                        .gate()
                        .baseline())
                .contains(new BaselineSource.Numbers(Metrics.of(Map.of("auc", 0.5))));
    }

    @Test
    void aBaselineFileOfTheRequestMakesItAnotherGateEvenIfItHasTheSamePath() {
        GateRequest request = reader(Map.of("baselines/auc.json", "{\"auc\": 0.1}"))
                .gate(json("{gate: quality, baseline: {file: baselines/auc.json}}"), CHURN);
        assertThat(request.gate().name()).isEmpty();
        assertThat(request.gate().baseline().orElseThrow().numbers()).contains(Metrics.of(Map.of("auc", 0.1)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {gate: none} | There is no gate none; there are: plain, quality.
            {gate: plain, baseline: {file: none.json}} | There is no file none.json
            {checks: [auc >=]} | auc >=
            {gate: plain, onMissingBaseline: perhaps} | pass, fail or inconclusive
            """)
    void aGateThatMakesNoSenseIsRefused(String section, String message) {
        assertThatThrownBy(() -> reader().gate(json(section), CHURN)).hasMessageContaining(message);
    }

    @Test
    void aPromotionHasAllThatItsSectionSays() {
        assertThat(reader().promote(json("{to: champion, policy: p, dryRun: true, timeout: 2d, registry: r}"), CHURN))
                .isEqualTo(new PromoteRequest(
                        CHURN,
                        Optional.of("r"),
                        "champion",
                        Optional.of("p"),
                        true,
                        Optional.of(Duration.ofDays(2)),
                        Optional.empty()));
        assertThat(reader().promote(json("{to: champion}"), CHURN))
                .isEqualTo(new PromoteRequest(CHURN, Optional.empty(), "champion", Optional.empty(), false));
    }

    @Test
    void aDeploymentHasAllThatItsSectionSays() {
        DeployRequest request = reader(
                        Map.of("request.json", "{\"inputs\": []}", "expected.json", "{\"outputs\": [{\"data\": [1]}]}"))
                .deploy(json("""
                        target: edge
                        endpoint: wine
                        registry: r
                        smokeTest:
                          request: request.json
                          expected: expected.json
                          absoluteTolerance: 0.5
                          maxLatency: 2s
                          shape: [-1, 3]
                        rollback: false
                        timeout: 90s
                        """), CHURN);
        assertThat(request.target()).contains("edge");
        assertThat(request.endpoint()).isEqualTo("wine");
        assertThat(request.registry()).contains("r");
        assertThat(request.rollback()).isFalse();
        assertThat(request.timeout()).isEqualTo(Duration.ofSeconds(90));
        assertThat(request.smokeTest()).hasValueSatisfying(test -> {
            assertThat(test.request()).isEqualTo(json("{inputs: []}"));
            assertThat(test.expected()).contains(json("[{data: [1]}]"));
            assertThat(test.absoluteTolerance()).isEqualTo(0.5);
            assertThat(test.relativeTolerance()).isEqualTo(1e-6);
            assertThat(test.maxLatency()).contains(Duration.ofSeconds(2));
            assertThat(test.shape()).contains(List.of(-1L, 3L));
        });
    }

    @Test
    void aDeploymentNeedsToSayNothing() {
        DeployRequest request = reader().deploy(json("{}"), CHURN);
        assertThat(request)
                .isEqualTo(new DeployRequest(
                        CHURN,
                        Optional.empty(),
                        Optional.empty(),
                        "churn",
                        Optional.empty(),
                        true,
                        false,
                        DeployRequest.TIMEOUT));
    }

    @Test
    void aSmokeTestsFileThatIsNoJsonIsNamed() {
        RequestReader reader = reader(Map.of("r.json", "{"));
        assertThatThrownBy(() -> reader.deploy(json("{smokeTest: {request: r.json}}"), CHURN))
                .hasMessageContaining("The smoke test's request file r.json");
    }

    @Test
    void aDeliveryHasItsSections() {
        DeliverRequest request = reader().deliver(json("""
                model: churn/7
                registry: main
                gate: {gate: plain, onFailure: unstable}
                promote: {to: champion}
                """));
        assertThat(request.model()).contains(CHURN);
        assertThat(request.registry()).contains("main");
        assertThat(request.onFailure()).isEqualTo(DeliverRequest.OnFailure.UNSTABLE);
        assertThat(request.gate()).isPresent();
        assertThat(request.promote()).map(PromoteRequest::to).contains("champion");
        assertThat(request.register()).isEmpty();
        assertThat(request.deploy()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{promote: {to: champion}}", "{model: churn/7, register: {name: churn, path: a}}"})
    void aDeliveryIsOfARegistrationOrAModel(String document) {
        assertThatThrownBy(() -> reader().deliver(json(document)))
                .hasMessageContaining("either a register section or a model");
    }
}
