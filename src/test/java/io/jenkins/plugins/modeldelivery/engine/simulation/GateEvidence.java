package io.jenkins.plugins.modeldelivery.engine.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.modeldelivery.engine.record.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Judges verdicts of gates by what candidate and baseline really were, and keeps them as evidence. */
final class GateEvidence {
    private final World world;
    private final AliasLog log;
    private final List<Evidence> evidence = new ArrayList<>();

    GateEvidence(World world, AliasLog log) {
        this.world = world;
        this.log = log;
    }

    /** What a version lacks of the evidence of a gate; null if nothing. */
    String unmet(ModelView view, HeldVersion candidate, String gate, Optional<Duration> maxAge, Instant asOf) {
        Evidence newest = null;
        for (Evidence one : evidence) {
            if (one.gate().equals(gate)
                    && !one.time().isAfter(asOf)
                    && one.grounds().stream()
                            .anyMatch(g ->
                                    g.candidate() == candidate.uid && g.digest().equals(candidate.original.digest()))) {
                newest = one;
            }
        }
        if (newest == null) {
            return "no evidence of the gate " + gate + " is about this version with these bytes";
        }
        if (!newest.passed()) {
            return "its newest evidence of the gate " + gate + " says no";
        }
        if (maxAge.isPresent() && newest.time().plus(maxAge.get()).isBefore(view.time())) {
            return "its evidence of the gate " + gate + " is of " + newest.time() + " and too old";
        }
        String alias = Configuration.baselineOf(gate);
        Set<Long> baselines = alias == null ? Set.of(Evidence.NONE) : baselines(view, alias, candidate, asOf);
        boolean holds = newest.grounds().stream()
                .anyMatch(g -> g.candidate() == candidate.uid && baselines.contains(g.baseline()) && g.justified());
        return holds
                ? null
                : "its evidence of the gate " + gate + " compares with " + named(newest) + ", and " + alias + " is now "
                        + named(baselines);
    }

    private String named(Evidence evidence) {
        Set<Long> all = new HashSet<>();
        evidence.grounds().forEach(g -> all.add(g.baseline()));
        return named(all);
    }

    private String named(Set<Long> uids) {
        if (uids.isEmpty()) {
            return "gone";
        }
        StringBuilder text = new StringBuilder();
        uids.forEach(uid -> text.append(text.isEmpty() ? "" : " or ")
                .append(
                        uid == Evidence.FIRST
                                ? "nothing"
                                : uid == Evidence.GONE
                                        ? "one that is gone"
                                        : world.registry.ever.containsKey(uid)
                                                ? world.registry.ever.get(uid).number + " (auc "
                                                        + world.registry.ever.get(uid).auc + ")"
                                                : "none"));
        return text.toString();
    }

    /** With which versions a candidate may be compared; none if the baseline is gone. */
    private Set<Long> baselines(ModelView view, String alias, HeldVersion candidate, Instant asOf) {
        Optional<HeldVersion> bearer = view.versionOf(alias);
        if (bearer.isPresent() && bearer.get().uid != candidate.uid) {
            return Set.of(bearer.get().uid);
        }
        if (bearer.isEmpty()) {
            List<Event> events = world.record.until(view.name(), asOf);
            boolean takenBack = RecordWords.takenBackToNothing(events, alias);
            boolean known = RecordWords.everPointed(events, alias) && !takenBack;
            return known ? Set.of() : Set.of(Evidence.FIRST);
        }
        return predecessors(view, alias, candidate, asOf);
    }

    /** What the alias pointed to before the candidate. */
    private Set<Long> predecessors(ModelView view, String alias, HeldVersion candidate, Instant asOf) {
        List<AliasLog.Change> all = log.of(view.name(), alias);
        Set<Long> found = new HashSet<>();
        boolean nowhere = false;
        boolean any = false;
        for (int i = all.size() - 1; i >= 0; i--) {
            AliasLog.Change change = all.get(i);
            if (change.step() > view.step() || change.to().equals(Optional.of(candidate.uid))) {
                continue;
            }
            if (change.to().isEmpty()) {
                // It had no version in between: a reader at that time cannot know more.
                nowhere = true;
                continue;
            }
            any = true;
            if (view.versions().values().stream()
                    .anyMatch(v -> v.uid == change.to().get())) {
                found.add(change.to().get());
            }
            if (change.by() != null) {
                break;
            }
            // A move by another program may not have been detected, so the previous position counts.
        }
        boolean toldNobody =
                !RecordWords.pointedElsewhere(world.record.until(view.name(), asOf), alias, candidate.number);
        if (!any || nowhere || toldNobody) {
            found.add(Evidence.FIRST);
        }
        return found;
    }

    /** A gate's verdict went into the record. */
    void gated(Worker worker, Event event) {
        JsonNode details = event.draft().details();
        String gate = details.path("gate").asText();
        boolean passed = details.path("verdict").asText().equals("PASSED");
        String alias = Configuration.baselineOf(gate);
        List<Evidence.Ground> grounds = new ArrayList<>();
        List<ModelView> views = worker.effects.last(event.draft().model());
        String number = event.draft().version().orElse("");
        for (ModelView view : views) {
            HeldVersion candidate = view.versions().get(number);
            if (candidate == null) {
                continue;
            }
            if (alias == null) {
                grounds.add(new Evidence.Ground(
                        candidate.uid,
                        candidate.original.digest(),
                        Evidence.NONE,
                        candidate.auc >= Configuration.FLOOR));
                continue;
            }
            for (ModelView other : views) {
                Set<Long> baselines = new HashSet<>(baselines(other, alias, candidate, other.time()));
                baselines.addAll(baselines(other, alias, candidate, world.now()));
                if (baselines.isEmpty()) {
                    grounds.add(new Evidence.Ground(candidate.uid, candidate.original.digest(), Evidence.GONE, false));
                }
                for (long baseline : baselines) {
                    boolean justified = baseline == Evidence.FIRST
                            || candidate.auc >= world.registry.ever.get(baseline).auc - Configuration.SLACK - 1e-9;
                    grounds.add(new Evidence.Ground(candidate.uid, candidate.original.digest(), baseline, justified));
                }
            }
        }
        world.coverage.count(passed ? "gate passed" : "gate did not pass");
        boolean neverPointed =
                alias != null && log.of(event.draft().model(), alias).stream().allMatch(c -> c.to().isEmpty());
        if (!passed
                && neverPointed
                && !grounds.isEmpty()
                && !RecordWords.unfinished(world.record.of(event.draft().model()), alias)) {
            world.violation(
                    "FIRST_MODEL_REFUSED",
                    worker + " (" + worker.task + ") did not let "
                            + event.draft().model() + "/" + number + " pass the gate " + gate + ", though " + alias
                            + " never pointed anywhere");
        }
        if (passed && grounds.stream().noneMatch(Evidence.Ground::justified)) {
            world.violation(
                    "UNJUSTIFIED_VERDICT",
                    worker + " (" + worker.task + ") let " + event.draft().model() + "/" + number + " pass the gate "
                            + gate + "; " + alias + " was "
                            + (views.isEmpty()
                                    ? "unknown"
                                    : views.get(views.size() - 1)
                                            .versionOf(alias == null ? "" : alias)
                                            .map(v -> v.number.equals(number) ? "the candidate itself" : v.number)
                                            .orElse("gone")));
        }
        evidence.add(new Evidence(gate, passed, grounds, event.time()));
    }
}
