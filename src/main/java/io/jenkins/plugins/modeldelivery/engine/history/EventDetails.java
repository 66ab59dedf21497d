package io.jenkins.plugins.modeldelivery.engine.history;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.modeldelivery.engine.metrics.Metric;
import io.jenkins.plugins.modeldelivery.engine.record.Event;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads the details of an event; what is not there, or of another kind, is empty. */
public final class EventDetails {
    private EventDetails() {}

    /** Never empty text. */
    public static Optional<String> text(Event event, String key) {
        return text(event.draft().details().path(key));
    }

    /** Of a member of a member. */
    public static Optional<String> text(Event event, String key, String inner) {
        return text(event.draft().details().path(key).path(inner));
    }

    static Optional<String> text(JsonNode node) {
        return node.isValueNode() ? Optional.of(node.asText()).filter(text -> !text.isEmpty()) : Optional.empty();
    }

    /** The texts of an object, by name. */
    public static Map<String, String> texts(Event event, String key) {
        Map<String, String> texts = new TreeMap<>();
        event.draft()
                .details()
                .path(key)
                .properties()
                .forEach(member -> text(member.getValue()).ifPresent(text -> texts.put(member.getKey(), text)));
        return texts;
    }

    /** On its shortest decimal text; empty for what is no finite number. */
    public static Optional<BigDecimal> number(JsonNode node) {
        if (node.isIntegralNumber()) {
            return Optional.of(node.decimalValue());
        }
        return node.isNumber() ? Metric.decimal(node.doubleValue()) : Optional.empty();
    }

    /** As {@link #number}; empty text where there is none. */
    public static String numberText(JsonNode node) {
        return number(node).map(BigDecimal::toString).orElse("");
    }
}
