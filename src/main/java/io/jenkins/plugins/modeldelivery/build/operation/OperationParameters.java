package io.jenkins.plugins.modeldelivery.build.operation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Collects what was entered for an operation, in the form of a section of {@code delivery.yaml}. What is null or blank is left out. */
public final class OperationParameters {
    private final ObjectNode json = JsonNodeFactory.instance.objectNode();
    private final UnaryOperator<String> expand;

    /** @param expand what a text means: of a freestyle build, with its variables replaced; of a Pipeline, just itself */
    public OperationParameters(UnaryOperator<String> expand) {
        this.expand = expand;
    }

    /** Null for null and blank. */
    private String expanded(String value) {
        String meant = value == null ? "" : expand.apply(value);
        return meant.isBlank() ? null : meant;
    }

    public OperationParameters put(String key, String value) {
        String meant = expanded(value);
        if (meant != null) {
            json.put(key, meant);
        }
        return this;
    }

    public OperationParameters put(String key, boolean value) {
        json.put(key, value);
        return this;
    }

    /** A number as text; what is none is left as it is, for the reader of the request to refuse. */
    public OperationParameters number(String key, String value) {
        String meant = expanded(value);
        if (meant != null) {
            number(json, key, meant);
        }
        return this;
    }

    private static void number(ObjectNode object, String key, String value) {
        try {
            object.put(key, Double.parseDouble(value));
        } catch (NumberFormatException e) {
            object.put(key, value);
        }
    }

    /** One item a line; blank lines and lines that begin with {@code #} are left out. */
    public OperationParameters lines(String key, String value) {
        String meant = expanded(value);
        if (meant == null) {
            return this;
        }
        ArrayNode array = json.arrayNode();
        meant.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .forEach(array::add);
        if (!array.isEmpty()) {
            json.set(key, array);
        }
        return this;
    }

    public OperationParameters texts(String key, Map<String, ?> values) {
        if (values != null && !values.isEmpty()) {
            ObjectNode object = json.putObject(key);
            values.forEach((name, value) -> object.put(expand.apply(name), expand.apply(String.valueOf(value))));
        }
        return this;
    }

    /** Numbers, or texts that are read as {@link #number(String, String)} does. */
    public OperationParameters numbers(String key, Map<String, ?> values) {
        if (values != null && !values.isEmpty()) {
            ObjectNode object = json.putObject(key);
            values.forEach((name, value) -> {
                if (value instanceof Number number) {
                    object.put(expand.apply(name), number.doubleValue());
                } else {
                    number(object, expand.apply(name), expand.apply(String.valueOf(value)));
                }
            });
        }
        return this;
    }

    /** A part that means its texts as this does. */
    public OperationParameters part() {
        return new OperationParameters(expand);
    }

    /** A part with parameters of its own, left out if it has none. */
    public OperationParameters put(String key, OperationParameters part) {
        if (!part.json.isEmpty()) {
            json.set(key, part.json);
        }
        return this;
    }

    public ObjectNode json() {
        return json.deepCopy();
    }
}
