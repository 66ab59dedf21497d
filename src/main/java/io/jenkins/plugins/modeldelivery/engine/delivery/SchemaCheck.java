package io.jenkins.plugins.modeldelivery.engine.delivery;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.Json;
import io.jenkins.plugins.modeldelivery.engine.model.NearMiss;
import io.jenkins.plugins.modeldelivery.engine.model.Problem;
import io.jenkins.plugins.modeldelivery.engine.model.Texts;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checks a document against its JSON Schema, and says where in the file each error is. */
final class SchemaCheck {
    private SchemaCheck() {}

    static void check(String file, byte[] bytes, JsonNode document, Documents.Schema schema) {
        List<Error> errors;
        try (InputStream in = schema.open()) {
            errors = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(in, InputFormat.JSON)
                    .validate(document);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        if (errors.isEmpty()) {
            return;
        }
        Map<String, JsonLocation> places = places(bytes);
        List<String> lines = new ArrayList<>();
        for (Error error : errors) {
            lines.add(line(file, error, places, tree(schema)));
        }
        throw new DeliveryException(
                Problem.INVALID_INPUT,
                String.join("\n", lines.stream().distinct().sorted().toList()));
    }

    private static String line(String file, Error error, Map<String, JsonLocation> places, JsonNode schema) {
        String pointer = error.getInstanceLocation().toString();
        String text = Texts.brief(error.getMessage(), 200);
        String key = error.getProperty();
        if ("additionalProperties".equals(error.getKeyword()) && key != null) {
            List<String> known = knownKeys(schema, error);
            pointer = pointer + "/" + key;
            text = "there is no key " + Texts.brief(key, 60)
                    + NearMiss.find(key, known)
                            .map(n -> "; did you mean " + n + "?")
                            .orElse(" here");
        }
        if ("pattern".equals(error.getKeyword())) {
            text = about(schema, error).orElse(text);
        }
        JsonLocation at = places.getOrDefault(pointer, places.get(""));
        String place = at == null ? "" : ":" + at.getLineNr() + ":" + at.getColumnNr();
        return file + place + ": "
                + (pointer.isEmpty() ? "" : pointer.substring(1).replace('/', '.') + ": ") + text;
    }

    /** What the schema says of the value to people, who need not read its regular expression. */
    private static Optional<String> about(JsonNode schema, Error error) {
        String fragment = error.getSchemaLocation().getFragment().toString();
        String parent = fragment.substring(0, Math.max(0, fragment.lastIndexOf('/')));
        return Optional.ofNullable(schema.at(parent).path("description").textValue());
    }

    /** The keys that the schema knows where the error is. */
    private static List<String> knownKeys(JsonNode schema, Error error) {
        String fragment = error.getSchemaLocation().getFragment().toString();
        String parent = fragment.substring(0, Math.max(0, fragment.lastIndexOf('/')));
        List<String> known = new ArrayList<>();
        schema.at(parent).path("properties").fieldNames().forEachRemaining(known::add);
        return known;
    }

    private static JsonNode tree(Documents.Schema schema) {
        try (InputStream in = schema.open()) {
            return Json.read(in.readAllBytes(), Problem.CORRUPT, "The schema");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Where each member and item begins, by JSON pointer. */
    private static Map<String, JsonLocation> places(byte[] bytes) {
        Map<String, JsonLocation> places = new HashMap<>();
        try (JsonParser parser = new YAMLFactory().createParser(bytes)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (!token.isStructEnd()) {
                    JsonPointer pointer = parser.getParsingContext().pathAsPointer();
                    places.putIfAbsent(pointer.toString(), parser.currentTokenLocation());
                }
            }
        } catch (IOException e) {
            // The document was parsed before; places only make messages better.
            return places;
        }
        return places;
    }
}
