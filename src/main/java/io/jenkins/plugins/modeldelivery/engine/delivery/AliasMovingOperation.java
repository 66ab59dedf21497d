package io.jenkins.plugins.modeldelivery.engine.delivery;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.registry.AliasMove;
import io.jenkins.plugins.modeldelivery.engine.registry.ModelRegistry;
import java.time.Duration;
import java.util.Optional;

/** The two states by which every operation moves an alias: the event that announces it, then the compare-and-set. */
abstract class AliasMovingOperation extends JournaledOperation {
    protected static final String ANNOUNCING = "announcing-move";
    protected static final String MOVING = "moving";
    private static final Duration CLAIM_PAUSE = Duration.ofMillis(100);

    protected AliasMovingOperation(Workbench bench) {
        super(bench);
    }

    /** @param from who bears the alias as we read it; whoever bears it later is a conflict */
    protected final Progress beginMove(
            Page page,
            String registry,
            String model,
            String alias,
            Optional<String> from,
            Optional<String> to,
            String eventType,
            Optional<String> policyDigest) {
        return page.set("move.registry", registry)
                .set("move.model", model)
                .set("move.alias", alias)
                .set("move.from", from)
                .set("move.to", to)
                .set("move.event", eventType)
                .set("move.policy", policyDigest)
                .go(ANNOUNCING);
    }

    /** The alias bears the new version. */
    protected abstract Progress moved(Page page);

    /** Somebody else has moved the alias. */
    protected abstract Progress conflict(Page page, Optional<String> actual);

    /** What the event tells beside alias, from and to. */
    protected void describeMove(Page page, ObjectNode details) {}

    protected final Progress moveStep(Page page) {
        return switch (page.state()) {
            case ANNOUNCING -> announce(page);
            case MOVING -> move(page);
            default -> throw unknown(page);
        };
    }

    private Progress announce(Page page) {
        ObjectNode details = JsonNodeFactory.instance.objectNode();
        details.put("alias", page.get("move.alias"));
        page.find("move.from").ifPresent(v -> details.put("from", v));
        page.find("move.to").ifPresent(v -> details.put("to", v));
        describeMove(page, details);
        record(
                page,
                page.get("move.event"),
                page.get("move.registry"),
                page.get("move.model"),
                page.find("move.to"),
                page.find("move.policy"),
                details);
        return page.go(MOVING);
    }

    private Progress move(Page page) {
        String registryName = page.get("move.registry");
        String model = page.get("move.model");
        String alias = page.get("move.alias");
        Optional<Claims.Claim> claim = bench.claims().onAlias(registryName, model, alias);
        if (claim.isEmpty()) {
            return new Progress.Waiting(CLAIM_PAUSE, "");
        }
        try (Claims.Claim held = claim.get()) {
            ModelRegistry registry =
                    bench.registries().get(Optional.of(registryName)).value();
            AliasMove move = registry.moveAlias(
                    model,
                    alias,
                    page.find("move.from"),
                    page.find("move.to"),
                    handlesCancellation(page) ? Cancellation.NONE : bench.cancellation());
            return move.outcome() == AliasMove.Outcome.MOVED ? moved(page) : conflict(page, move.actual());
        }
    }
}
