package io.jenkins.plugins.modeldelivery.build.record;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.model.Job;
import io.jenkins.plugins.modeldelivery.build.location.EventsOfJob;
import io.jenkins.plugins.modeldelivery.engine.history.AliasHistory;
import io.jenkins.plugins.modeldelivery.engine.history.ModelSummary;
import io.jenkins.plugins.modeldelivery.engine.history.ProductionAt;
import io.jenkins.plugins.modeldelivery.engine.history.VersionList;
import io.jenkins.plugins.modeldelivery.engine.history.VersionStory;
import io.jenkins.plugins.modeldelivery.engine.policy.Policy;
import io.jenkins.plugins.modeldelivery.engine.record.Event;
import io.jenkins.plugins.modeldelivery.engine.record.EventDraft;
import io.jenkins.plugins.modeldelivery.engine.record.EventPage;
import io.jenkins.plugins.modeldelivery.engine.record.EventQuery;
import io.jenkins.plugins.modeldelivery.engine.record.EventType;
import io.jenkins.plugins.modeldelivery.engine.record.JobFilter;
import io.jenkins.plugins.modeldelivery.engine.record.RecordStore;
import io.jenkins.plugins.modeldelivery.engine.record.Verification;
import io.jenkins.plugins.modeldelivery.engine.record.index.IndexedRecord;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import jenkins.model.Jenkins;

/** Of one model, what the user may see for whom it was made. */
public final class ModelRecord {
    private final IndexedRecord record;
    private final JobFilter jobs;
    private final boolean whole;
    private final RecordStore store;
    private final Map<String, Duration> evidenceAges;
    private final Clock clock;

    ModelRecord(
            IndexedRecord record,
            JobFilter jobs,
            boolean whole,
            RecordStore store,
            Map<String, Duration> evidenceAges,
            Clock clock) {
        this.record = record;
        this.jobs = jobs;
        this.whole = whole;
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

    /** As {@link #query}, of what this job wrote only. */
    public EventQuery query(Job<?, ?> only) {
        return EventQuery.of(new EventsOfJob(only, jobs));
    }

    public ModelSummary summary() {
        return ModelSummary.of(record, jobs, evidenceAges, clock.instant());
    }

    /**
     * @param query made from {@link #query}
     * @see IndexedRecord#page
     */
    public EventPage page(EventQuery query, OptionalLong before, int limit) {
        EventPage page = record.page(query, before, limit);
        return new EventPage(page.events().stream().map(this::readable).toList(), page.older());
    }

    /** @see VersionList#of */
    public VersionList versions(ModelSummary summary, OptionalLong before, int limit) {
        return VersionList.of(record, jobs, summary, before, limit);
    }

    /** @see IndexedRecord#each */
    public void each(EventQuery query, Consumer<Event> sink) {
        record.each(query, event -> sink.accept(readable(event)));
    }

    /** The text of a policy names items that are not for everybody to know who may read the job that used it. */
    private Event readable(Event event) {
        EventDraft draft = event.draft();
        if (whole
                || draft.type() != EventType.POLICY_RECORDED
                || !(draft.details().get("text") instanceof ObjectNode text)) {
            return event;
        }
        ObjectNode details = draft.details().deepCopy();
        details.set("text", Policy.readable(text, draft.job().orElse("")));
        return new Event(
                event.sequence(), event.time(), draft.withDetails(details), event.previousHash(), event.hash());
    }

    /** Empty if the user may know nothing of the version. */
    public Optional<VersionStory> story(String version) {
        return VersionStory.of(record, jobs, version);
    }

    /** @see AliasHistory#read */
    public AliasHistory aliasHistory(String alias, boolean guarded) {
        return AliasHistory.read(alias, guarded, sink -> each(query().types(AliasHistory.TYPES), sink));
    }

    public ProductionAt productionAt(Instant time) {
        return ProductionAt.of(record, jobs, time);
    }

    /** Now, as the whole engine takes it. */
    public Instant now() {
        return clock.instant();
    }

    /**
     * Asks again for what everything here needs, where a file is handed out. Whether the user may know of this model was found
     * out when it was found.
     */
    public void checkReadable() {
        Jenkins.get().checkPermission(Jenkins.READ);
    }

    /**
     * Whether the user sees all events of every model, and so their numbers and hashes. Other users get these for no model: if
     * they were missing for some models only, that would show which ones have hidden events.
     */
    public boolean isWhole() {
        return whole;
    }

    /**
     * Checks the whole chain. Empty for who is not to see numbers, see {@link #isWhole}.
     */
    public Optional<Verification> verify() {
        return whole ? Optional.of(store.verify(registry(), model())) : Optional.empty();
    }
}
