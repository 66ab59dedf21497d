package io.jenkins.plugins.modeldelivery.engine.simulation;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.jenkins.plugins.modeldelivery.engine.journal.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Plays schedules. */
final class Simulation implements AutoCloseable {
    private static final int MAX_TURNS = 1500;
    private static final int MAX_QUIET_TURNS = 6000;

    private final FileSystem files = Jimfs.newFileSystem(
            Configuration.unix().toBuilder().setFileTimeSource(this::now).build());
    private World world;
    private final boolean traced;

    Simulation(boolean traced) {
        this.traced = traced;
    }

    /** Plays the schedule of a seed to its end. */
    World run(long seed) {
        Path root = files.getPath("/world");
        world = new World(seed, traced, root);
        try {
            play(world);
        } finally {
            delete(root);
        }
        return world;
    }

    private FileTime now() {
        return FileTime.from(world == null ? Instant.EPOCH : world.now());
    }

    private static void play(World world) {
        Workload workload = new Workload(world);
        int left = 3 + world.random.below(9);
        int atOnce = 1 + world.random.below(3);
        world.trace(
                null,
                () -> "seed " + world.seed + " " + world.profile + " "
                        + (world.registry.comparesAndSets ? "directory registry" : "MLflow") + ", "
                        + world.configuration.policy().sentence());
        for (int turn = 0; turn < MAX_TURNS && (left > 0 || anyAlive(world)); turn++) {
            world.deliverLate(false);
            if (world.random.perMille(world.profile.outsiders())) {
                world.outsider.act();
            }
            long alive = world.workers.stream().filter(w -> !w.isEnded()).count();
            if (left > 0 && (alive == 0 || alive < atOnce && world.random.perMille(200))) {
                left--;
                world.workers.add(workload.next());
            }
            turn(world);
        }
        world.quiet();
        world.deliverLate(true);
        for (int turn = 0; turn < MAX_QUIET_TURNS && anyAlive(world); turn++) {
            turn(world);
        }
        world.workers.stream()
                .filter(w -> !w.isEnded())
                .forEach(w -> world.violation(
                        "UNBOUNDED", w + " (" + w.task + ") has not ended in the state " + w.journal.states()));
        world.invariants.atTheEnd();
        for (String model : List.copyOf(world.registry.models.keySet())) {
            probe(world, workload, model);
        }
    }

    /** Where the guarded alias can go back, a rollback takes it back. */
    private static void probe(World world, Workload workload, String model) {
        Optional<HeldVersion> earlier = world.invariants.promotions().earlier(model);
        if (earlier.isEmpty() || world.profile.alwaysConflict()) {
            return;
        }
        world.coverage.count("rollback tried at the end");
        Worker probe = workload.probe(model);
        world.workers.add(probe);
        for (int turn = 0; turn < MAX_QUIET_TURNS && !probe.isEnded(); turn++) {
            turn(world);
        }
        if (probe.end.filter(Progress.Done.class::isInstance).isEmpty()) {
            world.violation(
                    "ROLLBACK_IMPOSSIBLE",
                    "at the end " + model + "@"
                            + io.jenkins.plugins.modeldelivery.engine.simulation.Configuration.GUARDED
                            + " could go back to " + earlier.get().number + ", but the rollback ended with "
                            + probe.end.map(Object::toString).orElse("a failure"));
        }
    }

    private static boolean anyAlive(World world) {
        return world.workers.stream().anyMatch(w -> !w.isEnded());
    }

    private static void turn(World world) {
        List<Worker> waiting =
                world.workers.stream().filter(Worker::awaitsApproval).toList();
        if (!waiting.isEmpty() && (world.isQuiet() || world.random.perMille(150))) {
            world.random.pick(waiting).approve(world.random.perMille(850));
            return;
        }
        List<Worker> runnable =
                world.workers.stream().filter(Worker::isRunnable).toList();
        if (!runnable.isEmpty()) {
            world.random.pick(runnable).step();
            return;
        }
        Optional<Instant> next = world.workers.stream()
                .map(Worker::wakes)
                .flatMap(Optional::stream)
                .min(Comparator.naturalOrder());
        next.ifPresent(time -> {
            world.clock.advanceTo(time.plusMillis(1));
            world.workers.stream()
                    .filter(w -> w.awaitsApproval()
                            && w.wakes().filter(t -> t.isBefore(world.now())).isPresent())
                    .forEach(Worker::wakeUp);
        });
    }

    private static void delete(Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> walk = Files.walk(directory)) {
            for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            files.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
