package io.jenkins.plugins.modeldelivery.engine.delivery;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
abstract class JournaledOperation implements Operation {
    protected final Workbench bench;
    private String certainState;

    protected JournaledOperation(Workbench bench) {
        this.bench = bench;
    }

    @Override
    public final Progress advance(Journal journal) {
        Page page = new Page(journal, certainState, bench.clock());
        if (!handlesCancellation(page)) {
            bench.cancellation().throwIfRequested();
        }
        certainState = null;
        if (page.state().equals("new")) {
            page.set("operation", newId());
        }
        page.get("operation"); // Whatever goes on has one.
        Progress progress = step(page);
        certainState = page.written().orElse(null);
        return progress;
    }

    /** The id of an operation that begins. */
    protected String newId() {
        return bench.ids().get();
    }

    /** Whether it is certain that this operation has written no such event yet, so that none need be looked for. */
    protected boolean firstEvent(Page page) {
        return page.certain();
    }

    /** Whether the operation records nothing, as a dry run. */
    protected boolean onlyAsks() {
        return false;
    }

    /** Whether the step in this state takes something back when it is cancelled, instead of just stopping. */
    protected boolean handlesCancellation(Page page) {
        return false;
    }

    /** Does what the page's state says and enters the next one. */
    protected abstract Progress step(Page page);

    /** A journal in a state that this version does not know. */
    protected DeliveryException unknown(Page page) {
        return page.foreign("is in no state that " + getClass().getSimpleName() + " knows");
    }

    /** Appends an event of this operation exactly once, forced to disk. */
    protected void record(
            Page page,
            EventType type,
            String registry,
            String model,
            Optional<VersionIdentity> identity,
            Optional<String> policyDigest,
            ObjectNode details) {
        EventDraft draft = draft(page, type, registry, model, identity, policyDigest, details);
        if (firstEvent(page)) {
            bench.records().append(draft);
        } else {
            bench.records().appendOnce(draft);
        }
    }

    /** An event of this operation. */
    protected EventDraft draft(
            Page page,
            EventType type,
            String registry,
            String model,
            Optional<VersionIdentity> identity,
            Optional<String> policyDigest,
            ObjectNode details) {
        return new EventDraft(
                type,
                registry,
                model,
                identity,
                bench.actor().name(),
                bench.actor().build(),
                bench.actor().item(),
                Optional.of(page.get("operation")),
                policyDigest,
                details);
    }

    /** What the record knows of a version that the registry shows; a digest tag that differs from the record is reported. */
    protected RecordedVersion identify(String registry, ModelVersion version) {
        RecordedVersion recorded = RecordedVersion.read(bench.records(), registry, version);
        recorded.differentTag(version)
                .ifPresent(tag -> log("warning      the registry's tag says that " + version.name() + "/"
                        + version.version() + " has the digest " + Manifest.brief(tag) + ", the record says "
                        + recorded.identity().digest().map(Manifest::brief).orElse("")
                        + ": the record counts; somebody changed the tag"));
        recorded.predecessor()
                .ifPresent(event -> log("note         the record knows another " + version.name() + "/"
                        + version.version() + " (until event " + event.sequence() + "), which was deleted in the"
                        + " registry; nothing that was decided for it counts for this one"));
        return recorded;
    }

    /** Records a version that was not registered from here, before its first gate, promotion or deployment. */
    protected void adopt(Page page, String registry, String model, RecordedVersion recorded) {
        if (!recorded.known()) {
            bench.records()
                    .appendOnce(draft(
                            page,
                            EventType.ADOPTED,
                            registry,
                            model,
                            Optional.of(recorded.identity()),
                            Optional.empty(),
                            JsonNodeFactory.instance.objectNode()));
        }
    }

    /** Where an alias points in the registry; if somebody moved it past the record, the record says so afterwards. */
    protected Optional<ModelVersion> readAlias(
            Page page, Configured.Named<ModelRegistry> registry, String model, String alias) {
        if (onlyAsks()) {
            return registry.value().bearer(model, alias, bench.cancellation());
        }
        return new AliasObserver(bench, registry, model)
                .read(
                        alias,
                        (details, identity) -> draft(
                                page,
                                EventType.ALIAS_CHANGED_OUTSIDE,
                                registry.name(),
                                model,
                                identity,
                                Optional.empty(),
                                details));
    }

    /**
     * Asks everything again that may have changed since the operation began: what its driver knows, and the rules of the
     * registry. Directly before an effect.
     *
     * @throws DeliveryException DENIED with what is missing
     */
    protected void admit(String registry, String model) {
        bench.admission().check();
        checkModel(registry, model);
    }

    /** @throws DeliveryException DENIED if the rule of the registry keeps the model from whoever runs this */
    protected void checkModel(String registry, String model) {
        bench.rules()
                .registry(registry)
                .models()
                .check(bench.actor().item(), "model", model, "the registry " + registry);
    }

    /**
     * @throws DeliveryException DENIED if whoever runs this runs the code of a change request, and the registry admits none of
     *     its kind
     */
    protected void checkCode(String registry) {
        bench.rules().registry(registry).changeRequests().check(bench.actor().code(), "the registry " + registry);
    }

    /** The version that a reference means now, as the registry shows it. NOT_FOUND with what to do if there is none. */
    protected ModelVersion resolve(Page page, Configured.Named<ModelRegistry> registry, ModelRef ref) {
        ModelResolver.check(registry.value(), ref);
        Optional<ModelVersion> version = ref.alias().isPresent() && ref.back() == 0
                ? readAlias(page, registry, ref.name(), ref.alias().get())
                : ModelResolver.read(registry.value(), ref, bench.cancellation());
        return version.orElseThrow(() -> ModelResolver.unknown(registry.name(), ref));
    }

    protected void log(String line) {
        bench.log().accept(line);
    }
}
