package io.jenkins.plugins.modeldelivery.engine.simulation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.operation.InProcessLocks;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;

/**
 * One world: a registry, targets, a record, time, and all who act in it. Every call of an operation to the outside comes
 * through here, and here is decided what befalls it.
 */
final class World {
    static final List<String> ALIASES = List.of("champion", "challenger", "prod");
    private static final int MAX_DEPTH = 2;

    final long seed;
    final SeededRandom random;
    final SimulatedClock clock = new SimulatedClock();
    final Coverage coverage = new Coverage();
    final FaultProfile profile;
    final HeldRegistry registry;
    final HeldServing serving;
    final HeldRecord record;
    final Invariants invariants;
    final Outsider outsider;
    /** As administrators have it now. */
    Configuration configuration;

    final InProcessLocks locks = new InProcessLocks();
    final List<Worker> workers = new ArrayList<>();
    final List<Violation> violations = new ArrayList<>();

    private final boolean traced;
    private final List<Late> late = new ArrayList<>();
    private long steps;
    private int depth;
    private boolean quiet;
    private long asked = -1;
    private Worker lateBy;

    /** An effect that is still on its way to the server. */
    private record Late(long due, long asked, Worker worker, String what, Supplier<?> effect) {}

    /** Something that must never be so. */
    record Violation(String kind, String text) {}

    World(long seed, boolean traced, Path root) {
        this.seed = seed;
        this.traced = traced;
        this.random = new SeededRandom(seed);
        this.profile = FaultProfile.of(random);
        this.configuration = Configuration.of(random);
        this.registry = new HeldRegistry(random.coin());
        this.serving = new HeldServing(this, root);
        this.record = new HeldRecord(this);
        this.invariants = new Invariants(this);
        this.outsider = new Outsider(this);
    }

    long step() {
        return steps;
    }

    Instant now() {
        return clock.instant();
    }

    /** The step in which the effect that happens now was asked for. */
    long asked() {
        return asked >= 0 ? asked : steps;
    }

    /** Whose effect arrives late now; null if none does. */
    Worker lateBy() {
        return lateBy;
    }

    void quiet() {
        quiet = true;
    }

    boolean isQuiet() {
        return quiet;
    }

    /** Asks a server without changing anything. */
    <T> T read(Worker worker, String what, Supplier<T> answer) {
        return call(worker, what, false, answer);
    }

    /** Changes something outside, unless a fault keeps it from happening or the reply from arriving. */
    <T> T change(Worker worker, String what, Supplier<T> effect) {
        return call(worker, what, true, effect);
    }

    private <T> T call(Worker worker, String what, boolean changes, Supplier<T> effect) {
        begin(worker, what);
        Faults.Kind fault = quiet ? Faults.Kind.NONE : Faults.draw(this, changes, what);
        T result = null;
        switch (fault) {
            case NONE:
                result = effect.get();
                trace(worker, () -> what);
                break;
            case LOST_REPLY:
                trace(worker, () -> what + " (its reply is lost)");
                effect.get();
                throw Faults.exception(fault, what);
            case LATE:
                trace(worker, () -> what + " (will arrive later)");
                late.add(new Late(steps + 1 + random.below(30), steps, worker, what, effect));
                throw Faults.exception(fault, what);
            default:
                trace(worker, () -> what + " (" + fault + ")");
                throw Faults.exception(fault, what);
        }
        end(worker, what);
        return result;
    }

    void begin(Worker worker, String what) {
        steps++;
        worker.requests++;
        clock.advance(Duration.ofMillis(1 + random.below(9)));
        interleave(worker);
        mayCrash(worker, "before " + what, null);
    }

    void end(Worker worker, String what) {
        mayCrash(worker, "after " + what, null);
        interleave(worker);
    }

    /** Between any two calls of an operation others may act. */
    private void interleave(Worker worker) {
        if (quiet || depth >= MAX_DEPTH || !random.perMille(profile.interleaving())) {
            return;
        }
        serving.notice(worker);
        depth++;
        try {
            if (random.perMille(profile.outsiders() == 0 ? 0 : 400)) {
                outsider.act();
            } else {
                nested(worker);
            }
        } finally {
            depth--;
        }
    }

    private void nested(Worker outer) {
        List<Worker> others = workers.stream()
                .filter(w -> w != outer && w.isRunnable() && !w.isRunning())
                .toList();
        if (others.isEmpty()) {
            return;
        }
        Worker other = random.pick(others);
        for (int i = 1 + random.below(12); i > 0 && other.isRunnable(); i--) {
            other.step();
        }
    }

    void mayCrash(Worker worker, String where, ObjectNode journal) {
        if (!quiet && random.perMille(profile.crashes())) {
            trace(worker, () -> "CRASH " + where + (journal == null ? "" : MemoryJournal.states(journal)));
            coverage.count("crash");
            throw new Crash();
        }
    }

    /** What was under way arrives. */
    void deliverLate(boolean all) {
        for (Iterator<Late> i = new ArrayList<>(late).iterator(); i.hasNext(); ) {
            Late one = i.next();
            if (!all && one.due() > steps) {
                continue;
            }
            late.remove(one);
            asked = one.asked();
            lateBy = one.worker();
            try {
                trace(null, () -> "arrives late: " + one.what() + " of " + one.worker());
                one.effect().get();
                coverage.count("late effect arrived");
            } catch (DeliveryException e) {
                coverage.count("late effect refused");
            } finally {
                asked = -1;
                serving.notice(null);
                lateBy = null;
            }
        }
    }

    /** The worker looked at this model, and this is how it really was. */
    void saw(Worker worker, String model) {
        registry.find(model).ifPresent(m -> worker.saw(m.view(steps, now())));
        ALIASES.forEach(alias -> invariants.looked(worker, model, alias));
    }

    void violation(String kind, String text) {
        Violation violation = new Violation(kind, text);
        trace(null, () -> "VIOLATION " + kind + ": " + text);
        violations.add(violation);
    }

    void trace(Worker worker, Supplier<String> line) {
        if (traced) {
            System.out.printf(
                    "%5d %s %-14s %s%n",
                    steps, now().toString().substring(11), worker == null ? "world" : worker, line.get());
        }
    }
}
