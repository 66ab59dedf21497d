package io.jenkins.plugins.modeldelivery.engine.gate;

import io.jenkins.plugins.modeldelivery.engine.model.Metrics;

/** Where the baseline's metrics come from. */
public sealed interface BaselineSource {
    /** An alias ("champion", "champion~1") or a version ("7") of the same model. */
    record Reference(String text) implements BaselineSource {}

    /**
     * A metrics file.
     *
     * @param path as it was configured; it alone counts for the gate's digest
     * @param directory where a relative path starts, which differs from machine to machine; empty for the current one
     */
    record File(String path, String directory) implements BaselineSource {}

    /** Fixed numbers. */
    record Numbers(Metrics metrics) implements BaselineSource {}

    /** Within a sentence. */
    default String description() {
        if (this instanceof Reference reference) {
            return "the baseline " + reference.text();
        }
        return this instanceof File file ? "the baseline file " + file.path() : "the gate's own baseline";
    }
}
