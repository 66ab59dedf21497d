package io.jenkins.plugins.modeldelivery.engine.document;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.modeldelivery.engine.model.Suggestions;
import io.jenkins.plugins.modeldelivery.engine.model.TextSanitizer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Compares one document with a JSON Schema, keyword by keyword, and collects what is wrong. */
final class SchemaValidator {
    private static final Map<String, String> NAMES = Map.of(
            "object", "keys and values",
            "array", "a list",
            "string", "a text",
            "integer", "a whole number",
            "number", "a number",
            "boolean", "true or false",
            "null", "nothing");

    private final List<DocumentSchema.Fault> faults = new ArrayList<>();

    List<DocumentSchema.Fault> check(JsonNode schema, JsonNode value, JsonPointer at) {
        JsonNode type = schema.path("type");
        if (!type.isMissingNode() && texts(type).stream().noneMatch(name -> isOf(name, value))) {
            wrong(at, "expected " + named(texts(type)) + ", not " + found(texts(type), value));
        } else {
            schema.properties().forEach(keyword -> keyword(keyword.getKey(), keyword.getValue(), schema, value, at));
        }
        return faults;
    }

    private void keyword(String name, JsonNode says, JsonNode schema, JsonNode value, JsonPointer at) {
        switch (name) {
            case "$schema", "title", "description", "type" -> {}
            case "anyOf" -> anyOf(says, value, at);
            case "enum" -> words(texts(says), value, at);
            case "minLength", "pattern" -> text(schema, value, at);
            case "minimum" -> limit(value.doubleValue() >= says.doubleValue(), says, "more", value, at);
            case "maximum" -> limit(!(value.doubleValue() > says.doubleValue()), says, "less", value, at);
            case "items" -> items(says, value, at);
            case "properties" -> known(says, value, at);
            case "additionalProperties" -> others(says, schema.path("properties"), value, at);
            case "propertyNames" -> names(says, value, at);
            case "required" -> required(says, value, at);
            case "dependentRequired" -> together(says, value, at);
            default -> throw new IllegalStateException("our schemas do not use the keyword " + name);
        }
    }

    private void wrong(JsonPointer at, String text) {
        DocumentSchema.Fault fault = new DocumentSchema.Fault(at.toString(), text);
        if (!faults.contains(fault)) {
            faults.add(fault);
        }
    }

    private static List<String> texts(JsonNode node) {
        return node.isArray()
                ? StreamSupport.stream(node.spliterator(), false)
                        .map(JsonNode::asText)
                        .toList()
                : List.of(node.asText());
    }

    private static String named(List<String> types) {
        return types.stream().map(NAMES::get).collect(Collectors.joining(" or "));
    }

    /** A number is shown only where a number is expected: elsewhere it may be a password that lacks its quotes. */
    private static String found(Collection<String> expected, JsonNode value) {
        boolean number = expected.contains("integer") || expected.contains("number");
        return number && value.isNumber() ? TextSanitizer.brief(value.asText(), 40) : NAMES.get(typeOf(value));
    }

    private static boolean isOf(String type, JsonNode value) {
        return type.equals(typeOf(value)) || type.equals("number") && value.isNumber();
    }

    private static String typeOf(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT -> "object";
            case ARRAY -> "array";
            case BOOLEAN -> "boolean";
            case NUMBER -> isWhole(value) ? "integer" : "number";
            case NULL, MISSING -> "null";
            default -> "string";
        };
    }

    /** In JSON Schema 1.0 is as whole as 1. */
    private static boolean isWhole(JsonNode value) {
        double number = value.doubleValue();
        return value.isIntegralNumber() || number == Math.rint(number) && !Double.isInfinite(number);
    }

    /** What is wrong is told of the alternative that has the value's type, since that is the one that was meant. */
    private void anyOf(JsonNode alternatives, JsonNode value, JsonPointer at) {
        List<DocumentSchema.Fault> meant = null;
        Set<String> types = new LinkedHashSet<>();
        for (JsonNode alternative : alternatives) {
            List<String> its = texts(alternative.path("type"));
            List<DocumentSchema.Fault> found = new SchemaValidator().check(alternative, value, at);
            if (found.isEmpty()) {
                return;
            }
            types.addAll(its);
            if (its.stream().anyMatch(name -> isOf(name, value))) {
                meant = found;
            }
        }
        if (meant == null) {
            wrong(at, "expected " + named(List.copyOf(types)) + ", not " + found(types, value));
        } else {
            faults.addAll(meant);
        }
    }

    private void words(List<String> words, JsonNode value, JsonPointer at) {
        if (!value.isTextual() || !words.contains(value.textValue())) {
            String near = value.isTextual()
                    ? Suggestions.find(value.textValue(), words)
                            .map(word -> "; did you mean " + word + "?")
                            .orElse("")
                    : "";
            wrong(at, "expected " + String.join(" or ", words) + near);
        }
    }

    /** Both of its keywords, since an empty text is best called so. */
    private void text(JsonNode schema, JsonNode value, JsonPointer at) {
        if (!value.isTextual()) {
            return;
        }
        String text = value.textValue();
        if (text.codePointCount(0, text.length()) < schema.path("minLength").asInt()) {
            wrong(at, "expected a text, but it is empty");
        } else if (schema.has("pattern") && !matches(schema.path("pattern").asText(), text)) {
            wrong(at, schema.path("description").asText());
        }
    }

    /** In JSON Schema {@code $} is the end of the text; in Java also before a line feed that ends it. */
    private static boolean matches(String pattern, String text) {
        String java = pattern.endsWith("$") ? pattern.substring(0, pattern.length() - 1) + "\\z" : pattern;
        return Pattern.compile(java).matcher(text).find();
    }

    private void limit(boolean holds, JsonNode limit, String side, JsonNode value, JsonPointer at) {
        if (value.isNumber() && !holds) {
            wrong(
                    at,
                    "expected " + limit.asText() + " or " + side + ", not " + TextSanitizer.brief(value.asText(), 40));
        }
    }

    private void items(JsonNode schema, JsonNode value, JsonPointer at) {
        if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                check(schema, value.get(i), at.appendIndex(i));
            }
        }
    }

    private void known(JsonNode properties, JsonNode value, JsonPointer at) {
        for (Map.Entry<String, JsonNode> member : value.properties()) {
            if (properties.has(member.getKey())) {
                check(properties.get(member.getKey()), member.getValue(), at.appendProperty(member.getKey()));
            }
        }
    }

    private void others(JsonNode schema, JsonNode known, JsonNode value, JsonPointer at) {
        for (Map.Entry<String, JsonNode> member : value.properties()) {
            String key = member.getKey();
            if (!known.has(key)) {
                if (schema.isObject()) {
                    check(schema, member.getValue(), at.appendProperty(key));
                } else {
                    wrong(at.appendProperty(key), unknown(key, known));
                }
            }
        }
    }

    private static String unknown(String key, JsonNode known) {
        List<String> names = known.properties().stream().map(Map.Entry::getKey).toList();
        return "there is no key " + TextSanitizer.brief(key, 60)
                + Suggestions.find(key, names)
                        .map(near -> "; did you mean " + near + "?")
                        .orElse("; there are " + String.join(", ", names));
    }

    private void names(JsonNode schema, JsonNode value, JsonPointer at) {
        for (Map.Entry<String, JsonNode> member : value.properties()) {
            check(schema, TextNode.valueOf(member.getKey()), at.appendProperty(member.getKey()));
        }
    }

    private void required(JsonNode keys, JsonNode value, JsonPointer at) {
        if (value.isObject()) {
            for (String key : texts(keys)) {
                if (!value.has(key)) {
                    wrong(at, key + " is missing");
                }
            }
        }
    }

    private void together(JsonNode needs, JsonNode value, JsonPointer at) {
        for (Map.Entry<String, JsonNode> need : needs.properties()) {
            for (String other : texts(need.getValue())) {
                if (value.has(need.getKey()) && !value.has(other)) {
                    wrong(at, need.getKey() + " needs " + other + " beside it");
                }
            }
        }
    }
}
