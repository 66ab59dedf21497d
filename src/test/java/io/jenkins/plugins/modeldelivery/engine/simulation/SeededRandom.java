package io.jenkins.plugins.modeldelivery.engine.simulation;

import java.util.List;
import java.util.SplittableRandom;

/** All chance of one schedule comes from here, so that its seed repeats it. */
final class SeededRandom {
    private final SplittableRandom source;

    SeededRandom(long seed) {
        this.source = new SplittableRandom(seed);
    }

    /** True in so many of a thousand cases. */
    boolean perMille(int chance) {
        return chance > 0 && source.nextInt(1000) < chance;
    }

    boolean coin() {
        return source.nextBoolean();
    }

    /** From 0 to {@code bound - 1}. */
    int below(int bound) {
        return source.nextInt(bound);
    }

    <T> T pick(List<T> list) {
        return list.get(source.nextInt(list.size()));
    }

    @SafeVarargs
    final <T> T pick(T... values) {
        return values[source.nextInt(values.length)];
    }
}
