package io.jenkins.plugins.modeldelivery.run;

import io.jenkins.plugins.modeldelivery.engine.history.ModelSummary;
import io.jenkins.plugins.modeldelivery.engine.record.Event;
import io.jenkins.plugins.modeldelivery.engine.record.EventPage;
import io.jenkins.plugins.modeldelivery.engine.record.EventQuery;
import io.jenkins.plugins.modeldelivery.engine.record.IndexedRecord;
import io.jenkins.plugins.modeldelivery.engine.record.RecordStore;
import io.jenkins.plugins.modeldelivery.engine.record.Verification;
import io.jenkins.plugins.modeldelivery.engine.record.VisibleJobs;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** Of one model, what the user may see for whom it was made. */
public final class ModelRecord {
    private final IndexedRecord record;
    private final VisibleJobs jobs;
    private final RecordStore store;
    private final Map<String, Duration> evidenceAges;
    private final Clock clock;

    ModelRecord(
            IndexedRecord record,
            VisibleJobs jobs,
            RecordStore store,
            Map<String, Duration> evidenceAges,
            Clock clock) {
        this.record = record;
        this.jobs = jobs;
        this.store = store;
        this.evidenceAges = evidenceAges;
        this.clock = clock;
    }

    public String registry() {
        return record.row().registry();
    }

    public String model() {
        return record.row().model();
    }

    /** Asks for all events that the user may see. */
    public EventQuery query() {
        return EventQuery.of(jobs);
    }

    public ModelSummary summary() {
        return ModelSummary.of(record, jobs, evidenceAges, clock.instant());
    }

    /**
     * @param query made from {@link #query}
     * @see IndexedRecord#page
     */
    public EventPage page(EventQuery query, OptionalLong before, int limit) {
        return record.page(query, before, limit);
    }

    /** @see IndexedRecord#each */
    public void each(EventQuery query, Consumer<Event> sink) {
        record.each(query, sink);
    }

    /** Whether the user sees all events of the model, and may be told how many there are. */
    public boolean isWhole() {
        return record.row().isWhole(jobs);
    }

    /**
     * Checks the whole chain. Empty for who does not see all events: numbers of lines and events would tell of those that
     * are hidden.
     */
    public Optional<Verification> verify() {
        return isWhole() ? Optional.of(store.verify(registry(), model())) : Optional.empty();
    }
}
