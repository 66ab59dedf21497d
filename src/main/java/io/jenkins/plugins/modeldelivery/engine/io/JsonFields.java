package io.jenkins.plugins.modeldelivery.engine.io;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads the members of a JSON object that this program wrote. Whatever else is there is damage, for which each method throws an
 * IllegalArgumentException that names the member.
 */
public final class JsonFields {
    private JsonFields() {}

    public static String text(JsonNode json, String key) {
        return textOf(json.required(key), key);
    }

    private static String textOf(JsonNode value, String key) {
        return required(value, value.isTextual(), key, "text").textValue();
    }

    /** Empty for what is left out, and for null. */
    public static Optional<String> optionalText(JsonNode json, String key) {
        return json.hasNonNull(key) ? Optional.of(text(json, key)) : Optional.empty();
    }

    public static long whole(JsonNode json, String key) {
        JsonNode value = json.required(key);
        return required(value, value.isIntegralNumber() && value.canConvertToLong(), key, "whole number")
                .longValue();
    }

    public static ObjectNode object(JsonNode json, String key) {
        JsonNode value = json.required(key);
        return (ObjectNode) required(value, value.isObject(), key, "object");
    }

    public static JsonNode array(JsonNode json, String key) {
        JsonNode value = json.required(key);
        return required(value, value.isArray(), key, "list");
    }

    public static Map<String, String> textsByKey(JsonNode json, String key) {
        Map<String, String> texts = new TreeMap<>();
        object(json, key)
                .properties()
                .forEach(e -> texts.put(e.getKey(), textOf(e.getValue(), key + "." + e.getKey())));
        return texts;
    }

    private static JsonNode required(JsonNode value, boolean fine, String key, String type) {
        if (!fine) {
            throw new IllegalArgumentException(key + " is no " + type);
        }
        return value;
    }
}
