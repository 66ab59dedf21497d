package io.jenkins.plugins.modeldelivery.ui.models;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.gate.Gate;
import io.jenkins.plugins.modeldelivery.engine.gate.GateEvaluator;
import io.jenkins.plugins.modeldelivery.engine.metrics.MetricsFile;
import io.jenkins.plugins.modeldelivery.ui.approvals.ApiClient;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The pages below a model's, for programs. Who gets what is held in {@link WhoSeesWhatTest}. */
@WithJenkins
class ModelReadingApiTest {
    private static final String CHURN = "models/registry/main/churn/";

    private JenkinsRule jenkins;

    @BeforeEach
    void deliver(JenkinsRule rule) throws Exception {
        jenkins = rule;
        People.arrive(jenkins);
        Records.of(People.OPEN, "churn")
                .registered("1", "ml-team")
                .event("gated", "1", gate())
                .promoted("champion", "1")
                .deployed("1", "scores")
                .registered("2", "ml-team")
                .gated("2", "FAILED");
    }

    private static ObjectNode gate() {
        Gate gate = Gate.of("tabular", List.of("auc >= 0.85"));
        byte[] metrics = "{\"auc\": 0.91}".getBytes(StandardCharsets.UTF_8);
        return GateEvaluator.evaluate(gate, MetricsFile.parse("m.json", metrics), Optional.empty())
                .toJson();
    }

    private JsonNode json(String address) throws Exception {
        ApiClient.Answer answer = ApiClient.of(jenkins, "administrator").get(CHURN + address);
        assertThat(answer.status()).as(address).isEqualTo(200);
        return answer.json();
    }

    @Test
    void whoLetAVersionInIsToldWithItsEvidence() throws Exception {
        JsonNode version = json("version/1/api/json?depth=5");
        assertThat(version.path("version").asText()).isEqualTo("1");
        assertThat(version.path("registered").path("by").asText()).isEqualTo("ann");
        assertThat(version.path("registered").path("time").asText()).endsWith("Z");
        assertThat(version.path("gates")
                        .path(0)
                        .path("report")
                        .path("rows")
                        .path(0)
                        .path("check")
                        .asText())
                .isEqualTo("auc >= 0.85");
        assertThat(version.path("admissions").path(0).path("requester").asText())
                .isEqualTo("ann");
        assertThat(version.path("tenures").path(0).path("text").asText()).startsWith("Became champion");
        assertThat(version.path("rollouts").findValuesAsText("text")).anyMatch(text -> text.contains("scores"));
        assertThat(version.path("complete").asBoolean()).isTrue();
        assertThat(json("version/1/api/json?tree=version,registered[by]").toString())
                .isEqualTo("{\"_class\":\"io.jenkins.plugins.modeldelivery.ui.version.VersionPage\",\"registered\":"
                        + "{\"by\":\"ann\"},"
                        + "\"version\":\"1\"}");
    }

    @Test
    void twoVersionsAreCompared() throws Exception {
        JsonNode compared = json("compare/api/json?depth=5&a=1&b=2");
        assertThat(compared.path("versions").toString()).isEqualTo("[\"2\",\"1\"]");
        JsonNode answer = compared.path("answer");
        assertThat(answer.path("problem").asText()).isEmpty();
        assertThat(answer.path("tags").path(0).path("name").asText()).isEqualTo("owner");
        assertThat(answer.path("tags").path(0).path("a").asText()).isEqualTo("ml-team");
        assertThat(answer.path("tags").path(0).path("changed").asBoolean(true)).isFalse();
        assertThat(json("compare/api/json?depth=5&a=1&b=%3Cb%3E")
                        .path("answer")
                        .path("problem")
                        .asText())
                .isEqualTo("The record has no events that you may see of version <b>.");
        assertThat(json("compare/api/json?depth=5").path("answer").path("metrics"))
                .isEmpty();
    }

    @Test
    void whatWasInProductionIsToldOrThatTheDayIsNone() throws Exception {
        JsonNode answer = json("at/api/json?depth=5&date=2999-01-01").path("answer");
        assertThat(answer.path("known").asBoolean()).isTrue();
        assertThat(answer.path("future").asBoolean()).isTrue();
        assertThat(answer.path("aliases").path(0).path("name").asText()).isEqualTo("champion");
        assertThat(answer.path("aliases").path(0).path("version").asText()).isEqualTo("1");
        assertThat(answer.path("endpoints").path(0).path("name").asText()).endsWith("/scores");
        JsonNode none = json("at/api/json?depth=5&date=yesterday").path("answer");
        assertThat(none.path("known").asBoolean(true)).isFalse();
        assertThat(none.path("time").isNull()).isTrue();
        assertThat(none.path("aliases")).isEmpty();
    }

    @Test
    void theChainIsVerifiedForAdministrators() throws Exception {
        JsonNode answer = json("verification/api/json?depth=2").path("answer");
        assertThat(answer.path("told").asBoolean()).isTrue();
        assertThat(answer.path("intact").asBoolean()).isTrue();
        JsonNode reader = ApiClient.of(jenkins, "reader")
                .get(CHURN + "verification/api/json?depth=2")
                .json()
                .path("answer");
        assertThat(reader.path("told").asBoolean(true)).isFalse();
        assertThat(reader.path("intact").asBoolean(true)).isFalse();
        assertThat(reader.path("message").asText("x")).isEmpty();
    }

    @Test
    void aVersionOfWhichNothingIsKnownIsNotFound() throws Exception {
        ApiClient client = ApiClient.of(jenkins, "administrator");
        assertThat(client.get(CHURN + "version/99/api/json").status()).isEqualTo(404);
    }
}
