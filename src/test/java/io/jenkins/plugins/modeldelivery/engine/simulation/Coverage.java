package io.jenkins.plugins.modeldelivery.engine.simulation;

import java.util.Map;
import java.util.TreeMap;

/** How often each thing happened that an invariant is about; an invariant that was never put to the test proves nothing. */
final class Coverage {
    private final Map<String, long[]> counts = new TreeMap<>();

    void count(String what) {
        counts.computeIfAbsent(what, w -> new long[1])[0]++;
    }

    void add(Coverage other) {
        other.counts.forEach((what, n) -> counts.computeIfAbsent(what, w -> new long[1])[0] += n[0]);
    }

    long of(String what) {
        return counts.containsKey(what) ? counts.get(what)[0] : 0;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        counts.forEach((what, n) -> text.append(String.format("%,12d  %s%n", n[0], what)));
        return text.toString();
    }
}
