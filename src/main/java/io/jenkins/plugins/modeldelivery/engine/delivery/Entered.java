package io.jenkins.plugins.modeldelivery.engine.delivery;

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
public record Entered(String state, Instant time) {
    private static final String KEY = "entered";
    private static final String TIME = "time";

    /**
     * All that a journal knows, oldest first; nothing of what it knows no time of.
     *
     * @param journal of a verb, or a verb's part of the journal of its delivery
     */
    public static List<Entered> of(JsonNode journal) {
        List<Entered> all = new ArrayList<>();
        for (JsonNode entry : journal.path(KEY)) {
            try {
                all.add(new Entered(
                        entry.path(Page.STATE).asText(),
                        Instant.parse(entry.path(TIME).asText())));
            } catch (DateTimeException e) {
                // Without its time there is nothing to tell of it.
            }
        }
        return all;
    }

    static void note(ObjectNode journal, String state, Instant time) {
        ArrayNode entries = journal.get(KEY) instanceof ArrayNode array ? array : journal.putArray(KEY);
        entries.addObject().put(Page.STATE, state).put(TIME, time.toString());
    }
}
