package io.jenkins.plugins.modeldelivery.engine.operation.alias;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ModelVersion;
import io.jenkins.plugins.modeldelivery.engine.operation.OperationContext;
import io.jenkins.plugins.modeldelivery.engine.record.AliasTarget;
import io.jenkins.plugins.modeldelivery.engine.record.Event;
import io.jenkins.plugins.modeldelivery.engine.record.EventDraft;
import io.jenkins.plugins.modeldelivery.engine.record.EventType;
import java.util.Optional;

/**
 * Appends outcomes of moves so that the newest one in the record says where the alias points, also if an operation that
 * continues after a crash records its own after one of another operation.
 */
final class AliasOutcomeRecorder {
    private final OperationContext context;
    private final long intent;

    /** @param intent sequence of the event that announced the move */
    AliasOutcomeRecorder(OperationContext context, long intent) {
        this.context = context;
        this.intent = intent;
    }

    /** An operation may begin several moves; they differ in the alias or the attempt. */
    static boolean isSameMove(EventDraft one, EventDraft other) {
        return one.details().path("alias").equals(other.details().path("alias"))
                && one.details().path("attempt").equals(other.details().path("attempt"));
    }

    /**
     * Appends the outcome once.
     *
     * @param outcome of a type in {@link EventType#ALIAS_POSITIONS}
     * @param first whether it is certain that it was not appended before
     */
    void append(EventDraft outcome, boolean first) {
        boolean appended = !first
                && context.records()
                        .find(outcome, other -> isSameMove(outcome, other))
                        .isPresent();
        while (!appended) {
            Optional<Event> other = positionSince(outcome);
            boolean late = other.isPresent() && isPast(outcome);
            appended = context.records()
                    .appendIf(
                            late ? markLate(outcome) : outcome,
                            () -> positionSince(outcome).equals(other))
                    .isPresent();
        }
    }

    /** What another operation, or an observation, has recorded of the alias since the move was announced. */
    private Optional<Event> positionSince(EventDraft outcome) {
        return context.records()
                .state(outcome.registry(), outcome.model())
                .alias(AliasTarget.aliasOf(outcome))
                .map(AliasTarget::move)
                .filter(event -> event.sequence() > intent)
                .filter(event -> !event.draft().operation().equals(outcome.operation()));
    }

    /**
     * Whether the alias points elsewhere than the outcome says. Only the registry knows which of two moves was the last;
     * while it does not answer, the one that is recorded already counts.
     */
    private boolean isPast(EventDraft outcome) {
        try {
            return !context.registries()
                    .get(Optional.of(outcome.registry()))
                    .value()
                    .versionOf(outcome.model(), AliasTarget.aliasOf(outcome), Cancellation.NONE)
                    .map(ModelVersion::version)
                    .equals(AliasTarget.versionOf(outcome));
        } catch (DeliveryException e) {
            return true;
        }
    }

    private static EventDraft markLate(EventDraft outcome) {
        ObjectNode details = outcome.details().deepCopy();
        return outcome.withDetails(details.put(AliasTarget.LATE, true));
    }
}
