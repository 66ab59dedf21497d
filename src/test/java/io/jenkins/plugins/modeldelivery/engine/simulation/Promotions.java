package io.jenkins.plugins.modeldelivery.engine.simulation;

import io.jenkins.plugins.modeldelivery.engine.policy.Policy;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Judges moves of aliases: whether the policy really admitted them, and whether each happened once. */
final class Promotions {
    /** So many steps of an operation ago it may have looked last before it moves a guarded alias. */
    private static final int JUST_NOW = 3;

    private final World world;
    private final AliasLog log = new AliasLog();
    private final GateEvidence evidence;
    /** Versions that promotions really moved the guarded alias to, in the order in which they did. */
    private final Set<Long> admitted = new LinkedHashSet<>();

    /** By model, those of them that the record knows of and that no rollback has taken away since, oldest first. */
    private final Map<String, Deque<Long>> recorded = new HashMap<>();

    Promotions(World world) {
        this.world = world;
        this.evidence = new GateEvidence(world, log);
    }

    GateEvidence evidence() {
        return evidence;
    }

    /** The record says that an operation moved the guarded alias. */
    void recordedMove(Worker worker, String model, boolean back) {
        Deque<Long> promoted = recorded.computeIfAbsent(model, m -> new ArrayDeque<>());
        if (!back) {
            worker.effects.movedTo.filter(uid -> !promoted.contains(uid)).ifPresent(promoted::addLast);
            return;
        }
        Optional<Long> to = worker.task.kind == Task.Kind.DELIVER ? worker.effects.movedFrom : worker.effects.movedTo;
        while (!promoted.isEmpty() && !to.equals(Optional.of(promoted.peekLast()))) {
            promoted.removeLast();
        }
    }

    /**
     * The version that a rollback of the guarded alias could go to: existing, and admitted before the one that the alias
     * points to was for the first time.
     */
    Optional<HeldVersion> earlier(String model) {
        Optional<HeldModel> held = world.registry.find(model);
        Optional<Long> bearer = held.flatMap(m -> m.versionOf(Configuration.GUARDED));
        List<AliasLog.Change> all = log.of(model, Configuration.GUARDED);
        boolean ours = !all.isEmpty() && all.get(all.size() - 1).by() != null;
        Deque<Long> promoted = recorded.getOrDefault(model, new ArrayDeque<>());
        if (bearer.isEmpty() || !ours || !promoted.contains(bearer.get())) {
            return Optional.empty();
        }
        return promoted.stream()
                .takeWhile(uid -> !uid.equals(bearer.get()))
                .filter(world.registry::holds)
                .filter(uid -> first(all, uid) < first(all, bearer.get()))
                .findFirst()
                .map(world.registry.ever::get);
    }

    /** The place in the log of the change that first led to a version. */
    private static int first(List<AliasLog.Change> all, long uid) {
        int place = 0;
        while (place < all.size() && !all.get(place).to().equals(Optional.of(uid))) {
            place++;
        }
        return place;
    }

    void outsiderMoved(String model, String alias) {
        Optional<Long> to = world.registry.find(model).flatMap(m -> m.versionOf(alias));
        log.of(model, alias).add(new AliasLog.Change(world.step(), null, to));
    }

    void moved(Worker worker, HeldModel model, String alias, Optional<Long> before, Optional<String> to, boolean late) {
        List<AliasLog.Change> all = log.of(model.name, alias);
        if (late) {
            if (alias.equals(Configuration.GUARDED) && worker.effects.movedTo.isEmpty()) {
                worker.effects.movedFrom = before;
                worker.effects.movedTo = model.versionOf(alias);
            }
            world.coverage.count("move of an alias arrived late");
            admit(worker, model, alias);
            all.add(new AliasLog.Change(world.step(), null, model.versionOf(alias)));
            return;
        }
        if (replacedSinceItLooked(worker, model, to) || otherBearerSinceItLooked(worker, model, alias, before)) {
            world.coverage.count("a version was made again between the last look and the move");
            admit(worker, model, alias);
            all.add(new AliasLog.Change(world.step(), null, model.versionOf(alias)));
            return;
        }
        boolean takesBack = worker.task.kind == Task.Kind.DELIVER
                && alias.equals(Configuration.GUARDED)
                && worker.effects.promoted
                && !model.versionOf(alias).equals(worker.effects.movedTo);
        int earlier = worker.effects.moves.merge(alias + (takesBack ? " back" : ""), 1, Integer::sum) - 1;
        Optional<AliasLog.Change> last = all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
        boolean byItself = last.filter(c -> c.by() == worker).isPresent();
        // Another program moved it away and back, which leaves no trace in MLflow.
        boolean restored = takesBack
                && last.filter(c -> c.to().equals(worker.effects.movedTo)).isPresent();
        boolean window = last.filter(c -> c.step() >= worker.effects.compared.getOrDefault(alias, Long.MAX_VALUE))
                .isPresent();
        boolean theSameByHand = takesBack && worker.effects.movedTo.isEmpty();
        if (theSameByHand) {
            world.coverage.count("an outsider moved the alias to the very candidate");
        } else if (window && !byItself) {
            world.coverage.count("another's move was lost between compare and set of MLflow");
        } else if (earlier > 0 || takesBack && !byItself && !restored) {
            world.violation(
                    byItself ? "EXACTLY_ONCE" : "MOVED_AGAIN",
                    worker + " moved " + model.name + "@" + alias + " to " + to.orElse("nothing") + " again"
                            + (byItself ? "" : ", after somebody else had moved it"));
        }
        if (alias.equals(Configuration.GUARDED) && to.isPresent()) {
            HeldVersion version = model.versions.get(to.get());
            if (worker.task.kind == Task.Kind.ROLLBACK) {
                rolledBack(worker, version);
            } else if (!takesBack) {
                world.invariants.goesOnWith(worker, version, "promoted");
                promoted(worker, model.name, version);
            } else if (byItself && !theSameByHand && !worker.effects.movedFrom.equals(Optional.of(version.uid))) {
                world.violation(
                        "ROLLED_BACK_ELSEWHERE",
                        worker + " took its promotion back to " + version.model + "/" + version.number
                                + ", which is not what had the alias before");
            }
        }
        if (alias.equals(Configuration.GUARDED) && !takesBack) {
            worker.effects.movedFrom = before;
            worker.effects.movedTo = model.versionOf(alias);
        }
        all.add(new AliasLog.Change(world.step(), worker, model.versionOf(alias)));
    }

    private void admit(Worker worker, HeldModel model, String alias) {
        if (alias.equals(Configuration.GUARDED) && worker.task.kind != Task.Kind.ROLLBACK) {
            model.versionOf(alias).ifPresent(admitted::add);
        }
    }

    /** A registry moves an alias to a number, so this cannot be seen by who moves it. */
    private static boolean replacedSinceItLooked(Worker worker, HeldModel model, Optional<String> to) {
        List<ModelView> last = worker.effects.last(model.name);
        return to.isPresent()
                && !last.isEmpty()
                && last.stream().anyMatch(view -> view.versions().get(to.get()) != model.versions.get(to.get()));
    }

    /** The same for the version that the alias is moved away from. */
    private static boolean otherBearerSinceItLooked(
            Worker worker, HeldModel model, String alias, Optional<Long> before) {
        List<ModelView> last = worker.effects.last(model.name);
        return before.isPresent()
                && !last.isEmpty()
                && last.stream()
                        .noneMatch(view -> view.versionOf(alias).map(v -> v.uid).equals(before))
                && last.stream().anyMatch(view -> view.versionOf(alias).isPresent());
    }

    private void rolledBack(Worker worker, HeldVersion version) {
        world.coverage.count("rolled back to a version");
        if (!admitted.contains(version.uid)) {
            world.violation(
                    "ROLLED_BACK_TO_UNADMITTED",
                    worker + " rolled " + version.model + "@" + Configuration.GUARDED + " back to " + version.number
                            + " (" + version.payload.text() + "), which no policy ever let in");
        }
    }

    private void promoted(Worker worker, String model, HeldVersion version) {
        world.coverage.count("promotion moved a guarded alias");
        pinned(worker, model, version);
        List<ModelView> views = worker.fresh(model, JUST_NOW);
        if (views.isEmpty()) {
            world.violation(
                    "NOT_DECIDED_AGAIN",
                    worker + " moved " + model + "@" + Configuration.GUARDED + " to " + version.number
                            + " without having looked at the model since it was begun anew, or in its last "
                            + JUST_NOW + " steps");
        }
        String problem = null;
        for (ModelView view : views) {
            HeldVersion found = view.versions().get(version.number);
            problem = found == null
                    ? "it was not there when the operation looked"
                    : unmet(worker, view, found, view.time());
            if (problem != null && found != null) {
                problem = unmet(worker, view, found, world.now());
            }
            if (problem == null) {
                break;
            }
        }
        if (problem != null) {
            world.violation(
                    "UNEVIDENCED",
                    worker + " moved " + model + "@" + Configuration.GUARDED + " to " + version.number + " ("
                            + version.payload.text() + ", auc " + version.auc + "), but " + problem);
        }
        admitted.add(version.uid);
    }

    /** What a promotion names by an alias is what has it when the promotion is asked for. */
    private void pinned(Worker worker, String model, HeldVersion version) {
        Optional<String> alias = worker.task.kind == Task.Kind.PROMOTE
                ? worker.task.reference.flatMap(r -> r.alias())
                : Optional.empty();
        if (alias.isPresent() && !worker.effects.pointed.contains(model + "@" + alias.get() + ">" + version.number)) {
            world.violation(
                    "PINNED",
                    worker + " (" + worker.task + ") promoted " + version.number + ", which did not have " + alias.get()
                            + " at any time since it was asked for");
        }
    }

    /** What the policy lacks for this version; null if nothing. */
    private String unmet(Worker worker, ModelView view, HeldVersion candidate, Instant asOf) {
        Policy policy = worker.configuration.policy();
        if (!policy.from().isEmpty()
                && policy.from().stream()
                        .noneMatch(a -> candidate.number.equals(view.aliases().get(a)))) {
            return "it has none of " + policy.from();
        }
        if (policy.approvals().isPresent()
                && worker.effects.approvals < policy.approvals().get().count()) {
            return "only " + worker.effects.approvals + " people approved";
        }
        for (String gate : policy.gates()) {
            String problem = evidence.unmet(view, candidate, gate, policy.maxEvidenceAge(), asOf);
            if (problem != null) {
                return problem;
            }
        }
        return null;
    }
}
