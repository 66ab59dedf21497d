package io.jenkins.plugins.modeldelivery.engine.registry.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.registry.AliasChange;
import io.jenkins.plugins.modeldelivery.engine.registry.ModelAliases;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The aliases of one model.
 *
 * @param targets version by alias
 * @param histories by alias, newest move first
 */
record AliasTable(Map<String, String> targets, Map<String, List<Move>> histories) implements ModelAliases {
    private static final int REMEMBERED = 1000;

    /**
     * A move of an alias.
     *
     * @param version empty if the alias was taken away
     */
    record Move(Optional<String> version, String operation) {}

    AliasTable {
        targets = Collections.unmodifiableMap(new TreeMap<>(targets));
        histories = Collections.unmodifiableMap(new TreeMap<>(histories));
    }

    @Override
    public List<String> history(String alias) {
        return moves(alias).stream().flatMap(move -> move.version().stream()).toList();
    }

    private List<Move> moves(String alias) {
        return histories.getOrDefault(alias, List.of());
    }

    @Override
    public Set<String> operations(String alias) {
        return moves(alias).stream().map(Move::operation).collect(Collectors.toSet());
    }

    AliasTable with(AliasChange change) {
        Map<String, String> newTargets = new TreeMap<>(targets);
        change.to()
                .ifPresentOrElse(
                        version -> newTargets.put(change.alias(), version), () -> newTargets.remove(change.alias()));
        List<Move> moves = new ArrayList<>(moves(change.alias()));
        moves.add(0, new Move(change.to(), change.operation()));
        Map<String, List<Move>> newHistories = new TreeMap<>(histories);
        newHistories.put(change.alias(), List.copyOf(moves.subList(0, Math.min(moves.size(), REMEMBERED))));
        return new AliasTable(newTargets, newHistories);
    }

    ObjectNode toJson() {
        ObjectNode json = Json.object();
        ObjectNode pointing = json.putObject("aliases");
        targets.forEach(pointing::put);
        ObjectNode past = json.putObject("history");
        histories.forEach((alias, moves) -> {
            ArrayNode array = past.putArray(alias);
            moves.forEach(move -> {
                ObjectNode entry = array.addObject();
                move.version().ifPresent(version -> entry.put("version", version));
                entry.put("operation", move.operation());
            });
        });
        return json;
    }

    /** IllegalArgumentException if this is not what {@link #toJson} gave. */
    static AliasTable fromJson(JsonNode json) {
        Map<String, List<Move>> histories = new TreeMap<>();
        JsonNode past = JsonFiles.object(json, "history");
        past.fieldNames().forEachRemaining(alias -> {
            List<Move> moves = new ArrayList<>();
            JsonFiles.array(past, alias)
                    .forEach(entry -> moves.add(new Move(
                            entry.has("version") ? Optional.of(JsonFiles.text(entry, "version")) : Optional.empty(),
                            JsonFiles.text(entry, "operation"))));
            histories.put(alias, List.copyOf(moves));
        });
        return new AliasTable(JsonFiles.textsByKey(json, "aliases"), histories);
    }
}
