package io.jenkins.plugins.modeldelivery.engine.operation.alias;

import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.journal.JournalEntry;
import io.jenkins.plugins.modeldelivery.engine.journal.Progress;
import io.jenkins.plugins.modeldelivery.engine.journal.RejectionReason;
import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
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

    protected final Progress beginMove(JournalEntry entry, AliasMovePlan plan) {
        plan.write(entry);
        decidedHere = true;
        return entry.enter(ANNOUNCING);
    }

    /** Whether the move takes something back, so that it goes on although the operation is cancelled. */
    protected boolean takesBack(JournalEntry entry) {
        return false;
    }

    /** The alias points to the new version, and the record says so. */
    protected abstract Progress moved(JournalEntry entry);

    /** Somebody else has moved the alias, and the record says so. */
    protected abstract Progress conflict(JournalEntry entry, Optional<String> actual);

    /** The registry, or a decision that was taken again, refused the move, and the record says so. */
    protected Progress notMoved(JournalEntry entry, String reason) {
        AliasMovePlan plan = AliasMovePlan.read(entry);
        return entry.set(
                        "message",
                        "The alias " + plan.alias() + " of " + plan.model() + " was not moved from "
                                + plan.from().orElse("no version") + " to "
                                + plan.toVersion().orElse("no version") + ": " + reason)
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

    private Optional<String> decideAgain(JournalEntry entry, AliasMovePlan plan) {
        if (!takesBack(entry)) {
            try {
                admit(plan.registry(), plan.model());
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

    private Progress announce(JournalEntry entry) {
        AliasMovePlan plan = AliasMovePlan.read(entry);
        ObjectNode details = plan.details(entry).put("kind", plan.outcome().text());
        Event intent = append(entry, draft(entry, EventType.ALIAS_MOVE_STARTED, plan.subject(), details));
        return entry.set("move.intent", LongNode.valueOf(intent.sequence())).enter(MOVING);
    }

    private Event append(JournalEntry entry, EventDraft draft) {
        return firstEvent(entry)
                ? context.records().append(draft)
                : context.records().appendOnce(draft, other -> AliasOutcomeRecorder.isSameMove(draft, other));
    }

    private Progress move(JournalEntry entry) {
        AliasMovePlan plan = AliasMovePlan.read(entry);
        Optional<InProcessLocks.Lock> lock =
                context.process().locks().onAlias(plan.registry(), plan.model(), plan.alias());
        if (lock.isEmpty()) {
            return new Progress.Waiting(CLAIM_PAUSE, "");
        }
        try (InProcessLocks.Lock held = lock.get()) {
            return move(entry, plan);
        } catch (DeliveryException e) {
            if (!provesNothingMoved(entry, e.kind())) {
                throw e;
            }
            return failed(entry, RejectionReason.ALIAS_NOT_MOVED, e.getMessage());
        }
    }

    private Progress move(JournalEntry entry, AliasMovePlan plan) {
        ModelRegistry registry =
                context.registries().get(Optional.of(plan.registry())).value();
        Cancellation cancellation = takesBack(entry) ? Cancellation.NONE : context.cancellation();
        if (plan.to().isPresent()
                && !plan.leadsTo(registry.version(plan.model(), plan.to().get().version(), cancellation))) {
            return failed(
                    entry,
                    RejectionReason.CONFLICT,
                    plan.model() + "/" + plan.to().get().version()
                            + " was deleted and created again in the registry. Earlier decisions do not count for it.");
        }
        AliasChange change = plan.change(entry);
        Optional<AliasMove> standing =
                decidedHere ? Optional.empty() : standing(change, registry.aliases(plan.model(), cancellation));
        Optional<String> objection = decidedHere || standing.isPresent() ? Optional.empty() : decideAgain(entry, plan);
        if (objection.isPresent()) {
            return failed(entry, RejectionReason.POLICY_UNMET, objection.get());
        }
        if (plan.fromFingerprint().isPresent()
                && plan.startsAtAnother(registry.versionOf(plan.model(), plan.alias(), cancellation))) {
            return ended(entry, EventType.ALIAS_MOVE_CONFLICT, plan.from());
        }
        // What was not decided again is not done, whatever has happened since the look.
        AliasMove move = standing.isPresent() ? standing.get() : registry.moveAlias(plan.model(), change, cancellation);
        boolean ours = move.outcome() == AliasMove.Outcome.MOVED
                || move.outcome() == AliasMove.Outcome.ALREADY && !entry.isCertain();
        entry.data().put("move.overtaken", move.outcome() == AliasMove.Outcome.OVERTAKEN);
        return ours
                ? ended(entry, plan.outcome(), Optional.empty())
                : ended(entry, EventType.ALIAS_MOVE_CONFLICT, move.actual());
    }

    /**
     * Whether the alias does not point to the new version after this problem. An earlier try may have moved it, so that a
     * refusal of this one proves nothing then; but an alias cannot point to what is not there.
     */
    private static boolean provesNothingMoved(JournalEntry entry, ErrorKind problem) {
        return entry.isCertain() ? REFUSED.contains(problem) : problem == ErrorKind.NOT_FOUND;
    }

    /** How the move ends without anything to decide: it was made, or it is impossible; empty if it can be made. */
    private static Optional<AliasMove> standing(AliasChange change, ModelAliases aliases) {
        Optional<String> actual = aliases.versionOf(change.alias());
        return change.standing(actual, aliases.operations(change.alias()))
                .map(outcome -> new AliasMove(outcome, actual));
    }

    /** Whether the alias was moved by this operation before, and by somebody else since. */
    protected static boolean overtaken(JournalEntry entry) {
        return entry.node("move.overtaken").asBoolean();
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
        AliasMovePlan plan = AliasMovePlan.read(entry);
        ObjectNode details = plan.details(entry);
        switch (type) {
            case ALIAS_MOVE_CONFLICT -> actual.ifPresent(version -> details.put("actual", version));
            case ALIAS_MOVE_FAILED -> details.put("reason", entry.get("move.reason"));
            default -> describeMove(entry, details);
        }
        EventDraft draft = draft(entry, type, plan.subject(), details);
        if (type == EventType.ALIAS_MOVE_FAILED) {
            append(entry, draft);
        } else {
            new AliasOutcomeRecorder(context, entry.node("move.intent").asLong()).append(draft, firstEvent(entry));
        }
        return switch (type) {
            case ALIAS_MOVE_CONFLICT -> conflict(entry, actual);
            case ALIAS_MOVE_FAILED -> notMoved(entry, entry.get("move.reason"));
            default -> moved(entry);
        };
    }
}
