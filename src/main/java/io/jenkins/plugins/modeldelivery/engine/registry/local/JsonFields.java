package io.jenkins.plugins.modeldelivery.engine.registry.local;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Takes stored JSON for what it must be; whatever else is there is damage, an IllegalArgumentException. */
final class JsonFields {
    private JsonFields() {}

    static String text(JsonNode json, String key) {
        JsonNode value = json.required(key);
        return text(value);
    }

    private static String text(JsonNode value) {
        if (!value.isTextual()) {
            throw new IllegalArgumentException("a text was expected, not " + value.getNodeType());
        }
        return value.textValue();
    }

    static long whole(JsonNode json, String key) {
        JsonNode value = json.required(key);
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw new IllegalArgumentException(key + " is no whole number");
        }
        return value.longValue();
    }

    static JsonNode object(JsonNode json, String key) {
        JsonNode value = json.required(key);
        if (!value.isObject()) {
            throw new IllegalArgumentException(key + " is no object");
        }
        return value;
    }

    static JsonNode array(JsonNode json, String key) {
        JsonNode value = json.required(key);
        if (!value.isArray()) {
            throw new IllegalArgumentException(key + " is no list");
        }
        return value;
    }

    static List<String> texts(JsonNode json, String key) {
        List<String> texts = new ArrayList<>();
        array(json, key).forEach(value -> texts.add(text(value)));
        return texts;
    }

    static Map<String, String> textsByKey(JsonNode json, String key) {
        Map<String, String> texts = new TreeMap<>();
        object(json, key).properties().forEach(e -> texts.put(e.getKey(), text(e.getValue())));
        return texts;
    }
}
