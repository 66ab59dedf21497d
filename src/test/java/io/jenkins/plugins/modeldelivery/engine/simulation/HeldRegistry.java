package io.jenkins.plugins.modeldelivery.engine.simulation;

import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.Tags;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What the registry really holds: the ground truth that operations are judged by. */
final class HeldRegistry {
    /** A registry in a directory compares and sets in one step; MLflow cannot. */
    final boolean comparesAndSets;

    final Map<String, HeldModel> models = new TreeMap<>();
    final Map<String, Payload> staged = new HashMap<>();
    /** Every version that ever was, by its uid. */
    final Map<Long, HeldVersion> ever = new HashMap<>();

    private long lastUid;

    HeldRegistry(boolean comparesAndSets) {
        this.comparesAndSets = comparesAndSets;
    }

    /** Whether this very version is still there. */
    boolean holds(long uid) {
        HeldVersion version = ever.get(uid);
        return version != null
                && find(version.model)
                        .map(m -> m.versions.get(version.number))
                        .filter(v -> v == version)
                        .isPresent();
    }

    Optional<HeldModel> find(String model) {
        return Optional.ofNullable(models.get(model));
    }

    /** In MLflow a tag contains the operation of a version, and every user can edit it. */
    List<HeldVersion> madeBy(String model, String operation) {
        return find(model).stream()
                .flatMap(m -> m.versions.values().stream())
                .filter(v -> operation.equals(comparesAndSets ? v.operation : v.tags.get(Tags.OPERATION)))
                .toList();
    }

    HeldModel require(String model) {
        return find(model).orElseThrow(() -> ErrorKind.NOT_FOUND.error("There is no model " + model));
    }

    HeldVersion require(String model, String version) {
        HeldVersion found = require(model).versions.get(version);
        if (found == null) {
            throw ErrorKind.NOT_FOUND.error("There is no version " + version + " of " + model);
        }
        return found;
    }

    HeldVersion create(String model, Payload payload, double auc, Instant created) {
        HeldModel holder = models.computeIfAbsent(model, HeldModel::new);
        HeldVersion made =
                new HeldVersion(++lastUid, model, holder.nextNumber(), payload, auc, created.plusNanos(lastUid));
        holder.versions.put(made.number, made);
        ever.put(made.uid, made);
        return made;
    }
}
