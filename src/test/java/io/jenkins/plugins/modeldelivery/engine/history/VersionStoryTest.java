package io.jenkins.plugins.modeldelivery.engine.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.record.Event;
import io.jenkins.plugins.modeldelivery.engine.record.JobFilter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VersionStoryTest {
    @TempDir
    Path directory;

    private Written record;

    @BeforeEach
    void begin() {
        record = new Written(directory);
    }

    private static List<String> types(List<Event> events) {
        return events.stream().map(event -> event.draft().type().text()).toList();
    }

    @Test
    void everythingOfAVersionIsToldInOrderAndNothingOfOthers() {
        record.registered("1", "{\"auc\": 0.9}")
                .registered("2", "{\"auc\": 0.91}")
                .gated("2", "PASSED", "[]")
                .promoted("1", null)
                .promoted("2", "1")
                .rollout("deployment-started", "2", "1")
                .rollout("deployed", "2", "1");
        VersionStory story = record.story("2");
        assertThat(types(story.events()))
                .containsExactly("registered", "gated", "promoted", "deployment-started", "deployed");
        assertThat(story.registration().orElseThrow().time()).isEqualTo(Written.time(2));
        assertThat(types(story.gates())).containsExactly("gated");
        assertThat(types(story.rollouts())).containsExactly("deployment-started", "deployed");
        assertThat(story.complete()).isTrue();
        assertThat(VersionStory.of(record.read(), job -> true, "3")).isEmpty();
    }

    @Test
    void whatAVersionReplacedAndWhatReplacedItIsTold() {
        record.promoted("1", null).promoted("2", "1").promoted("3", "2");
        record.event(
                "rolled-back",
                "2",
                Json.object().put("alias", "champion").put("from", "3").put("to", "2"));
        List<AliasAssignment> tenures = record.story("2").tenures();
        assertThat(tenures).hasSize(2);
        assertThat(tenures.get(0).replaced()).contains("1");
        assertThat(tenures.get(0).replacedBy()).contains("3");
        assertThat(tenures.get(0).since()).isEqualTo(Written.time(2));
        assertThat(tenures.get(0).end().orElseThrow().time()).isEqualTo(Written.time(3));
        assertThat(tenures.get(1).replaced()).contains("3");
        assertThat(tenures.get(1).end()).isEmpty();
    }

    @Test
    void aMoveBySomebodyElseEndsATenureWhenItIsMet() {
        record.promoted("1", null);
        record.event(
                "alias-move-conflict",
                "7",
                Json.object().put("alias", "champion").put("actual", "5"));
        assertThat(record.story("1").tenures())
                .singleElement()
                .satisfies(tenure -> assertThat(tenure.replacedBy()).contains("5"));
    }

    @Test
    void approvalsBelongToTheirPromotion() {
        record.event(
                        "approval-requested",
                        "2",
                        "promote 2",
                        "policy-2",
                        Json.object().put("alias", "champion"))
                .event(
                        "approved",
                        "2",
                        "promote 2",
                        "policy-2",
                        Json.object()
                                .put("alias", "champion")
                                .put("by", "eve")
                                .put("comment", "fine")
                                .put("override", true))
                .promoted("2", "1")
                .event(
                        "promotion-refused",
                        "2",
                        "another",
                        "policy-3",
                        Json.object().put("alias", "eu"));
        List<PromotionAttempt> admissions = record.story("2").admissions();
        assertThat(admissions).hasSize(2);
        PromotionAttempt first = admissions.get(0);
        assertThat(types(first.events())).containsExactly("approval-requested", "approved", "promoted");
        assertThat(first.outcome().draft().type().text()).isEqualTo("promoted");
        assertThat(first.policy()).contains("production");
        assertThat(first.policyDigest()).contains("policy-2");
        assertThat(first.rules().path(0).path("outcome").asText()).isEqualTo("MET");
        assertThat(first.votes())
                .singleElement()
                .satisfies(vote -> assertThat(EventDetails.text(vote, "by")).contains("eve"));
        assertThat(admissions.get(1).alias()).isEqualTo("eu");
    }

    @Test
    void whoSeesOneJobIsToldItsEventsOnly() {
        record.registered("1", "{}").promoted("1", null);
        record.by("secret").promoted("2", "1");
        JobFilter open = "train"::equals;
        assertThat(VersionStory.of(record.read(), open, "2")).isEmpty();
        assertThat(VersionStory.of(record.read(), open, "1").orElseThrow().tenures())
                .singleElement()
                .satisfies(tenure -> assertThat(tenure.end()).isEmpty());
        assertThat(record.story("1").toJson(false).toString()).doesNotContain("sequence", "hash");
        assertThat(record.story("1").toJson(true).toString()).contains("sequence", "hash");
    }

    @Test
    void ofVeryManyEventsTheNewestAreToldAndTheRegistration() {
        record.registered("1", "{\"auc\": 0.9}");
        for (int i = 0; i < VersionStory.LIMIT; i++) {
            record.gated("1", "PASSED", "[]");
        }
        VersionStory story = record.story("1");
        assertThat(story.complete()).isFalse();
        assertThat(story.events()).hasSize(VersionStory.LIMIT);
        assertThat(story.registration()).isPresent();
    }

    @Test
    void metricsAreThoseOfTheRegistrationAndOfGatesWhereItHasNone() {
        record.registered("1", "{\"auc\": 0.9}")
                .gated(
                        "1",
                        "PASSED",
                        "[{\"check\": \"auc >= 0.8\", \"metric\": \"auc\", \"value\": 0.1},"
                                + "{\"check\": \"f1 >= 0.8\", \"metric\": \"f1\", \"value\": 0.85},"
                                + "{\"check\": \"min(recall{c=*}) >= 0.8\", \"metric\": \"recall\", \"value\": 0.7},"
                                + "{\"check\": \"recall{c=*} >= 0.8\", \"metric\": \"recall\", \"slice\": \"{c=DE}\","
                                + " \"value\": 0.75}]");
        assertThat(record.story("1").metrics().toString()).isEqualTo("{auc=0.9, f1=0.85, recall{c=DE}=0.75}");
    }
}
