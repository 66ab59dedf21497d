package io.jenkins.plugins.modeldelivery.engine.delivery;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ModelRef;
import io.jenkins.plugins.modeldelivery.engine.model.Problem;
import io.jenkins.plugins.modeldelivery.engine.record.EventDraft;
import io.jenkins.plugins.modeldelivery.engine.registry.ModelAliases;
import io.jenkins.plugins.modeldelivery.engine.registry.ModelRegistry;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Gives an alias back to the version that bore it before. No policy is asked: that version was let in once, and a way back
 * must not depend on evidence that has grown old.
 */
public final class RollbackOperation extends AliasMovingOperation {
    private final RollbackRequest request;
    private DeployOperation deployment;

    public RollbackOperation(RollbackRequest request, Workbench bench) {
        super(bench);
        this.request = request;
    }

    @Override
    protected Progress step(Page page) {
        return switch (page.state()) {
            case "new" -> plan(page);
            case "conflict" -> new Progress.Refused(Refusal.CONFLICT, page.get("message"), result(page, false));
            case "deploying" -> deploy(page);
            case "done" -> new Progress.Done(result(page, true));
            default -> moveStep(page);
        };
    }

    private Configured.Named<ModelRegistry> registry() {
        return bench.registries().get(request.registry());
    }

    private Progress plan(Page page) {
        Configured.Named<ModelRegistry> registry = registry();
        registry.value().checkName(request.model());
        registry.value().checkAlias(request.alias());
        ModelAliases aliases = registry.value().aliases(request.model(), bench.cancellation());
        String from = aliases.bearer(request.alias())
                .orElseThrow(() ->
                        ModelResolver.unknown(registry.name(), ModelRef.ofAlias(request.model(), request.alias())));
        String to = predecessor(aliases.history(request.alias()), from);
        requireAdmitted(registry.name(), to);
        return beginMove(
                page,
                registry.name(),
                request.model(),
                request.alias(),
                Optional.of(from),
                Optional.of(to),
                MoveEvents.ROLLED_BACK,
                Optional.empty());
    }

    /**
     * The bearer before the first time that the present one bore the alias, so that a second rollback goes further back and
     * never forward to what was just taken away.
     */
    private String predecessor(List<String> history, String from) {
        int first = history.lastIndexOf(from);
        if (first < 0 || first + 1 >= history.size()) {
            throw new DeliveryException(
                    Problem.NOT_FOUND,
                    "Nobody is known to have borne the alias " + request.alias() + " of " + request.model() + " before "
                            + from + ", so there is nothing to roll back to.");
        }
        return history.get(first + 1);
    }

    /** The registry's history can be edited past us; for a guarded alias only the record's word counts. */
    private void requireAdmitted(String registry, String to) {
        boolean guarded = bench.rules().guarding(request.alias()).isPresent();
        if (guarded && !wasPromoted(registry, to)) {
            throw new DeliveryException(
                    Problem.INVALID_INPUT,
                    request.model() + "/" + to + " bore " + request.alias()
                            + " before, but the record does not say that it"
                            + " was promoted to it under a policy. Promote it instead.");
        }
    }

    private boolean wasPromoted(String registry, String version) {
        AtomicBoolean promoted = new AtomicBoolean();
        bench.records().each(registry, request.model(), event -> {
            EventDraft draft = event.draft();
            if (draft.type().equals(MoveEvents.PROMOTED)
                    && draft.version().equals(Optional.of(version))
                    && draft.details().path("alias").asText().equals(request.alias())) {
                promoted.set(true);
            }
        });
        return promoted.get();
    }

    @Override
    protected void describeMove(Page page, ObjectNode details) {
        if (!request.reason().isEmpty()) {
            details.put("reason", request.reason());
        }
    }

    @Override
    protected Progress moved(Page page) {
        log("rolled back  " + request.model() + "@" + request.alias() + ": " + page.get("move.from") + " → "
                + page.get("move.to"));
        return page.go(request.deploy().isPresent() ? "deploying" : "done");
    }

    private Progress deploy(Page page) {
        if (deployment == null) {
            ModelRef predecessor = ModelRef.ofVersion(request.model(), page.get("move.to"));
            deployment = new DeployOperation(
                    request.deploy()
                            .orElseThrow()
                            .of(predecessor, Optional.of(registry().name())),
                    bench);
        }
        Progress progress = deployment.advance(new ChildJournal(page.journal(), page, "deploy"));
        return progress instanceof Progress.Done done
                ? page.set("deployment", done.result()).go("done")
                : progress;
    }

    @Override
    protected boolean handlesCancellation(Page page) {
        return page.state().equals("deploying");
    }

    @Override
    protected Progress conflict(Page page, Optional<String> actual) {
        return page.set(
                        "message",
                        "While " + request.model() + "@" + request.alias() + " was being rolled back from "
                                + page.get("move.from") + ", somebody else moved it to " + actual.orElse("nobody")
                                + ". Nothing was overwritten.")
                .go("conflict");
    }

    private ObjectNode result(Page page, boolean changed) {
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        result.put("name", request.model());
        result.put("version", page.get("move.to"));
        result.put("registry", registry().name());
        result.put("alias", request.alias());
        result.put("changed", changed);
        result.put("previous", page.get("move.from"));
        if (page.node("deployment").isObject()) {
            result.set("deployment", page.node("deployment"));
        }
        return result;
    }
}
