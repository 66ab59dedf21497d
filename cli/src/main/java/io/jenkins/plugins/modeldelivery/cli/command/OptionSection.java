package io.jenkins.plugins.modeldelivery.cli.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Options of a command in the form that a delivery file has, so that one reader reads both. */
final class OptionSection {
    private final ObjectNode node = Json.object();

    OptionSection text(String key, Optional<?> value) {
        value.ifPresent(v -> node.put(key, v.toString()));
        return this;
    }

    OptionSection texts(String key, List<String> values) {
        ArrayNode array = node.putArray(key);
        values.forEach(array::add);
        return this;
    }

    OptionSection texts(String key, Map<String, String> values) {
        values.forEach(node.putObject(key)::put);
        return this;
    }

    OptionSection numbers(String key, Map<String, Double> values) {
        values.forEach(node.putObject(key)::put);
        return this;
    }

    OptionSection number(String key, double value) {
        node.put(key, value);
        return this;
    }

    OptionSection flag(String key, boolean value) {
        node.put(key, value);
        return this;
    }

    OptionSection section(String key, Optional<OptionSection> child) {
        child.ifPresent(section -> node.set(key, section.node));
        return this;
    }

    ObjectNode node() {
        return node;
    }
}
