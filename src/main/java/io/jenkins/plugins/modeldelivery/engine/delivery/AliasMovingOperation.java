package io.jenkins.plugins.modeldelivery.engine.delivery;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ModelVersion;
import io.jenkins.plugins.modeldelivery.engine.model.Problem;
import io.jenkins.plugins.modeldelivery.engine.model.VersionIdentity;
import io.jenkins.plugins.modeldelivery.engine.record.Event;
import io.jenkins.plugins.modeldelivery.engine.record.EventDraft;
import io.jenkins.plugins.modeldelivery.engine.record.EventType;
import io.jenkins.plugins.modeldelivery.engine.registry.AliasChange;
import io.jenkins.plugins.modeldelivery.engine.registry.AliasMove;
import io.jenkins.plugins.modeldelivery.engine.registry.ModelAliases;
import io.jenkins.plugins.modeldelivery.engine.registry.ModelRegistry;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * The three states by which every operation moves an alias: the intent goes into the record, then the registry compares and
 * sets, then the outcome goes into the record.
 */
abstract class AliasMovingOperation extends JournaledOperation {
    protected static final String ANNOUNCING = "announcing-move";
    protected static final String MOVING = "moving";
    protected static final String RECORDING_MOVE = "recording-move";
    private static final Duration CLAIM_PAUSE = Duration.ofMillis(100);

    /** After these the same call would end in the same way, and the alias is where it was. */
    private static final Set<Problem> REFUSED = EnumSet.of(
            Problem.INVALID_INPUT,
            Problem.NOT_FOUND,
            Problem.ALREADY_EXISTS,
            Problem.CONFLICT,
            Problem.DENIED,
            Problem.UNSUPPORTED,
            Problem.MISCONFIGURED);

    /** Whether this very process decided on the move and nothing has gone wrong since. */
    private boolean decidedHere;

    protected AliasMovingOperation(Workbench bench) {
        super(bench);
    }

    /**
     * What is to be moved.
     *
     * @param from the version that the alias points to as it was read; another one later is a conflict
     * @param fromFingerprint of that version, where another one with its number must not be taken for it
     * @param to the version that it is to point to; empty takes the alias away
     * @param outcome the event that says that it was moved
     * @param policyDigest of the policy that admitted it, if one did
     */
    record Plan(
            String registry,
            String model,
            String alias,
            Optional<String> from,
            Optional<String> fromFingerprint,
            Optional<VersionIdentity> to,
            EventType outcome,
            Optional<String> policyDigest) {
        Plan(
                String registry,
                String model,
                String alias,
                Optional<String> from,
                Optional<VersionIdentity> to,
                EventType outcome,
                Optional<String> policyDigest) {
            this(registry, model, alias, from, Optional.empty(), to, outcome, policyDigest);
        }
    }

    protected final Progress beginMove(Page page, Plan plan) {
        page.set("move.registry", plan.registry())
                .set("move.model", plan.model())
                .set("move.alias", plan.alias())
                .set("move.from", plan.from())
                .set("move.fromFingerprint", plan.fromFingerprint())
                .set("move.to", plan.to().map(VersionIdentity::version))
                .set("move.fingerprint", plan.to().map(VersionIdentity::fingerprint))
                .set("move.digest", plan.to().flatMap(VersionIdentity::digest))
                .set("move.kind", plan.outcome().text())
                .set("move.policy", plan.policyDigest());
        page.data().put("move.attempt", page.node("move.attempt").asInt() + 1);
        decidedHere = true;
        return page.go(ANNOUNCING);
    }

    /** Whether the move takes something back, so that it goes on although the operation is cancelled. */
    protected boolean takesBack(Page page) {
        return false;
    }

    private static Optional<VersionIdentity> target(Page page) {
        return page.find("move.to")
                .map(version -> new VersionIdentity(version, page.get("move.fingerprint"), page.find("move.digest")));
    }

    /** How often this operation has begun to move the alias, this time included. */
    protected static int attempt(Page page) {
        return page.node("move.attempt").asInt();
    }

    /** The alias points to the new version, and the record says so. */
    protected abstract Progress moved(Page page);

    /** Somebody else has moved the alias, and the record says so. */
    protected abstract Progress conflict(Page page, Optional<String> actual);

    /** The registry, or a decision that was taken again, refused the move, and the record says so. */
    protected Progress notMoved(Page page, String reason) {
        return page.set(
                        "message",
                        "The alias " + page.get("move.alias") + " of " + page.get("move.model") + " was not moved from "
                                + page.find("move.from").orElse("no version") + " to "
                                + page.find("move.to").orElse("no version") + ": " + reason)
                .go("refused");
    }

    /** What the outcome tells beside alias, from and to. */
    protected void describeMove(Page page, ObjectNode details) {}

    /**
     * Decides again, for an operation that continues in another process or after an error: what was true when the move was
     * planned may not be true any more.
     *
     * @return why the move may not happen any more; empty if it may
     */
    protected Optional<String> objection(Page page) {
        return Optional.empty();
    }

    private Optional<String> decideAgain(Page page) {
        if (!takesBack(page)) {
            try {
                admit(page.get("move.registry"), page.get("move.model"));
            } catch (DeliveryException e) {
                if (e.problem() != Problem.DENIED) {
                    throw e;
                }
                return Optional.of(e.getMessage());
            }
        }
        return objection(page);
    }

    /** What has happened is recorded, also if the operation is cancelled meanwhile. */
    @Override
    protected boolean handlesCancellation(Page page) {
        return page.state().equals(RECORDING_MOVE);
    }

    protected final Progress moveStep(Page page) {
        decidedHere &= page.certain();
        return switch (page.state()) {
            case ANNOUNCING -> announce(page);
            case MOVING -> move(page);
            case RECORDING_MOVE -> recordMove(page);
            default -> throw unknown(page);
        };
    }

    private ObjectNode about(Page page) {
        ObjectNode details = JsonNodeFactory.instance.objectNode();
        details.put("alias", page.get("move.alias"));
        page.find("move.from").ifPresent(v -> details.put("from", v));
        page.find("move.to").ifPresent(v -> details.put("to", v));
        if (attempt(page) > 1) {
            details.put("attempt", attempt(page));
        }
        return details;
    }

    private Progress announce(Page page) {
        ObjectNode details = about(page).put("kind", page.get("move.kind"));
        Event intent = append(page, EventType.ALIAS_MOVE_STARTED, details);
        return page.set("move.intent", LongNode.valueOf(intent.sequence())).go(MOVING);
    }

    private EventDraft draft(Page page, EventType type, ObjectNode details) {
        return draft(
                page,
                type,
                page.get("move.registry"),
                page.get("move.model"),
                target(page),
                page.find("move.policy"),
                details);
    }

    private Event append(Page page, EventType type, ObjectNode details) {
        EventDraft draft = draft(page, type, details);
        return firstEvent(page)
                ? bench.records().append(draft)
                : bench.records().appendOnce(draft, other -> AliasOutcomeRecorder.isSameMove(draft, other));
    }

    private Progress move(Page page) {
        String model = page.get("move.model");
        String alias = page.get("move.alias");
        Optional<Claims.Claim> claim = bench.claims().onAlias(page.get("move.registry"), model, alias);
        if (claim.isEmpty()) {
            return new Progress.Waiting(CLAIM_PAUSE, "");
        }
        try (Claims.Claim held = claim.get()) {
            ModelRegistry registry = bench.registries()
                    .get(Optional.of(page.get("move.registry")))
                    .value();
            Cancellation cancellation = takesBack(page) ? Cancellation.NONE : bench.cancellation();
            Optional<String> to = page.find("move.to");
            if (to.isPresent() && !isSameEntry(registry.version(model, to.get(), cancellation), page)) {
                return failed(page, Refusal.CONFLICT, replaced(page));
            }
            AliasChange change = new AliasChange(alias, page.find("move.from"), to, moveId(page));
            Optional<AliasMove> standing =
                    decidedHere ? Optional.empty() : standing(change, registry.aliases(model, cancellation));
            Optional<String> objection = decidedHere || standing.isPresent() ? Optional.empty() : decideAgain(page);
            if (objection.isPresent()) {
                return failed(page, Refusal.POLICY_UNMET, objection.get());
            }
            if (isAnotherEntry(page, registry, cancellation)) {
                return ended(page, EventType.ALIAS_MOVE_CONFLICT, page.find("move.from"));
            }
            // What was not decided again is not done, whatever has happened since the look.
            AliasMove move = standing.isPresent() ? standing.get() : registry.moveAlias(model, change, cancellation);
            boolean ours = move.outcome() == AliasMove.Outcome.MOVED
                    || move.outcome() == AliasMove.Outcome.ALREADY && !page.certain();
            page.data().put("move.overtaken", move.outcome() == AliasMove.Outcome.OVERTAKEN);
            return ours
                    ? ended(page, EventType.of(page.get("move.kind")), Optional.empty())
                    : ended(page, EventType.ALIAS_MOVE_CONFLICT, move.actual());
        } catch (DeliveryException e) {
            if (!provesNothingMoved(page, e.problem())) {
                throw e;
            }
            return failed(page, Refusal.ALIAS_NOT_MOVED, e.getMessage());
        }
    }

    /**
     * Whether the alias does not point to the new version after this problem. An earlier try may have moved it, so that a
     * refusal of this one proves nothing then; but an alias cannot point to what is not there.
     */
    private static boolean provesNothingMoved(Page page, Problem problem) {
        return page.certain() ? REFUSED.contains(problem) : problem == Problem.NOT_FOUND;
    }

    /** Each attempt is a move of its own: an earlier one that lost against somebody else is over. */
    private static String moveId(Page page) {
        return page.get("operation") + (attempt(page) > 1 ? "." + attempt(page) : "");
    }

    /** How the move ends without anything to decide: it was made, or it is impossible; empty if it can be made. */
    private static Optional<AliasMove> standing(AliasChange change, ModelAliases aliases) {
        Optional<String> actual = aliases.bearer(change.alias());
        return change.standing(actual, aliases.operations(change.alias()))
                .map(outcome -> new AliasMove(outcome, actual));
    }

    /** Whether the alias points to a version that has the number of the one that it is to be moved from, and is another. */
    private static boolean isAnotherEntry(Page page, ModelRegistry registry, Cancellation cancellation) {
        Optional<String> expected = page.find("move.fromFingerprint");
        return expected.isPresent()
                && registry.bearer(page.get("move.model"), page.get("move.alias"), cancellation)
                        .filter(now -> page.find("move.from").equals(Optional.of(now.version())))
                        .filter(now -> !now.fingerprint().equals(expected.get()))
                        .isPresent();
    }

    /** Whether the alias was moved by this operation before, and by somebody else since. */
    protected static boolean overtaken(Page page) {
        return page.node("move.overtaken").asBoolean();
    }

    private static boolean isSameEntry(ModelVersion found, Page page) {
        return found.fingerprint().equals(page.get("move.fingerprint"));
    }

    private static String replaced(Page page) {
        return page.get("move.model") + "/" + page.get("move.to")
                + " was deleted and made again in the registry; what was"
                + " decided for the one before does not count for it.";
    }

    private static Progress ended(Page page, EventType type, Optional<String> actual) {
        return page.set("move.outcome", type.text()).set("move.actual", actual).go(RECORDING_MOVE);
    }

    private static Progress failed(Page page, Refusal why, String reason) {
        page.set("refusal", why.name()).set("move.reason", reason);
        return ended(page, EventType.ALIAS_MOVE_FAILED, Optional.empty());
    }

    private Progress recordMove(Page page) {
        EventType type = EventType.of(page.get("move.outcome"));
        Optional<String> actual = page.find("move.actual");
        ObjectNode details = about(page);
        switch (type) {
            case ALIAS_MOVE_CONFLICT -> actual.ifPresent(version -> details.put("actual", version));
            case ALIAS_MOVE_FAILED -> details.put("reason", page.get("move.reason"));
            default -> describeMove(page, details);
        }
        if (type == EventType.ALIAS_MOVE_FAILED) {
            append(page, type, details);
        } else {
            new AliasOutcomeRecorder(bench, page.node("move.intent").asLong())
                    .append(draft(page, type, details), firstEvent(page));
        }
        return switch (type) {
            case ALIAS_MOVE_CONFLICT -> conflict(page, actual);
            case ALIAS_MOVE_FAILED -> notMoved(page, page.get("move.reason"));
            default -> moved(page);
        };
    }
}
