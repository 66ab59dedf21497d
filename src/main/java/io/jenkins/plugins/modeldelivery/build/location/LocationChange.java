package io.jenkins.plugins.modeldelivery.build.location;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * An item was moved, renamed or deleted, with all that was below it.
 *
 * @param time in milliseconds, as records have it
 * @param name full name that it had before
 * @param to full name that it has since; empty if it was deleted
 */
record LocationChange(Instant time, String name, Optional<String> to) {
    static LocationChange moved(Instant time, String from, String to) {
        return new LocationChange(Instant.ofEpochMilli(time.toEpochMilli()), from, Optional.of(to));
    }

    static LocationChange deleted(Instant time, String name) {
        return new LocationChange(Instant.ofEpochMilli(time.toEpochMilli()), name, Optional.empty());
    }

    boolean isMove() {
        return to.isPresent();
    }

    /** What an item is called after this move that was called so before. The move must cover it. */
    String after(String before) {
        return to.orElseThrow() + before.substring(name.length());
    }

    /** What an item was called before this move that was called so after it. */
    String before(String after) {
        return name + after.substring(to.orElseThrow().length());
    }

    /** One line, without its end. */
    String line() {
        ObjectNode line = Json.object().put("time", time.toString());
        line.put(isMove() ? "from" : "deleted", name);
        to.ifPresent(target -> line.put("to", target));
        return Json.text(line);
    }

    /** @throws DeliveryException CORRUPT if the line is none of {@link #line} */
    static LocationChange parse(byte[] text) {
        JsonNode line = Json.read(text, ErrorKind.CORRUPT, "A change of a location");
        String deleted = line.path("deleted").asText("");
        String from = line.path("from").asText("");
        String to = line.path("to").asText("");
        boolean complete = deleted.isEmpty() ? !from.isEmpty() && !to.isEmpty() : from.isEmpty() && to.isEmpty();
        try {
            Instant time = Instant.parse(line.path("time").asText(""));
            if (complete) {
                return deleted.isEmpty() ? moved(time, from, to) : deleted(time, deleted);
            }
        } catch (DateTimeException e) {
            throw ErrorKind.CORRUPT.error("A change of a location has no time.", e);
        }
        throw ErrorKind.CORRUPT.error("A change of a location names no item.");
    }
}
