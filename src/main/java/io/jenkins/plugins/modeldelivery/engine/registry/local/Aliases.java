package io.jenkins.plugins.modeldelivery.engine.registry.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.model.Json;
import io.jenkins.plugins.modeldelivery.engine.registry.ModelAliases;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The aliases of one model.
 *
 * @param bearers version by alias
 * @param histories by alias, newest bearer first
 */
record Aliases(Map<String, String> bearers, Map<String, List<String>> histories) implements ModelAliases {
    private static final int REMEMBERED = 1000;

    Aliases {
        bearers = Collections.unmodifiableMap(new TreeMap<>(bearers));
        histories = Collections.unmodifiableMap(new TreeMap<>(histories));
    }

    @Override
    public List<String> history(String alias) {
        return histories.getOrDefault(alias, List.of());
    }

    Aliases with(String alias, Optional<String> to) {
        Map<String, String> newBearers = new TreeMap<>(bearers);
        Map<String, List<String>> newHistories = new TreeMap<>(histories);
        if (to.isPresent()) {
            newBearers.put(alias, to.get());
            List<String> history = new ArrayList<>(history(alias));
            history.add(0, to.get());
            newHistories.put(alias, List.copyOf(history.subList(0, Math.min(history.size(), REMEMBERED))));
        } else {
            newBearers.remove(alias);
        }
        return new Aliases(newBearers, newHistories);
    }

    ObjectNode toJson() {
        ObjectNode json = Json.object();
        ObjectNode bearing = json.putObject("aliases");
        bearers.forEach(bearing::put);
        ObjectNode past = json.putObject("history");
        histories.forEach((alias, versions) -> {
            ArrayNode array = past.putArray(alias);
            versions.forEach(array::add);
        });
        return json;
    }

    /** IllegalArgumentException if this is not what {@link #toJson} gave. */
    static Aliases fromJson(JsonNode json) {
        Map<String, List<String>> histories = new TreeMap<>();
        JsonNode past = Stored.object(json, "history");
        past.fieldNames().forEachRemaining(alias -> histories.put(alias, List.copyOf(Stored.texts(past, alias))));
        return new Aliases(Stored.textsByKey(json, "aliases"), histories);
    }
}
