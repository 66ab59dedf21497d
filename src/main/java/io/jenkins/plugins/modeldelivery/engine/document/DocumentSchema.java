package io.jenkins.plugins.modeldelivery.engine.document;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.TextSanitizer;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * What a document that people write may hold: the keys there are, which are needed, and the type of each. It is what the
 * JSON Schema says that the jar ships for editors, of which the few keywords are understood that our schemas use. Immutable.
 */
public final class DocumentSchema {
    private final JsonNode schema;

    private DocumentSchema(JsonNode schema) {
        this.schema = schema;
    }

    public static DocumentSchema delivery() {
        return Delivery.SCHEMA;
    }

    public static DocumentSchema configuration() {
        return Configuration.SCHEMA;
    }

    /** Each schema is read when it is first asked for, which takes some time. */
    private static final class Delivery {
        private static final DocumentSchema SCHEMA = read("delivery.schema.json");
    }

    private static final class Configuration {
        private static final DocumentSchema SCHEMA = read("model-delivery.schema.json");
    }

    private static DocumentSchema read(String resource) {
        try (InputStream in = DocumentSchema.class.getResourceAsStream(resource)) {
            return new DocumentSchema(Json.read(in.readAllBytes(), ErrorKind.CORRUPT, resource));
        } catch (IOException e) {
            throw new IllegalStateException(e);
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
                keys.add(TextSanitizer.brief(at.getMatchingProperty(), 60));
            }
            return (keys.isEmpty() ? "" : String.join(".", keys) + ": ") + text;
        }
    }

    /** Everything that is wrong with a document; empty if nothing is. */
    public List<Fault> faults(JsonNode document) {
        return new SchemaValidator().check(schema, document, JsonPointer.empty());
    }

    /** As {@link #faults}, of one part of a document alone; nothing is wrong with a part that is left out. */
    public List<Fault> faults(JsonNode document, String key) {
        return document.has(key)
                ? new SchemaValidator()
                        .check(
                                schema.path("properties").path(key),
                                document.get(key),
                                JsonPointer.empty().appendProperty(key))
                : List.of();
    }
}
