package io.jenkins.plugins.modeldelivery.engine.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.model.VersionIdentity;
import io.jenkins.plugins.modeldelivery.engine.record.AliasTarget;
import io.jenkins.plugins.modeldelivery.engine.record.EndpointStatus;
import io.jenkins.plugins.modeldelivery.engine.record.Event;
import io.jenkins.plugins.modeldelivery.engine.record.EventDraft;
import io.jenkins.plugins.modeldelivery.engine.record.EventType;
import io.jenkins.plugins.modeldelivery.engine.record.FileRecordStore;
import io.jenkins.plugins.modeldelivery.engine.record.index.IndexedRecord;
import io.jenkins.plugins.modeldelivery.engine.record.index.RecordIndex;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VersionListTest {
    @TempDir
    Path directory;

    private Event append(String job, String type, String version, ObjectNode details) {
        return new FileRecordStore(directory.resolve("records"), Clock.systemUTC())
                .append(new EventDraft(
                        EventType.of(type),
                        "main",
                        "churn",
                        Optional.of(new VersionIdentity(version, "created " + version, Optional.empty())),
                        "ann",
                        Optional.empty(),
                        Optional.of(job),
                        Optional.empty(),
                        Optional.empty(),
                        details));
    }

    private Event registered(String version) {
        return append("train", "registered", version, Json.object());
    }

    private Event gated(String job, String version, String verdict) {
        return append(job, "gated", version, Json.object().put("verdict", verdict));
    }

    private VersionList list(OptionalLong before, int limit) {
        IndexedRecord record = new RecordIndex(
                        directory.resolve("records"), directory.resolve("index"), Clock.systemUTC())
                .open("main", "churn")
                .orElseThrow();
        ModelSummary summary = ModelSummary.of(record, job -> job.equals("train"), Map.of(), Instant.EPOCH);
        return VersionList.of(record, job -> job.equals("train"), summary, before, limit);
    }

    @Test
    void eachVersionHasItsNewestVerdictItsAliasesAndWhereItIsServed() {
        registered("1");
        registered("2");
        gated("train", "1", "FAILED");
        Event last = gated("train", "1", "PASSED");
        gated("hidden", "1", "FAILED");
        append("train", "promoted", "1", Json.object().put("alias", "champion").put("to", "1"));
        append("train", "deployed", "1", Json.object().put("target", "edge").put("endpoint", "scores"));
        VersionList list = list(OptionalLong.empty(), 10);
        assertThat(list.last()).isEmpty();
        assertThat(list.versions())
                .satisfiesExactly(
                        second -> {
                            assertThat(second.version()).isEqualTo("2");
                            assertThat(second.lastGate()).isEmpty();
                            assertThat(second.aliases()).isEmpty();
                            assertThat(second.endpoints()).isEmpty();
                        },
                        first -> {
                            assertThat(first.lastGate()).contains(last);
                            assertThat(first.aliases())
                                    .extracting(AliasTarget::alias)
                                    .containsExactly("champion");
                            assertThat(first.endpoints())
                                    .extracting(EndpointStatus::endpoint)
                                    .containsExactly("scores");
                        });
    }

    @Test
    void theOldestOfALongListFollowWhereItEnded() {
        registered("1");
        registered("2");
        Event end = registered("3");
        registered("3");
        VersionList newest = list(OptionalLong.empty(), 2);
        assertThat(newest.versions()).extracting(VersionList.Entry::version).containsExactly("3");
        assertThat(newest.last()).contains(end);
        VersionList older = list(OptionalLong.of(end.sequence()), 2);
        assertThat(older.versions()).extracting(VersionList.Entry::version).containsExactly("2", "1");
        assertThat(older.last()).isEmpty();
    }

    @Test
    void gatesOfLongAgoAreFoundBehindManyOthers() {
        registered("1");
        registered("2");
        Event first = gated("train", "1", "PASSED");
        for (int i = 0; i < 450; i++) {
            gated("train", "2", "FAILED");
        }
        assertThat(list(OptionalLong.empty(), 10).versions().get(1).lastGate()).contains(first);
    }
}
