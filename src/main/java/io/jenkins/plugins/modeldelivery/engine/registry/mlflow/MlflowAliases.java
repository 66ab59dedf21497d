package io.jenkins.plugins.modeldelivery.engine.registry.mlflow;

import io.jenkins.plugins.modeldelivery.engine.http.JsonReply;
import io.jenkins.plugins.modeldelivery.engine.model.Tags;
import io.jenkins.plugins.modeldelivery.engine.registry.AliasChange;
import io.jenkins.plugins.modeldelivery.engine.registry.ModelAliases;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The aliases of a registered model. MLflow forgets who had one before, so a tag of the model remembers; it is written
 * before the alias is moved, so its first entry may be a move that never happened.
 */
record MlflowAliases(Map<String, String> targets, Map<String, String> tags) implements ModelAliases {
    /** As many as fit well into a tag. */
    private static final int REMEMBERED = 100;

    /** Stands before the operation that began a move. */
    private static final char BY = '@';

    /** Stands for no version, where a move took the alias away. */
    private static final String NOWHERE = "-";

    MlflowAliases {
        targets = Collections.unmodifiableMap(new TreeMap<>(targets));
        tags = Map.copyOf(tags);
    }

    static MlflowAliases read(JsonReply model) {
        Map<String, String> targets = new TreeMap<>();
        model.list("aliases").forEach(a -> targets.put(a.text("alias"), a.text("version")));
        return new MlflowAliases(targets, MlflowVersions.tags(model));
    }

    /** Newest first, beginning with where the alias points; what the tag says before it never happened or is unknown. */
    @Override
    public List<String> history(String alias) {
        return happened(alias).stream()
                .map(MlflowAliases::version)
                .filter(version -> !version.equals(NOWHERE))
                .toList();
    }

    private List<String> happened(String alias) {
        List<String> moves = moves(alias);
        String version = targets.getOrDefault(alias, NOWHERE);
        List<String> versions = moves.stream().map(MlflowAliases::version).toList();
        int at = versions.indexOf(version);
        if (at >= 0) {
            return moves.subList(at, moves.size());
        }
        if (version.equals(NOWHERE)) {
            return moves;
        }
        List<String> all = new ArrayList<>(moves);
        all.add(0, version);
        return List.copyOf(all);
    }

    /** The operations that began a move, as far as the tag remembers. */
    @Override
    public Set<String> operations(String alias) {
        return moves(alias).stream()
                .filter(move -> move.indexOf(BY) >= 0)
                .map(move -> move.substring(move.indexOf(BY) + 1))
                .collect(Collectors.toSet());
    }

    private List<String> moves(String alias) {
        return Stream.of(tags.getOrDefault(Tags.aliasHistory(alias), "").strip().split(" +"))
                .filter(move -> !move.isEmpty())
                .toList();
    }

    private static String version(String move) {
        return move.indexOf(BY) >= 0 ? move.substring(0, move.indexOf(BY)) : move;
    }

    /** The value of the tag for the next move. */
    String historyWith(AliasChange change) {
        List<String> all = new ArrayList<>(happened(change.alias()));
        all.add(0, change.to().orElse(NOWHERE) + BY + change.operation());
        return String.join(" ", all.subList(0, Math.min(all.size(), REMEMBERED)));
    }
}
