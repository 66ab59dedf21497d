package io.jenkins.plugins.modeldelivery.build.operation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.model.Run;
import io.jenkins.plugins.modeldelivery.build.runtime.DeliveryRuntime;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import java.time.Instant;
import java.util.Optional;

/**
 * How far an operation of a build has come, ended or not.
 *
 * @param id unique within its build
 * @param request what was asked for, not to be changed
 * @param journal empty if there is none, or it cannot be read; not to be changed
 * @param outcome empty until it has ended
 * @param working whether this controller is at it, be it that it waits
 */
public record OperationState(
        String id,
        OperationType type,
        ObjectNode request,
        ObjectNode journal,
        Optional<Outcome> outcome,
        Instant begun,
        boolean working) {

    /** Empty if nothing was begun in the slot. */
    public static Optional<OperationState> of(Run<?, ?> run, OperationSlot slot) {
        // Read before the journal is: what ends meanwhile is shown as going on, never as something that stopped.
        boolean working = DeliveryRuntime.get().slots().isHeld(run, slot.name());
        Optional<ObjectNode> journal = journal(slot);
        Optional<Outcome> outcome = slot.outcome().map(Outcome::fromJson);
        return slot.request()
                .flatMap(request -> type(slot)
                        .map(type -> new OperationState(
                                slot.name(),
                                type,
                                request,
                                journal.orElseGet(Json::object),
                                outcome,
                                slot.begun(),
                                working && outcome.isEmpty())));
    }

    private static Optional<ObjectNode> journal(OperationSlot slot) {
        try {
            return slot.journal().read();
        } catch (DeliveryException e) {
            if (e.kind() == ErrorKind.CORRUPT) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** As {@link OperationSlots#take} names slots. */
    private static Optional<OperationType> type(OperationSlot slot) {
        String[] parts = slot.name().split("-", 3);
        for (OperationType type : OperationType.values()) {
            if (parts.length == 3 && parts[1].equals(type.key())) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    /** What was asked of an operation, its own or a whole delivery's part; missing if nothing was. */
    public JsonNode request(OperationType part) {
        return part(part, request);
    }

    /** How far an operation has come; missing if it has not begun. */
    public JsonNode journal(OperationType part) {
        return part(part, journal);
    }

    /** What an operation has come to; missing as long as it has not. */
    public JsonNode result(OperationType part) {
        return outcome.map(ended -> ended.of(part))
                .orElseGet(() -> type == OperationType.DELIVER
                        ? journal.path("results").path(part.key())
                        : MissingNode.getInstance());
    }

    private JsonNode part(OperationType part, JsonNode whole) {
        if (type == part) {
            return whole;
        }
        return type == OperationType.DELIVER ? whole.path(part.key()) : MissingNode.getInstance();
    }
}
