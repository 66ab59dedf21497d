package io.jenkins.plugins.modeldelivery.engine.record.index;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.record.Event;
import io.jenkins.plugins.modeldelivery.engine.record.EventDraft;
import io.jenkins.plugins.modeldelivery.engine.record.EventQuery;
import io.jenkins.plugins.modeldelivery.engine.record.EventType;
import io.jenkins.plugins.modeldelivery.engine.record.JobFilter;
import io.jenkins.plugins.modeldelivery.engine.record.ModelState;
import io.jenkins.plugins.modeldelivery.engine.record.RecordStore;
import io.jenkins.plugins.modeldelivery.engine.record.Verification;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A store that reads all its events answers as one that asks an index. */
class EventQueryTest extends RecordIndexFixture {
    private List<Event> written;

    @BeforeEach
    void write() {
        ObjectNode move = Json.object().put("alias", "champion").put("to", "2");
        written = List.of(
                append("registered", "1", "train"),
                append("gated", "1", "train"),
                append("registered", "2", "other"),
                append("promoted", "2", "", move),
                append("gated", "2", "train"));
    }

    /** Offers no more than it must. */
    private RecordStore plain() {
        return new RecordStore() {
            @Override
            public void each(String registry, String model, Consumer<Event> sink) {
                store.each(registry, model, sink);
            }

            @Override
            public Event append(EventDraft draft) {
                throw new UnsupportedOperationException();
            }

            @Override
            public Event appendOnce(EventDraft draft, Predicate<EventDraft> same) {
                throw new UnsupportedOperationException();
            }

            @Override
            public Optional<Event> appendIf(EventDraft draft, BooleanSupplier condition) {
                throw new UnsupportedOperationException();
            }

            @Override
            public Verification verify(String registry, String model) {
                throw new UnsupportedOperationException();
            }
        };
    }

    private static List<Long> found(RecordStore store, EventQuery query) {
        List<Long> found = new ArrayList<>();
        store.each("main", "churn", query, event -> found.add(event.sequence()));
        return found;
    }

    private void assertFound(EventQuery query, Long... sequences) {
        assertThat(found(plain(), query)).containsExactly(sequences);
        assertThat(found(store, query)).containsExactly(sequences);
    }

    @Test
    void everythingIsFoundUnlessLessIsAsked() {
        assertFound(EventQuery.all(), 1L, 2L, 3L, 4L, 5L);
    }

    @Test
    void eventsAreFoundByTypeJobAndVersion() {
        assertFound(EventQuery.all().types(Set.of(EventType.GATED)), 2L, 5L);
        assertFound(EventQuery.of("train"::equals), 1L, 2L, 5L);
        assertFound(EventQuery.of(""::equals), 4L);
        assertFound(EventQuery.all().version("2"), 3L, 4L, 5L);
        assertFound(EventQuery.of("train"::equals).version("2").types(Set.of(EventType.GATED, EventType.PROMOTED)), 5L);
    }

    @Test
    void eventsAreFoundByTimeWithBothEnds() {
        EventQuery second = EventQuery.all().from(written.get(1).time());
        assertFound(second, 2L, 3L, 4L, 5L);
        assertFound(second.until(written.get(3).time()), 2L, 3L, 4L);
    }

    @Test
    void eventsOfAJobAreFoundFromTheTimeOnThatItMayBeSeen() {
        assertFound(EventQuery.of(seenFrom(1)), 2L, 3L, 4L, 5L);
        assertFound(EventQuery.of(seenFrom(2)), 3L, 4L, 5L);
    }

    private JobFilter seenFrom(int index) {
        return new JobFilter() {
            @Override
            public boolean test(String job) {
                return true;
            }

            @Override
            public Instant since(String job) {
                return written.get(index).time();
            }
        };
    }

    @Test
    void theStateIsTheSameEitherWay() {
        for (ModelState state : List.of(plain().state("main", "churn"), store.state("main", "churn"))) {
            assertThat(state.alias("champion").orElseThrow().isAt("2")).isTrue();
            assertThat(state.newestGate().orElseThrow().sequence()).isEqualTo(5);
        }
    }
}
