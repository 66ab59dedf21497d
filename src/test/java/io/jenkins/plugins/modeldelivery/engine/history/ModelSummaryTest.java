package io.jenkins.plugins.modeldelivery.engine.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.model.VersionIdentity;
import io.jenkins.plugins.modeldelivery.engine.record.EventDraft;
import io.jenkins.plugins.modeldelivery.engine.record.EventType;
import io.jenkins.plugins.modeldelivery.engine.record.FileRecordStore;
import io.jenkins.plugins.modeldelivery.engine.record.JobFilter;
import io.jenkins.plugins.modeldelivery.engine.record.index.RecordIndex;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelSummaryTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final JobFilter ALL = job -> true;

    @TempDir
    Path directory;

    private void at(Instant time, String job, String type, String version, ObjectNode details) {
        new FileRecordStore(directory.resolve("records"), Clock.fixed(time, ZoneOffset.UTC))
                .append(new EventDraft(
                        EventType.of(type),
                        "main",
                        "churn",
                        Optional.of(new VersionIdentity(
                                version,
                                "created " + version,
                                Optional.ofNullable(details.path("digest").textValue()))),
                        "ann",
                        Optional.empty(),
                        Optional.of(job),
                        Optional.empty(),
                        Optional.empty(),
                        details));
    }

    private void registered(String version, String digest, String owner) {
        ObjectNode details = Json.object().put("digest", digest);
        details.putObject("tags").put("owner", owner);
        at(NOW, "train", "registered", version, details);
    }

    private void gated(Instant time, String version, String verdict) {
        at(time, "train", "gated", version, Json.object().put("gate", "g").put("verdict", verdict));
    }

    private void promoted(String job, String version) {
        at(NOW, job, "promoted", version, Json.object().put("alias", "champion").put("to", version));
    }

    private ObjectNode rollout(String digest, String previous) {
        ObjectNode details = Json.object().put("target", "prod").put("endpoint", "churn");
        details.put("digest", digest);
        if (previous != null) {
            details.putObject("serves").put("model", "churn").put("version", previous.replace("churn/", ""));
        }
        return details;
    }

    private ModelSummary summary(JobFilter jobs, Map<String, Duration> ages) {
        return ModelSummary.of(
                new RecordIndex(directory.resolve("records"), directory.resolve("index"), Clock.systemUTC())
                        .open("main", "churn")
                        .orElseThrow(),
                jobs,
                ages,
                NOW);
    }

    private ModelSummary summary() {
        return summary(ALL, Map.of());
    }

    @Test
    void aModelInGoodOrderGivesNoConcern() {
        registered("7", "sha256:7", "ml-team");
        gated(NOW, "7", "PASSED");
        promoted("train", "7");
        at(NOW, "train", "deployment-started", "7", rollout("sha256:7", null));
        at(NOW, "train", "deployed", "7", rollout("sha256:7", null));
        ModelSummary summary = summary(ALL, Map.of("champion", Duration.ofDays(1)));
        assertThat(summary.alias("champion").orElseThrow().version()).contains("7");
        assertThat(summary.owner()).contains("ml-team");
        assertThat(summary.endpoints()).singleElement().satisfies(endpoint -> {
            assertThat(endpoint.version()).contains("7");
            assertThat(endpoint.underWay()).isFalse();
        });
        assertThat(summary.concerns()).isEmpty();
    }

    @Test
    void whoSeesOneJobSeesItsWordOnly() {
        promoted("open", "1");
        promoted("secret", "2");
        assertThat(summary("open"::equals, Map.of())
                        .alias("champion")
                        .orElseThrow()
                        .version())
                .contains("1");
        assertThat(summary().alias("champion").orElseThrow().version()).contains("2");
    }

    @Test
    void aMoveThatMetAnotherDidNotHappen() {
        promoted("train", "2");
        at(
                NOW,
                "train",
                "alias-move-conflict",
                "2",
                Json.object().put("alias", "champion").put("actual", "5"));
        assertThat(summary().alias("champion").orElseThrow().version()).contains("5");
    }

    @Test
    void otherBytesThanRegisteredAreTheGravest() {
        registered("7", "sha256:7", "ml-team");
        gated(NOW, "7", "FAILED");
        promoted("train", "7");
        at(NOW, "train", "deployed", "7", rollout("sha256:other", null));
        assertThat(summary().concerns()).containsExactly(HealthIssue.DIGEST_DIFFERS, HealthIssue.GATE_FAILED);
    }

    @Test
    void anEndpointThatServesAnOldVersionIsNamed() {
        registered("6", "sha256:6", "x");
        at(NOW, "train", "deployed", "6", rollout("sha256:6", null));
        assertThat(summary().concerns()).isEmpty();
        promoted("train", "7");
        assertThat(summary().concerns()).containsExactly(HealthIssue.SERVES_OTHER_VERSION);
    }

    @Test
    void afterARollbackThePreviousVersionIsServed() {
        at(NOW, "train", "deployed", "6", rollout("sha256:6", null));
        at(NOW, "train", "deployment-started", "7", rollout("sha256:7", "churn/6"));
        assertThat(summary().endpoints().get(0).underWay()).isTrue();
        at(NOW, "train", "deployment-rolled-back", "7", rollout("sha256:7", "churn/6"));
        assertThat(summary().endpoints()).singleElement().satisfies(endpoint -> {
            assertThat(endpoint.version()).contains("6");
            assertThat(endpoint.digest()).isEmpty();
            assertThat(endpoint.failed()).isTrue();
        });
        assertThat(summary().concerns()).containsExactly(HealthIssue.ROLLOUT_FAILED);
    }

    @Test
    void evidenceExpiresWhenThePolicySaysSo() {
        gated(NOW.minus(Duration.ofDays(8)), "7", "PASSED");
        promoted("train", "7");
        assertThat(summary(ALL, Map.of("champion", Duration.ofDays(8))).concerns())
                .isEmpty();
        assertThat(summary(ALL, Map.of("champion", Duration.ofDays(7))).concerns())
                .containsExactly(HealthIssue.EVIDENCE_EXPIRED);
        gated(NOW, "7", "INCONCLUSIVE");
        assertThat(summary(ALL, Map.of("champion", Duration.ofDays(7))).concerns())
                .containsExactly(HealthIssue.EVIDENCE_EXPIRED, HealthIssue.GATE_INCONCLUSIVE);
        gated(NOW, "7", "PASSED");
        assertThat(summary(ALL, Map.of("champion", Duration.ofDays(7))).concerns())
                .isEmpty();
    }

    @Test
    void theOwnerOfTheChampionComesFirst() {
        registered("6", "sha256:6", "old team");
        registered("7", "sha256:7", "new team");
        assertThat(summary().owner()).contains("new team");
        promoted("train", "6");
        assertThat(summary().owner()).contains("old team");
    }
}
