package io.jenkins.plugins.modeldelivery.engine.gate;

import io.jenkins.plugins.modeldelivery.engine.metrics.Metrics;
import java.util.Objects;

/** What a candidate is compared with, as far as there is anything. */
public sealed interface Baseline {
    /** There has been none so far: a first model, or a gate that names no baseline. */
    record None() implements Baseline {}

    /**
     * There is one.
     *
     * @param description of its source, within a sentence: "the baseline champion (version 3)"
     */
    record Known(Metrics metrics, String description) implements Baseline {
        public Known {
            Objects.requireNonNull(metrics);
            Objects.requireNonNull(description);
        }
    }

    /**
     * There was one, and it is gone: checks that need it are inconclusive, whatever {@link OnMissingBaseline} says.
     *
     * @param reason as a clause: "the alias champion was removed, it pointed to version 3"
     */
    record Vanished(String reason) implements Baseline {
        public Vanished {
            Objects.requireNonNull(reason);
        }
    }

    /** Empty unless it is known. */
    default Metrics numbers() {
        return this instanceof Known known ? known.metrics() : Metrics.NONE;
    }
}
