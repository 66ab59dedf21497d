package io.jenkins.plugins.modeldelivery.engine.document;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.Durations;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * A part of a document that people write, which knows its place for messages. That the document has the right {@link DocumentSchema}
 * was seen before; here is what a shape cannot say. What is left out, or null, is empty.
 *
 * @param place as it begins a message: "policies.production"; empty for a whole document
 */
public record ConfigNode(String place, JsonNode node) {
    /** INVALID_INPUT at this place. */
    public DeliveryException error(String what) {
        return ErrorKind.INVALID_INPUT.error(place + ": " + what + (what.endsWith(".") ? "" : "."));
    }

    /** A value that is made from what this node has under a key, whose faults are reported there. */
    public <T> T checked(String key, Supplier<T> value) {
        try {
            return value.get();
        } catch (DeliveryException e) {
            throw error(key + ": " + e.getMessage());
        }
    }

    /** @throws DeliveryException INVALID_INPUT if it is blank, or no single value */
    public Optional<String> text(String key) {
        return child(key).map(ConfigNode::text);
    }

    /** @throws DeliveryException INVALID_INPUT if it is blank, or no single value */
    public String text() {
        if (!node.isValueNode() || node.asText().isBlank()) {
            throw error("expected a text");
        }
        return node.asText();
    }

    /** A place that ends with a blank is the beginning of a sentence. */
    private String inner(String key) {
        return place.isEmpty() || place.endsWith(" ") ? place + key : place + "." + key;
    }

    /** A list; empty if it is left out. */
    public List<String> texts(String key) {
        List<String> texts = new ArrayList<>();
        int item = 0;
        for (JsonNode value : node.path(key)) {
            texts.add(new ConfigNode(inner(key) + "." + item++, value).text());
        }
        return texts;
    }

    /** Sorted by name; values may be empty texts. */
    public Map<String, String> textsByName(String key) {
        Map<String, String> texts = new TreeMap<>();
        node.path(key)
                .properties()
                .forEach(e -> texts.put(e.getKey(), e.getValue().asText()));
        return texts;
    }

    /** Sorted by name. */
    public Map<String, Double> numbersByName(String key) {
        Map<String, Double> numbers = new TreeMap<>();
        children(key).forEach((name, value) -> {
            if (!value.node().isNumber()) {
                throw value.error("expected a number");
            }
            numbers.put(name, value.node().asDouble());
        });
        return numbers;
    }

    /** @throws DeliveryException INVALID_INPUT with the forms of a duration */
    public Optional<Duration> duration(String key) {
        return child(key).map(child -> {
            try {
                return Durations.parse(child.text());
            } catch (DeliveryException e) {
                throw child.error(e.getMessage());
            }
        });
    }

    public boolean flag(String key, boolean otherwise) {
        return node.path(key).asBoolean(otherwise);
    }

    public Optional<ConfigNode> child(String key) {
        return node.hasNonNull(key) ? Optional.of(new ConfigNode(inner(key), node.path(key))) : Optional.empty();
    }

    /** Things by their names, sorted; empty if they are left out. */
    public Map<String, ConfigNode> children(String key) {
        Map<String, ConfigNode> children = new TreeMap<>();
        node.path(key)
                .properties()
                .forEach(e -> children.put(e.getKey(), new ConfigNode(inner(key) + "." + e.getKey(), e.getValue())));
        return children;
    }
}
