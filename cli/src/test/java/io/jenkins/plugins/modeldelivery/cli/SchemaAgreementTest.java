package io.jenkins.plugins.modeldelivery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.jenkins.plugins.modeldelivery.engine.document.DocumentSchema;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The engine understands the two schemas, which editors use, as a validator of JSON Schema does. */
class SchemaAgreementTest {
    /** One of each kind, and those at which kinds meet. */
    private static final List<JsonNode> VALUES = Stream.of(
                    "null",
                    "true",
                    "0",
                    "1",
                    "-1",
                    "-2",
                    "0.5",
                    "-0.5",
                    "1e300",
                    "12345678901234567890",
                    "\"\"",
                    "\" \"",
                    "\"x\"",
                    "\"\uD83D\uDE80\"",
                    "\"https://x\"",
                    "\" https://x\"",
                    "\"${env:A_1}\"",
                    "\"${env:A_1}\\n\"",
                    "\"directory\"",
                    "\"mlserver\"",
                    "\"pass\"",
                    "\"PASS\"",
                    "\"fail\"",
                    "\"1\"",
                    "[]",
                    "[\"x\"]",
                    "[\"\"]",
                    "[1, -1]",
                    "[-2]",
                    "[{}]",
                    "{}",
                    "{\"x\": 1}",
                    "{\"x\": \"y\"}",
                    "{\"file\": \"y\"}",
                    "{\"metrics\": {\"x\": 1}}",
                    "{\"metrics\": {\"x\": \"1\"}}",
                    "{\"name\": \"x\", \"digest\": \"y\"}",
                    "{\"x\": \"${env:A}\"}",
                    "{\"..\": {\"type\": \"directory\"}}",
                    "{\"a.b-c\": {\"type\": \"directory\"}}",
                    "{\"x\": {\"checks\": []}}")
            .map(text -> Json.read(text.getBytes(StandardCharsets.UTF_8), ErrorKind.INVALID_INPUT, text))
            .toList();

    /** A schema as text, as the validator has it, and as the engine reads it. */
    private record Both(JsonNode text, com.networknt.schema.Schema validator, DocumentSchema shape) {
        static Both of(String resource, DocumentSchema shape) {
            try (InputStream in = DocumentSchema.class.getResourceAsStream(resource)) {
                byte[] bytes = in.readAllBytes();
                return new Both(
                        Json.read(bytes, ErrorKind.INVALID_INPUT, resource),
                        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                                .getSchema(new String(bytes, StandardCharsets.UTF_8), InputFormat.JSON),
                        shape);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        void agreeOn(JsonNode document) {
            List<com.networknt.schema.Error> theirs = validator.validate(document);
            List<DocumentSchema.Fault> ours = shape.faults(document);
            assertThat(ours.isEmpty())
                    .as("%s%nvalidator: %s%nengine: %s", Json.text(document), theirs, ours)
                    .isEqualTo(theirs.isEmpty());
        }
    }

    private static final Both DELIVERY = Both.of("delivery.schema.json", DocumentSchema.delivery());
    private static final Both CONFIGURATION = Both.of("model-delivery.schema.json", DocumentSchema.configuration());

    /** Everything that a schema names, as the keys that lead there. Names that people choose are "a.b". */
    private static List<List<String>> paths(JsonNode schema, List<String> at) {
        List<List<String>> paths = new ArrayList<>();
        schema.path("properties").properties().forEach(e -> deeper(paths, at, e.getKey(), e.getValue()));
        if (schema.path("additionalProperties").isObject()) {
            deeper(paths, at, "a.b", schema.path("additionalProperties"));
        }
        schema.path("anyOf").forEach(alternative -> paths.addAll(paths(alternative, at)));
        return paths;
    }

    private static void deeper(List<List<String>> paths, List<String> at, String key, JsonNode schema) {
        List<String> path = new ArrayList<>(at);
        path.add(key);
        paths.add(path);
        paths.addAll(paths(schema, path));
    }

    private static JsonNode schemaAt(JsonNode schema, String key) {
        if (schema.path("properties").has(key)) {
            return schema.path("properties").path(key);
        }
        for (JsonNode alternative : schema.path("anyOf")) {
            if (alternative.path("properties").has(key)) {
                return alternative.path("properties").path(key);
            }
        }
        return schema.path("additionalProperties");
    }

    private static JsonNode schemaAt(JsonNode schema, List<String> path) {
        JsonNode at = schema;
        for (String key : path) {
            at = schemaAt(at, key);
        }
        return at;
    }

    /** An object with what it needs. */
    private static ObjectNode needed(JsonNode schema) {
        ObjectNode object = Json.object();
        schema.path("required").forEach(key -> object.set(key.asText(), right(schemaAt(schema, key.asText()))));
        return object;
    }

    private static JsonNode right(JsonNode schema) {
        JsonNode type = schema.path("type");
        if (schema.has("enum")) {
            return schema.path("enum").path(0);
        }
        if (type.asText().equals("object")) {
            return needed(schema);
        }
        return switch (type.isArray() ? type.path(0).asText() : type.asText()) {
            case "array" -> JsonNodeFactory.instance.arrayNode();
            case "boolean" -> JsonNodeFactory.instance.booleanNode(true);
            case "integer", "number" -> JsonNodeFactory.instance.numberNode(1);
            default ->
                JsonNodeFactory.instance.textNode(text(schema.path("pattern").asText()));
        };
    }

    private static String text(String pattern) {
        return pattern.contains("http") ? "https://x" : pattern.contains("env:") ? "${env:A}" : "x";
    }

    /** A document that is right but for what stands at the path. */
    private static ObjectNode document(JsonNode schema, List<String> path, JsonNode value) {
        ObjectNode object = needed(schema);
        String key = path.get(0);
        JsonNode child = schemaAt(schema, key);
        object.set(key, path.size() == 1 ? value : document(child, path.subList(1, path.size()), value));
        for (JsonNode other : schema.path("dependentRequired").path(key)) {
            object.set(other.asText(), right(schemaAt(schema, other.asText())));
        }
        return object;
    }

    @TestFactory
    Stream<DynamicTest> onEveryKeyWithEveryKindOfValue() {
        return Stream.of(DELIVERY, CONFIGURATION)
                .flatMap(both -> paths(both.text(), List.of()).stream()
                        .map(path -> DynamicTest.dynamicTest(String.join("/", path), () -> {
                            int right = 0;
                            List<JsonNode> values = new ArrayList<>(VALUES);
                            values.add(right(schemaAt(both.text(), path)));
                            for (JsonNode value : values) {
                                ObjectNode document = document(both.text(), path, value);
                                both.agreeOn(document);
                                right += both.shape().faults(document).isEmpty() ? 1 : 0;
                            }
                            assertThat(right).isPositive().isLessThan(values.size());
                        })));
    }

    @TestFactory
    Stream<DynamicTest> onEveryObjectThatLacksSomethingOrHasTooMuch() {
        return Stream.of(DELIVERY, CONFIGURATION)
                .flatMap(both -> paths(both.text(), List.of()).stream()
                        .map(path -> DynamicTest.dynamicTest(String.join("/", path), () -> {
                            ObjectNode whole = document(both.text(), path, Json.object());
                            both.agreeOn(whole);
                            for (int depth = 0; depth <= path.size(); depth++) {
                                for (String key : keys(whole, path, depth)) {
                                    ObjectNode without = whole.deepCopy();
                                    at(without, path, depth).remove(key);
                                    both.agreeOn(without);
                                }
                                ObjectNode more = whole.deepCopy();
                                at(more, path, depth).put("unheard-of", 1);
                                both.agreeOn(more);
                            }
                        })));
    }

    private static ObjectNode at(ObjectNode document, List<String> path, int depth) {
        ObjectNode object = document;
        for (String key : path.subList(0, depth)) {
            object = (ObjectNode) object.get(key);
        }
        return object;
    }

    private static List<String> keys(ObjectNode document, List<String> path, int depth) {
        List<String> keys = new ArrayList<>();
        at(document, path, depth).fieldNames().forEachRemaining(keys::add);
        return keys;
    }

    /** Any of the keys at any place, with any of the values. */
    private static JsonNode anything(JsonNode schema, Random random, int depth) {
        if (depth == 0 || random.nextInt(8) == 0) {
            return VALUES.get(random.nextInt(VALUES.size())).deepCopy();
        }
        ObjectNode object = needed(schema);
        List<List<String>> paths = paths(schema, List.of()).stream()
                .filter(path -> path.size() == 1)
                .toList();
        for (int count = random.nextInt(5); count > 0 && !paths.isEmpty(); count--) {
            String key = paths.get(random.nextInt(paths.size())).get(0);
            JsonNode child = schemaAt(schema, key);
            object.set(key, random.nextBoolean() ? right(child) : anything(child, random, depth - 1));
        }
        return object;
    }

    @Property(tries = 3000)
    void onDocumentsWithManyMistakesOrNone(@ForAll long seed) {
        Random random = new Random(seed);
        Both both = random.nextBoolean() ? DELIVERY : CONFIGURATION;
        both.agreeOn(anything(both.text(), random, 5));
    }
}
