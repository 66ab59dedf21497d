package io.jenkins.plugins.modeldelivery.engine.operation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.journal.Journal;
import io.jenkins.plugins.modeldelivery.engine.journal.JournalEntry;
import io.jenkins.plugins.modeldelivery.engine.journal.Progress;
import io.jenkins.plugins.modeldelivery.engine.journal.RejectionReason;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.Manifest;
import io.jenkins.plugins.modeldelivery.engine.model.ModelRef;
import io.jenkins.plugins.modeldelivery.engine.model.ModelVersion;
import io.jenkins.plugins.modeldelivery.engine.model.VersionIdentity;
import io.jenkins.plugins.modeldelivery.engine.record.EventDraft;
import io.jenkins.plugins.modeldelivery.engine.record.EventType;
import io.jenkins.plugins.modeldelivery.engine.registry.ModelRegistry;
import java.util.Optional;

/** What all operations share: one state a step, and knowing whether a state was entered by this process. */
public abstract class JournaledOperation implements Operation {
    protected final OperationContext context;
    private String certainState;

    protected JournaledOperation(OperationContext context) {
        this.context = context;
    }

    @Override
    public final Progress advance(Journal journal) {
        JournalEntry entry = new JournalEntry(journal, certainState, context.clock());
        if (!handlesCancellation(entry)) {
            context.cancellation().throwIfRequested();
        }
        certainState = null;
        if (entry.state().equals("new")) {
            entry.set("operation", newId());
        }
        entry.get("operation"); // Whatever goes on has one.
        Progress progress = step(entry);
        certainState = entry.written().orElse(null);
        return progress;
    }

    /** The id of an operation that begins. */
    protected String newId() {
        return context.process().ids().get();
    }

    /** Whether it is certain that this operation has written no such event yet, so that none need be looked for. */
    protected boolean firstEvent(JournalEntry entry) {
        return entry.isCertain();
    }

    /** Whether the operation records nothing, as a dry run. */
    protected boolean onlyAsks() {
        return false;
    }

    /** Whether the step in this state takes something back when it is cancelled, instead of just stopping. */
    protected boolean handlesCancellation(JournalEntry entry) {
        return false;
    }

    /** Does what the entry's state says and enters the next one. */
    protected abstract Progress step(JournalEntry entry);

    /** A journal in a state that this version does not know. */
    protected DeliveryException unknown(JournalEntry entry) {
        return entry.foreign("is in no state that " + getClass().getSimpleName() + " knows");
    }

    /**
     * What an event is about.
     *
     * @param registry its configured name
     * @param policyDigest of the policy that admitted it, if one did
     */
    public record Subject(
            String registry, String model, Optional<VersionIdentity> identity, Optional<String> policyDigest) {
        public Subject(String registry, String model, Optional<VersionIdentity> identity) {
            this(registry, model, identity, Optional.empty());
        }
    }

    /** Appends an event of this operation exactly once, forced to disk. */
    protected void record(JournalEntry entry, EventType type, Subject subject, ObjectNode details) {
        EventDraft draft = draft(entry, type, subject, details);
        if (firstEvent(entry)) {
            context.records().append(draft);
        } else {
            context.records().appendOnce(draft);
        }
    }

    /** An event of this operation. */
    protected EventDraft draft(JournalEntry entry, EventType type, Subject subject, ObjectNode details) {
        return new EventDraft(
                type,
                subject.registry(),
                subject.model(),
                subject.identity(),
                context.actor().name(),
                context.actor().build(),
                context.actor().item(),
                Optional.of(entry.get("operation")),
                subject.policyDigest(),
                details);
    }

    /** What the record knows of a version that the registry shows; a digest tag that differs from the record is reported. */
    protected RecordedVersion identify(String registry, ModelVersion version) {
        RecordedVersion recorded = RecordedVersion.read(context.records(), registry, version);
        recorded.differentTag(version)
                .ifPresent(tag -> log("warning      the registry's tag says that " + version.name() + "/"
                        + version.version() + " has the digest " + Manifest.brief(tag) + ", the record says "
                        + recorded.identity().digest().map(Manifest::brief).orElse("")
                        + ". The record counts. Somebody changed the tag"));
        recorded.predecessor()
                .ifPresent(
                        event -> log(
                                "note         the record knows another " + version.name() + "/" + version.version()
                                        + " (until event " + event.sequence()
                                        + "), which was deleted in the registry. Its gates and approvals do not count for this version"));
        return recorded;
    }

    /** Records a version that was not registered from here, before its first gate, promotion or deployment. */
    protected void adopt(JournalEntry entry, String registry, String model, RecordedVersion recorded) {
        if (!recorded.known()) {
            Subject subject = new Subject(registry, model, Optional.of(recorded.identity()));
            context.records().appendOnce(draft(entry, EventType.ADOPTED, subject, Json.object()));
        }
    }

    /** Where an alias points in the registry; if somebody moved it past the record, the record says so afterwards. */
    protected Optional<ModelVersion> readAlias(
            JournalEntry entry, NamedLookup.Named<ModelRegistry> registry, String model, String alias) {
        if (onlyAsks()) {
            return registry.value().versionOf(model, alias, context.cancellation());
        }
        return new AliasObserver(context, registry, model)
                .read(
                        alias,
                        (details, identity) -> draft(
                                entry,
                                EventType.ALIAS_CHANGED_OUTSIDE,
                                new Subject(registry.name(), model, identity),
                                details));
    }

    /**
     * Asks everything again that may have changed since the operation began: what its driver knows, and the rules of the
     * registry. Directly before an effect.
     *
     * @throws DeliveryException DENIED with what is missing
     */
    protected void admit(String registry, String model) {
        context.caller().admission().check();
        checkModel(registry, model);
    }

    /** @throws DeliveryException DENIED if the rule of the registry keeps the model from the caller */
    protected void checkModel(String registry, String model) {
        context.rules()
                .registry(registry)
                .models()
                .check(context.actor().item(), "model", model, "the registry " + registry);
    }

    /**
     * @throws DeliveryException DENIED if the caller runs the code of a change request, and the registry admits none of
     *     its kind
     */
    protected void checkCode(String registry) {
        context.rules()
                .registry(registry)
                .changeRequests()
                .check(context.actor().code(), "the registry " + registry);
    }

    /** The version that a reference means now, as the registry shows it. NOT_FOUND with what to do if there is none. */
    protected ModelVersion resolve(JournalEntry entry, NamedLookup.Named<ModelRegistry> registry, ModelRef ref) {
        ModelResolver.check(registry.value(), ref);
        Optional<ModelVersion> version = ref.alias().isPresent() && ref.back() == 0
                ? readAlias(entry, registry, ref.name(), ref.alias().get())
                : ModelResolver.read(registry.value(), ref, context.cancellation());
        return version.orElseThrow(() -> ModelResolver.unknown(registry.name(), ref));
    }

    /** Enters a state that ends the operation, or the one that records the end, with a negative verdict. */
    protected static Progress refuse(JournalEntry entry, RejectionReason why, String message, String state) {
        return entry.set("refusal", why.name()).set("message", message).enter(state);
    }

    protected void log(String line) {
        context.log().accept(line);
    }
}
