package io.jenkins.plugins.modeldelivery.engine.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What one operation really did and saw, from its first step to its end, across all crashes; its journal knows nothing of it. */
final class Effects {
    private static final int VIEWS = 16;

    /** By endpoint: its generation when the rollout was planned. */
    final Map<String, Long> planned = new HashMap<>();
    /** By endpoint: its generation when the operation last asked what is served. */
    final Map<String, Long> looked = new HashMap<>();
    /** By alias: how often the operation changed it. */
    final Map<String, Integer> moves = new HashMap<>();
    /** By alias: the step in which a registry without compare-and-set compared, before it set. */
    final Map<String, Long> compared = new HashMap<>();
    /** The models as they were when it looked, the newest last; the oldest are forgotten. */
    final List<Seen> seen = new ArrayList<>();
    /** As it was when it looked first. */
    Optional<ModelView> first = Optional.empty();
    /** Where each alias pointed at some time when it looked, as model@alias>number. */
    final Set<String> pointed = new HashSet<>();
    /** uids of the versions that it created; more than one only if one arrived late, or was deleted meanwhile. */
    final Set<Long> created = new LinkedHashSet<>();
    /** uids that the guarded alias pointed to before it moved it, and after. */
    Optional<Long> movedFrom = Optional.empty();

    Optional<Long> movedTo = Optional.empty();
    /** Whether the record says that it moved the guarded alias. */
    boolean promoted;
    /** What it downloaded last, and of which version. */
    Payload downloaded;

    String downloadedFingerprint = "";
    /** The last thing that it asked a target to do. */
    String doing = "";

    int approvals;
    int events;

    /** How a model looked to one incarnation of the operation in one of its steps. */
    record Seen(int incarnation, int step, ModelView view) {}

    void saw(int incarnation, int step, ModelView view) {
        seen.add(new Seen(incarnation, step, view));
        if (seen.size() > VIEWS) {
            seen.remove(0);
        }
        if (first.isEmpty()) {
            first = Optional.of(view);
        }
        view.aliases().forEach((alias, number) -> pointed.add(view.name() + "@" + alias + ">" + number));
    }

    /** What an incarnation saw of the model since a step. */
    List<ModelView> since(String model, int incarnation, int step) {
        return seen.stream()
                .filter(s -> s.incarnation() == incarnation && s.view().name().equals(model) && s.step() >= step)
                .map(Seen::view)
                .toList();
    }

    /** What it saw of the model in the last step in which it looked at all. */
    List<ModelView> last(String model) {
        int step = seen.stream()
                .filter(s -> s.view().name().equals(model))
                .mapToInt(Seen::step)
                .max()
                .orElse(-1);
        return seen.stream()
                .filter(s -> s.step() == step && s.view().name().equals(model))
                .map(Seen::view)
                .toList();
    }
}
