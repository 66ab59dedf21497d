package io.jenkins.plugins.modeldelivery.configuration.casc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.casc.ConfigurationContext;
import io.jenkins.plugins.casc.ConfiguratorException;
import io.jenkins.plugins.casc.model.CNode;
import io.jenkins.plugins.casc.model.Mapping;
import io.jenkins.plugins.casc.model.Scalar;
import io.jenkins.plugins.casc.model.Sequence;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Between the nodes of Configuration as Code and JSON. */
final class CascNodes {
    private static final JsonNodeFactory FACTORY = JsonNodeFactory.instance;

    /** The plugin hands over every scalar as text; these are none in the policy file, nor is a metric's value. */
    private static final Set<String> NO_TEXTS = Set.of("sameDataset", "notRequester", "count");

    private CascNodes() {}

    static JsonNode json(CNode node, ConfigurationContext context) throws ConfiguratorException {
        return json(node, context, "", "");
    }

    private static JsonNode json(CNode node, ConfigurationContext context, String key, String parent)
            throws ConfiguratorException {
        if (node instanceof Mapping mapping) {
            ObjectNode object = FACTORY.objectNode();
            for (Map.Entry<String, CNode> entry : new TreeMap<>(mapping).entrySet()) {
                object.set(entry.getKey(), json(entry.getValue(), context, entry.getKey(), key));
            }
            return object;
        }
        if (node instanceof Sequence sequence) {
            ArrayNode array = FACTORY.arrayNode();
            for (CNode element : sequence) {
                array.add(json(element, context, key, parent));
            }
            return array;
        }
        if (node == null) {
            return FACTORY.nullNode();
        }
        String text = context.getSecretSourceResolver().resolve(node.asScalar().toString());
        return NO_TEXTS.contains(key) || parent.equals("metrics") ? typed(text) : FACTORY.textNode(text);
    }

    private static JsonNode typed(String text) {
        if (text.equals("true") || text.equals("false")) {
            return FACTORY.booleanNode(Boolean.parseBoolean(text));
        }
        try {
            return text.matches("[0-9]{1,9}")
                    ? FACTORY.numberNode(Integer.parseInt(text))
                    : FACTORY.numberNode(Double.parseDouble(text));
        } catch (NumberFormatException e) {
            // The reader says what was expected.
            return FACTORY.textNode(text);
        }
    }

    static CNode of(JsonNode json, ConfigurationContext context) {
        if (json.isObject()) {
            Mapping mapping = new Mapping();
            json.properties().forEach(entry -> mapping.put(entry.getKey(), of(entry.getValue(), context)));
            return mapping;
        }
        if (json.isArray()) {
            Sequence sequence = new Sequence();
            json.forEach(element -> sequence.add(of(element, context)));
            return sequence;
        }
        if (json.isBoolean()) {
            return new Scalar(json.booleanValue());
        }
        return json.isNumber()
                ? new Scalar(json.numberValue())
                : new Scalar(context.getSecretSourceResolver().encode(json.asText()));
    }
}
