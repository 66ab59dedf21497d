package io.jenkins.plugins.modeldelivery.engine.promotion;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.NearMiss;
import io.jenkins.plugins.modeldelivery.engine.model.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A part of a configuration document that knows its place, for the messages. */
record Section(String path, JsonNode node) {
    static Section of(JsonNode document, String key) {
        return new Section(key, document.path(key));
    }

    DeliveryException error(String what) {
        return Rules.invalid("In the configuration, " + path + ": " + what + ".");
    }

    Map<String, Section> children() {
        Map<String, Section> children = new TreeMap<>();
        if (node.isMissingNode() || node.isNull()) {
            return children;
        }
        if (!node.isObject()) {
            throw error("expected names with what they mean");
        }
        node.properties().forEach(e -> children.put(e.getKey(), new Section(path + "." + e.getKey(), e.getValue())));
        return children;
    }

    void allow(Set<String> keys) {
        if (!node.isObject()) {
            throw error("expected keys and values");
        }
        node.properties().forEach(e -> {
            if (!keys.contains(e.getKey())) {
                throw error("there is no key " + Texts.brief(e.getKey(), 60)
                        + NearMiss.find(e.getKey(), keys)
                                .map(near -> "; did you mean " + near + "?")
                                .orElse("; there are " + String.join(", ", new TreeSet<>(keys))));
            }
        });
    }

    Optional<Section> child(String key) {
        return node.hasNonNull(key) ? Optional.of(new Section(path + "." + key, node.path(key))) : Optional.empty();
    }

    Optional<String> text(String key) {
        JsonNode value = node.path(key);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isValueNode() || value.asText().isBlank()) {
            throw error(key + " is one text");
        }
        return Optional.of(value.asText());
    }

    List<String> texts(String key) {
        JsonNode value = node.path(key);
        if (value.isMissingNode() || value.isNull()) {
            return List.of();
        }
        if (!value.isArray()) {
            throw error(key + " is a list");
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode item : value) {
            if (!item.isValueNode() || item.asText().isBlank()) {
                throw error(key + " is a list of texts");
            }
            texts.add(item.asText());
        }
        return texts;
    }

    int whole(String key, int otherwise) {
        JsonNode value = node.path(key);
        if (value.isMissingNode()) {
            return otherwise;
        }
        if (!value.isInt()) {
            throw error(key + " is a whole number");
        }
        return value.asInt();
    }

    boolean flag(String key, boolean otherwise) {
        JsonNode value = node.path(key);
        if (value.isMissingNode()) {
            return otherwise;
        }
        if (!value.isBoolean()) {
            throw error(key + " is true or false");
        }
        return value.asBoolean();
    }
}
