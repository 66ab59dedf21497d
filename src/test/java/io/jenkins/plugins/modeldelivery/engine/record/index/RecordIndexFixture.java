package io.jenkins.plugins.modeldelivery.engine.record.index;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.model.VersionIdentity;
import io.jenkins.plugins.modeldelivery.engine.record.Event;
import io.jenkins.plugins.modeldelivery.engine.record.EventDraft;
import io.jenkins.plugins.modeldelivery.engine.record.EventPage;
import io.jenkins.plugins.modeldelivery.engine.record.EventQuery;
import io.jenkins.plugins.modeldelivery.engine.record.EventType;
import io.jenkins.plugins.modeldelivery.engine.record.FileRecordStore;
import io.jenkins.plugins.modeldelivery.engine.record.RecordStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A record store with an index beside it. */
public abstract class RecordIndexFixture {
    public static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

    @TempDir
    public Path directory;

    final Ticking clock = new Ticking();
    RecordIndex index;
    public RecordStore store;

    /** A second later each time. */
    static final class Ticking extends Clock {
        Instant now = START;

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            now = now.plusSeconds(1);
            return now;
        }
    }

    @BeforeEach
    void open() {
        index = new RecordIndex(directory.resolve("records"), directory.resolve("index"), clock);
        store = new FileRecordStore(directory.resolve("records"), clock, index);
    }

    final Event append(String type, String version, String job, ObjectNode details) {
        return store.append(new EventDraft(
                EventType.of(type),
                "main",
                "churn",
                Optional.of(new VersionIdentity(version, "created " + version, Optional.empty())),
                "ann",
                Optional.empty(),
                Optional.of(job).filter(name -> !name.isEmpty()),
                Optional.empty(),
                Optional.empty(),
                details));
    }

    final Event append(String type, String version, String job) {
        return append(type, version, job, Json.object());
    }

    final IndexedRecord churn() {
        return index.open("main", "churn").orElseThrow();
    }

    final Path record() {
        return FileRecordStore.file(directory.resolve("records"), "main", "churn");
    }

    final List<Long> all(EventQuery query, int limit) {
        List<Long> sequences = new ArrayList<>();
        OptionalLong before = OptionalLong.empty();
        do {
            EventPage page = churn().page(query, before, limit);
            assertThat(page.events()).hasSizeLessThanOrEqualTo(limit);
            page.events().forEach(event -> sequences.add(event.sequence()));
            before = page.older();
        } while (before.isPresent());
        return sequences;
    }
}
