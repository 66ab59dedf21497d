package io.jenkins.plugins.modeldelivery.engine.model;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * What a document that people write may hold: the keys there are, which are needed, and the type of each. It is what the
 * JSON Schema says that the jar ships for editors, of which the few keywords are understood that our schemas use. Immutable.
 */
public final class Shape {
    private final JsonNode schema;

    private Shape(JsonNode schema) {
        this.schema = schema;
    }

    /** Of a {@code delivery.yaml}. */
    public static Shape delivery() {
        return Holder.DELIVERY;
    }

    /** Of a {@code model-delivery.yaml}. */
    public static Shape configuration() {
        return Holder.CONFIGURATION;
    }

    /** Read when first asked for. */
    private static final class Holder {
        private static final Shape DELIVERY = read("delivery.schema.json");
        private static final Shape CONFIGURATION = read("model-delivery.schema.json");

        private static Shape read(String resource) {
            try (InputStream in = Shape.class.getResourceAsStream(resource)) {
                return new Shape(Json.read(in.readAllBytes(), Problem.CORRUPT, resource));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /**
     * Something that is wrong.
     *
     * @param pointer to what is wrong, or to what lacks something: a JSON pointer, empty for the whole document
     * @param text for people; no secret, since no value is repeated but those of words there is a list of
     */
    public record Fault(String pointer, String text) {
        /** As people write it, as {@code policies.production.alias: expected …}. */
        @Override
        public String toString() {
            List<String> keys = new ArrayList<>();
            for (JsonPointer at = JsonPointer.compile(pointer); !at.matches(); at = at.tail()) {
                keys.add(Texts.brief(at.getMatchingProperty(), 60));
            }
            return (keys.isEmpty() ? "" : String.join(".", keys) + ": ") + text;
        }
    }

    /** Everything that is wrong with a document; empty if nothing is. */
    public List<Fault> faults(JsonNode document) {
        return new ShapeCheck().check(schema, document, JsonPointer.empty());
    }

    /** As {@link #faults}, of one part of a document alone; nothing is wrong with a part that is left out. */
    public List<Fault> faults(JsonNode document, String key) {
        return document.has(key)
                ? new ShapeCheck()
                        .check(
                                schema.path("properties").path(key),
                                document.get(key),
                                JsonPointer.empty().appendProperty(key))
                : List.of();
    }
}
