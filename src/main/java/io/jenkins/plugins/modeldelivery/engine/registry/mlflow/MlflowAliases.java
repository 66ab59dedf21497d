package io.jenkins.plugins.modeldelivery.engine.registry.mlflow;

import io.jenkins.plugins.modeldelivery.engine.http.Answer;
import io.jenkins.plugins.modeldelivery.engine.model.Tags;
import io.jenkins.plugins.modeldelivery.engine.registry.ModelAliases;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The aliases of a registered model. MLflow forgets who bore one before, so a tag of the model remembers; it is written
 * before the alias is moved, hence its first entry may be a move that never happened.
 */
record MlflowAliases(Map<String, String> bearers, Map<String, String> tags) implements ModelAliases {
    /** As many as fit well into a tag. */
    private static final int REMEMBERED = 100;

    MlflowAliases {
        bearers = Collections.unmodifiableMap(new TreeMap<>(bearers));
        tags = Map.copyOf(tags);
    }

    static MlflowAliases read(Answer model) {
        Map<String, String> bearers = new TreeMap<>();
        model.list("aliases").forEach(a -> bearers.put(a.text("alias"), a.text("version")));
        return new MlflowAliases(bearers, MlflowVersions.tags(model));
    }

    /** Newest first, beginning with the actual bearer; whatever the tag says before it never happened or is unknown. */
    @Override
    public List<String> history(String alias) {
        String bearer = bearers.get(alias);
        List<String> remembered = new ArrayList<>(
                List.of(tags.getOrDefault(Tags.aliasHistory(alias), "").strip().split(" +")));
        remembered.removeIf(String::isEmpty);
        if (bearer == null) {
            return remembered;
        }
        int at = remembered.indexOf(bearer);
        if (at >= 0) {
            return List.copyOf(remembered.subList(at, remembered.size()));
        }
        remembered.add(0, bearer);
        return List.copyOf(remembered);
    }

    String historyWith(String alias, String next) {
        List<String> all = new ArrayList<>(history(alias));
        all.add(0, next);
        return String.join(" ", all.subList(0, Math.min(all.size(), REMEMBERED)));
    }
}
