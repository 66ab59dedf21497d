package io.jenkins.plugins.modeldelivery.engine.delivery;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.record.EventDraft;
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
            String type,
            String registry,
            String model,
            Optional<String> version,
            Optional<String> policyDigest,
            ObjectNode details) {
        EventDraft draft = draft(page, type, registry, model, version, policyDigest, details);
        if (firstEvent(page)) {
            bench.records().append(draft);
        } else {
            bench.records().appendOnce(draft);
        }
    }

    /** An event of this operation. */
    protected EventDraft draft(
            Page page,
            String type,
            String registry,
            String model,
            Optional<String> version,
            Optional<String> policyDigest,
            ObjectNode details) {
        return new EventDraft(
                type,
                registry,
                model,
                version,
                bench.actor().name(),
                bench.actor().build(),
                bench.actor().item(),
                Optional.of(page.get("operation")),
                policyDigest,
                details);
    }

    protected void log(String line) {
        bench.log().accept(line);
    }
}
