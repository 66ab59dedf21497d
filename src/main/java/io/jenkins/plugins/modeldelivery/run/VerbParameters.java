package io.jenkins.plugins.modeldelivery.run;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.model.Json;
import java.util.Map;

/** Collects what was entered for a verb, in the form of a section of {@code delivery.yaml}. What is null or blank is left out. */
public final class VerbParameters {
    private final ObjectNode json = JsonNodeFactory.instance.objectNode();

    public VerbParameters put(String key, String value) {
        if (value != null && !value.isBlank()) {
            json.put(key, value);
        }
        return this;
    }

    public VerbParameters put(String key, boolean value) {
        json.put(key, value);
        return this;
    }

    /** A number as text; what is none is left as it is, for the reader of the request to refuse. */
    public VerbParameters number(String key, String value) {
        if (value == null || value.isBlank()) {
            return this;
        }
        try {
            json.put(key, Double.parseDouble(value));
        } catch (NumberFormatException e) {
            json.put(key, value);
        }
        return this;
    }

    /** One item a line; blank lines and lines that begin with {@code #} are left out. */
    public VerbParameters lines(String key, String value) {
        if (value == null || value.isBlank()) {
            return this;
        }
        ArrayNode array = json.arrayNode();
        value.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .forEach(array::add);
        if (!array.isEmpty()) {
            json.set(key, array);
        }
        return this;
    }

    /** Numbers stay numbers, everything else becomes text. */
    public VerbParameters put(String key, Map<String, ?> values) {
        if (values != null && !values.isEmpty()) {
            ObjectNode object = json.putObject(key);
            values.forEach((name, value) -> {
                if (value instanceof Number number) {
                    object.put(name, number.doubleValue());
                } else {
                    object.put(name, String.valueOf(value));
                }
            });
        }
        return this;
    }

    /** A part with parameters of its own, left out if it has none. */
    public VerbParameters put(String key, VerbParameters part) {
        if (!part.json.isEmpty()) {
            json.set(key, part.json);
        }
        return this;
    }

    public ObjectNode json() {
        return json.deepCopy();
    }

    public String text() {
        return Json.text(json);
    }
}
