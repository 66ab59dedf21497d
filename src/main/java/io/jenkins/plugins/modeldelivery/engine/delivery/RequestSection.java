package io.jenkins.plugins.modeldelivery.engine.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.modeldelivery.engine.model.Durations;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A section of a delivery, checked already; what it leaves out is empty. */
record RequestSection(JsonNode node) {
    Optional<String> text(String key) {
        return node.hasNonNull(key) ? Optional.of(node.path(key).asText()) : Optional.empty();
    }

    Optional<Duration> duration(String key) {
        return text(key).map(Durations::parse);
    }

    Map<String, String> texts(String key) {
        Map<String, String> texts = new TreeMap<>();
        node.path(key)
                .properties()
                .forEach(e -> texts.put(e.getKey(), e.getValue().asText()));
        return texts;
    }

    Optional<RequestSection> child(String key) {
        return Optional.of(node.path(key)).filter(JsonNode::isObject).map(RequestSection::new);
    }
}
