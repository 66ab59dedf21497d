package io.jenkins.plugins.modeldelivery.engine.journal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * When an operation entered a state, for people: nothing is decided from it.
 *
 * @param state of the operation, as its journal names it
 */
public record StateTransition(String state, Instant time) {
    private static final String KEY = "entered";
    private static final String TIME = "time";

    /**
     * All that a journal knows, oldest first; nothing of what it knows no time of.
     *
     * @param journal of an operation, or its part of the journal of its delivery
     */
    public static List<StateTransition> of(JsonNode journal) {
        List<StateTransition> all = new ArrayList<>();
        for (JsonNode entry : journal.path(KEY)) {
            try {
                all.add(new StateTransition(
                        entry.path(JournalEntry.STATE).asText(),
                        Instant.parse(entry.path(TIME).asText())));
            } catch (DateTimeException e) {
                // Without its time there is nothing to tell of it.
            }
        }
        return all;
    }

    static void note(ObjectNode journal, String state, Instant time) {
        ArrayNode entries = journal.get(KEY) instanceof ArrayNode array ? array : journal.putArray(KEY);
        entries.addObject().put(JournalEntry.STATE, state).put(TIME, time.toString());
    }
}
