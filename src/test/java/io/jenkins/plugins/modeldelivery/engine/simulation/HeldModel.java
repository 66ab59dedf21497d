package io.jenkins.plugins.modeldelivery.engine.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A registered model as the simulated registry really holds it. */
final class HeldModel {
    final String name;
    final Map<String, HeldVersion> versions = new TreeMap<>();
    final Map<String, String> aliases = new TreeMap<>();
    /** The moves of each alias that the registry remembers, newest first. */
    final Map<String, List<Move>> remembered = new HashMap<>();

    private int last;

    /** @param number empty if the alias was taken away */
    record Move(Optional<String> number, String operation) {}

    HeldModel(String name) {
        this.name = name;
    }

    String nextNumber() {
        return String.valueOf(++last);
    }

    Optional<Long> versionOf(String alias) {
        return Optional.ofNullable(aliases.get(alias)).map(versions::get).map(v -> v.uid);
    }

    void remember(String alias, Optional<String> number, String operation) {
        remembered.computeIfAbsent(alias, a -> new ArrayList<>()).add(0, new Move(number, operation));
    }

    /** The operations that began to move the alias, as far as the registry knows. */
    Set<String> operations(String alias) {
        Set<String> operations = new HashSet<>();
        remembered.getOrDefault(alias, List.of()).forEach(move -> operations.add(move.operation()));
        return operations;
    }

    /** As MLflow keeps it in a tag: beginning with where the alias points; what is before it never happened. */
    List<String> history(String alias) {
        List<Move> moves = remembered.getOrDefault(alias, List.of());
        Optional<String> now = Optional.ofNullable(aliases.get(alias));
        int at = 0;
        while (at < moves.size() && !moves.get(at).number().equals(now)) {
            at++;
        }
        List<String> history = new ArrayList<>();
        if (at == moves.size()) {
            now.ifPresent(history::add);
            at = 0;
        }
        moves.subList(at, moves.size()).forEach(move -> move.number().ifPresent(history::add));
        return history;
    }

    /** MLflow takes the aliases of a version away with it. */
    void delete(String number) {
        versions.remove(number);
        aliases.values().removeIf(number::equals);
    }

    ModelView view(long step, java.time.Instant time) {
        Map<String, HeldVersion> held = new HashMap<>(versions);
        Map<String, List<String>> histories = new HashMap<>();
        for (String alias : World.ALIASES) {
            histories.put(alias, history(alias));
        }
        return new ModelView(step, time, name, held, Map.copyOf(aliases), histories);
    }
}
