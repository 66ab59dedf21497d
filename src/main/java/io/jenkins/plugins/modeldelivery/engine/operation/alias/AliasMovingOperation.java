package io.jenkins.plugins.modeldelivery.engine.operation.alias;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.journal.JournalEntry;
import io.jenkins.plugins.modeldelivery.engine.journal.Progress;
import io.jenkins.plugins.modeldelivery.engine.journal.RejectionReason;
import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.ModelVersion;
import io.jenkins.plugins.modeldelivery.engine.model.VersionIdentity;
import io.jenkins.plugins.modeldelivery.engine.operation.InProcessLocks;
import io.jenkins.plugins.modeldelivery.engine.operation.JournaledOperation;
import io.jenkins.plugins.modeldelivery.engine.operation.OperationContext;
import io.jenkins.plugins.modeldelivery.engine.record.Event;
import io.jenkins.plugins.modeldelivery.engine.record.EventDraft;
import io.jenkins.plugins.modeldelivery.engine.record.EventType;
import io.jenkins.plugins.modeldelivery.engine.registry.AliasChange;
import io.jenkins.plugins.modeldelivery.engine.registry.AliasChange.AliasMove;
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
public abstract class AliasMovingOperation extends JournaledOperation {
    protected static final String ANNOUNCING = "announcing-move";
    protected static final String MOVING = "moving";
    protected static final String RECORDING_MOVE = "recording-move";
    private static final Duration CLAIM_PAUSE = Duration.ofMillis(100);

    /** After these the same call would end in the same way, and the alias is where it was. */
    private static final Set<ErrorKind> REFUSED = EnumSet.of(
            ErrorKind.INVALID_INPUT,
            ErrorKind.NOT_FOUND,
            ErrorKind.ALREADY_EXISTS,
            ErrorKind.CONFLICT,
            ErrorKind.DENIED,
            ErrorKind.UNSUPPORTED,
            ErrorKind.MISCONFIGURED);

    /** Whether this very process decided on the move and nothing has gone wrong since. */
    private boolean decidedHere;

    protected AliasMovingOperation(OperationContext context) {
        super(context);
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
    public record Plan(
            String registry,
            String model,
            String alias,
            Optional<String> from,
            Optional<String> fromFingerprint,
            Optional<VersionIdentity> to,
            EventType outcome,
            Optional<String> policyDigest) {
        public Plan(
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

    protected final Progress beginMove(JournalEntry entry, Plan plan) {
        entry.set("move.registry", plan.registry())
                .set("move.model", plan.model())
                .set("move.alias", plan.alias())
                .set("move.from", plan.from())
                .set("move.fromFingerprint", plan.fromFingerprint())
                .set("move.to", plan.to().map(VersionIdentity::version))
                .set("move.fingerprint", plan.to().map(VersionIdentity::fingerprint))
                .set("move.digest", plan.to().flatMap(VersionIdentity::digest))
                .set("move.kind", plan.outcome().text())
                .set("move.policy", plan.policyDigest());
        entry.data().put("move.attempt", entry.node("move.attempt").asInt() + 1);
        decidedHere = true;
        return entry.enter(ANNOUNCING);
    }

    /** Whether the move takes something back, so that it goes on although the operation is cancelled. */
    protected boolean takesBack(JournalEntry entry) {
        return false;
    }

    private static Optional<VersionIdentity> target(JournalEntry entry) {
        return entry.find("move.to")
                .map(version -> new VersionIdentity(version, entry.get("move.fingerprint"), entry.find("move.digest")));
    }

    /** How often this operation has begun to move the alias, this time included. */
    protected static int attempt(JournalEntry entry) {
        return entry.node("move.attempt").asInt();
    }

    /** The alias points to the new version, and the record says so. */
    protected abstract Progress moved(JournalEntry entry);

    /** Somebody else has moved the alias, and the record says so. */
    protected abstract Progress conflict(JournalEntry entry, Optional<String> actual);

    /** The registry, or a decision that was taken again, refused the move, and the record says so. */
    protected Progress notMoved(JournalEntry entry, String reason) {
        return entry.set(
                        "message",
                        "The alias " + entry.get("move.alias") + " of " + entry.get("move.model")
                                + " was not moved from "
                                + entry.find("move.from").orElse("no version") + " to "
                                + entry.find("move.to").orElse("no version") + ": " + reason)
                .enter("refused");
    }

    /** What the outcome tells beside alias, from and to. */
    protected void describeMove(JournalEntry entry, ObjectNode details) {}

    /**
     * Decides again, for an operation that continues in another process or after an error: what was true when the move was
     * planned may not be true any more.
     *
     * @return why the move may not happen any more; empty if it may
     */
    protected Optional<String> objection(JournalEntry entry) {
        return Optional.empty();
    }

    private Optional<String> decideAgain(JournalEntry entry) {
        if (!takesBack(entry)) {
            try {
                admit(entry.get("move.registry"), entry.get("move.model"));
            } catch (DeliveryException e) {
                if (e.kind() != ErrorKind.DENIED) {
                    throw e;
                }
                return Optional.of(e.getMessage());
            }
        }
        return objection(entry);
    }

    /** What has happened is recorded, also if the operation is cancelled meanwhile. */
    @Override
    protected boolean handlesCancellation(JournalEntry entry) {
        return entry.state().equals(RECORDING_MOVE);
    }

    protected final Progress moveStep(JournalEntry entry) {
        decidedHere &= entry.isCertain();
        return switch (entry.state()) {
            case ANNOUNCING -> announce(entry);
            case MOVING -> move(entry);
            case RECORDING_MOVE -> recordMove(entry);
            default -> throw unknown(entry);
        };
    }

    private ObjectNode about(JournalEntry entry) {
        ObjectNode details = JsonNodeFactory.instance.objectNode();
        details.put("alias", entry.get("move.alias"));
        entry.find("move.from").ifPresent(v -> details.put("from", v));
        entry.find("move.to").ifPresent(v -> details.put("to", v));
        if (attempt(entry) > 1) {
            details.put("attempt", attempt(entry));
        }
        return details;
    }

    private Progress announce(JournalEntry entry) {
        ObjectNode details = about(entry).put("kind", entry.get("move.kind"));
        Event intent = append(entry, EventType.ALIAS_MOVE_STARTED, details);
        return entry.set("move.intent", LongNode.valueOf(intent.sequence())).enter(MOVING);
    }

    private EventDraft draft(JournalEntry entry, EventType type, ObjectNode details) {
        return draft(
                entry,
                type,
                entry.get("move.registry"),
                entry.get("move.model"),
                target(entry),
                entry.find("move.policy"),
                details);
    }

    private Event append(JournalEntry entry, EventType type, ObjectNode details) {
        EventDraft draft = draft(entry, type, details);
        return firstEvent(entry)
                ? context.records().append(draft)
                : context.records().appendOnce(draft, other -> AliasOutcomeRecorder.isSameMove(draft, other));
    }

    private Progress move(JournalEntry entry) {
        String model = entry.get("move.model");
        String alias = entry.get("move.alias");
        Optional<InProcessLocks.Lock> lock = context.locks().onAlias(entry.get("move.registry"), model, alias);
        if (lock.isEmpty()) {
            return new Progress.Waiting(CLAIM_PAUSE, "");
        }
        try (InProcessLocks.Lock held = lock.get()) {
            ModelRegistry registry = context.registries()
                    .get(Optional.of(entry.get("move.registry")))
                    .value();
            Cancellation cancellation = takesBack(entry) ? Cancellation.NONE : context.cancellation();
            Optional<String> to = entry.find("move.to");
            if (to.isPresent() && !isSameEntry(registry.version(model, to.get(), cancellation), entry)) {
                return failed(entry, RejectionReason.CONFLICT, replaced(entry));
            }
            AliasChange change = new AliasChange(alias, entry.find("move.from"), to, moveId(entry));
            Optional<AliasMove> standing =
                    decidedHere ? Optional.empty() : standing(change, registry.aliases(model, cancellation));
            Optional<String> objection = decidedHere || standing.isPresent() ? Optional.empty() : decideAgain(entry);
            if (objection.isPresent()) {
                return failed(entry, RejectionReason.POLICY_UNMET, objection.get());
            }
            if (isAnotherEntry(entry, registry, cancellation)) {
                return ended(entry, EventType.ALIAS_MOVE_CONFLICT, entry.find("move.from"));
            }
            // What was not decided again is not done, whatever has happened since the look.
            AliasMove move = standing.isPresent() ? standing.get() : registry.moveAlias(model, change, cancellation);
            boolean ours = move.outcome() == AliasMove.Outcome.MOVED
                    || move.outcome() == AliasMove.Outcome.ALREADY && !entry.isCertain();
            entry.data().put("move.overtaken", move.outcome() == AliasMove.Outcome.OVERTAKEN);
            return ours
                    ? ended(entry, EventType.of(entry.get("move.kind")), Optional.empty())
                    : ended(entry, EventType.ALIAS_MOVE_CONFLICT, move.actual());
        } catch (DeliveryException e) {
            if (!provesNothingMoved(entry, e.kind())) {
                throw e;
            }
            return failed(entry, RejectionReason.ALIAS_NOT_MOVED, e.getMessage());
        }
    }

    /**
     * Whether the alias does not point to the new version after this problem. An earlier try may have moved it, so that a
     * refusal of this one proves nothing then; but an alias cannot point to what is not there.
     */
    private static boolean provesNothingMoved(JournalEntry entry, ErrorKind problem) {
        return entry.isCertain() ? REFUSED.contains(problem) : problem == ErrorKind.NOT_FOUND;
    }

    /** Each attempt is a move of its own: an earlier one that lost against somebody else is over. */
    private static String moveId(JournalEntry entry) {
        return entry.get("operation") + (attempt(entry) > 1 ? "." + attempt(entry) : "");
    }

    /** How the move ends without anything to decide: it was made, or it is impossible; empty if it can be made. */
    private static Optional<AliasMove> standing(AliasChange change, ModelAliases aliases) {
        Optional<String> actual = aliases.versionOf(change.alias());
        return change.standing(actual, aliases.operations(change.alias()))
                .map(outcome -> new AliasMove(outcome, actual));
    }

    /** Whether the alias points to a version that has the number of the one that it is to be moved from, and is another. */
    private static boolean isAnotherEntry(JournalEntry entry, ModelRegistry registry, Cancellation cancellation) {
        Optional<String> expected = entry.find("move.fromFingerprint");
        return expected.isPresent()
                && registry.versionOf(entry.get("move.model"), entry.get("move.alias"), cancellation)
                        .filter(now -> entry.find("move.from").equals(Optional.of(now.version())))
                        .filter(now -> !now.fingerprint().equals(expected.get()))
                        .isPresent();
    }

    /** Whether the alias was moved by this operation before, and by somebody else since. */
    protected static boolean overtaken(JournalEntry entry) {
        return entry.node("move.overtaken").asBoolean();
    }

    private static boolean isSameEntry(ModelVersion found, JournalEntry entry) {
        return found.fingerprint().equals(entry.get("move.fingerprint"));
    }

    private static String replaced(JournalEntry entry) {
        return entry.get("move.model") + "/" + entry.get("move.to")
                + " was deleted and made again in the registry; what was"
                + " decided for the one before does not count for it.";
    }

    private static Progress ended(JournalEntry entry, EventType type, Optional<String> actual) {
        return entry.set("move.outcome", type.text()).set("move.actual", actual).enter(RECORDING_MOVE);
    }

    private static Progress failed(JournalEntry entry, RejectionReason why, String reason) {
        entry.set("refusal", why.name()).set("move.reason", reason);
        return ended(entry, EventType.ALIAS_MOVE_FAILED, Optional.empty());
    }

    private Progress recordMove(JournalEntry entry) {
        EventType type = EventType.of(entry.get("move.outcome"));
        Optional<String> actual = entry.find("move.actual");
        ObjectNode details = about(entry);
        switch (type) {
            case ALIAS_MOVE_CONFLICT -> actual.ifPresent(version -> details.put("actual", version));
            case ALIAS_MOVE_FAILED -> details.put("reason", entry.get("move.reason"));
            default -> describeMove(entry, details);
        }
        if (type == EventType.ALIAS_MOVE_FAILED) {
            append(entry, type, details);
        } else {
            new AliasOutcomeRecorder(context, entry.node("move.intent").asLong())
                    .append(draft(entry, type, details), firstEvent(entry));
        }
        return switch (type) {
            case ALIAS_MOVE_CONFLICT -> conflict(entry, actual);
            case ALIAS_MOVE_FAILED -> notMoved(entry, entry.get("move.reason"));
            default -> moved(entry);
        };
    }
}
