package io.jenkins.plugins.modeldelivery.engine.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The outcome of many schedules.
 *
 * @param violations by seed
 * @param coverage how often each thing happened that an invariant is about
 */
record Campaign(Map<Long, List<World.Violation>> violations, Coverage coverage) {
    /** Plays schedules, each on one thread and in a world of its own. */
    static Campaign play(long first, long schedules, int threads) {
        AtomicLong next = new AtomicLong(first);
        Campaign all = new Campaign(new TreeMap<>(), new Coverage());
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<Campaign>> parts = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                Callable<Campaign> part = () -> part(next, first + schedules);
                parts.add(pool.submit(part));
            }
            for (Future<Campaign> part : parts) {
                all.violations.putAll(part.get().violations());
                all.coverage.add(part.get().coverage());
            }
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        } finally {
            pool.shutdownNow();
        }
        return all;
    }

    private static Campaign part(AtomicLong next, long end) {
        Campaign part = new Campaign(new TreeMap<>(), new Coverage());
        try (Simulation simulation = new Simulation(false)) {
            for (long seed = next.getAndIncrement(); seed < end; seed = next.getAndIncrement()) {
                World world = simulation.run(seed);
                part.coverage.add(world.coverage);
                if (!world.violations.isEmpty()) {
                    part.violations.put(seed, List.copyOf(world.violations));
                }
            }
        }
        return part;
    }

    /** The kinds of violation with their number and some seeds of each, for people. */
    String summary(int seeds) {
        Map<String, List<String>> lines = new TreeMap<>();
        violations.forEach(
                (seed, all) -> all.forEach(violation -> lines.computeIfAbsent(violation.kind(), k -> new ArrayList<>())
                        .add("    seed " + seed + ": " + violation.text())));
        StringBuilder text = new StringBuilder();
        lines.forEach((kind, all) -> {
            text.append(all.size()).append(' ').append(kind).append('\n');
            all.stream().limit(seeds).forEach(line -> text.append(line).append('\n'));
        });
        return text.toString();
    }
}
