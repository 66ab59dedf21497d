package io.jenkins.plugins.modeldelivery.engine.gate;

import io.jenkins.plugins.modeldelivery.engine.metrics.Metrics;
import io.jenkins.plugins.modeldelivery.engine.metrics.MetricsFile;
import io.jenkins.plugins.modeldelivery.engine.model.Sha256;
import java.util.Optional;

/** Where the baseline's metrics come from. */
public sealed interface BaselineSource {
    /** An alias ("champion", "champion~1") or a version ("7") of the same model. */
    record Reference(String text) implements BaselineSource {}

    /**
     * A metrics file.
     *
     * @param path as it was configured
     * @param content empty as long as it was not read; it counts for the gate's digest
     */
    record File(String path, Optional<FileContent> content) implements BaselineSource {
        /** Not read so far. */
        public File(String path) {
            this(path, Optional.empty());
        }

        /**
         * The same file, read.
         *
         * @throws io.jenkins.plugins.modeldelivery.engine.model.DeliveryException INVALID_INPUT if it is no metrics file
         */
        public File read(byte[] bytes) {
            return new File(path, Optional.of(new FileContent(Sha256.hex(bytes), MetricsFile.parse(path, bytes))));
        }
    }

    /**
     * What a file said when it was read.
     *
     * @param sha256 of its bytes, in hexadecimal digits
     */
    record FileContent(String sha256, Metrics metrics) {}

    /** Fixed numbers. */
    record Numbers(Metrics metrics) implements BaselineSource {}

    /** What it says by itself; empty for a reference, and for a file that was not read. */
    default Optional<Metrics> numbers() {
        if (this instanceof File file) {
            return file.content().map(FileContent::metrics);
        }
        return this instanceof Numbers fixed ? Optional.of(fixed.metrics()) : Optional.empty();
    }

    /** Within a sentence. */
    default String description() {
        if (this instanceof Reference reference) {
            return "the baseline " + reference.text();
        }
        return this instanceof File file ? "the baseline file " + file.path() : "the gate's own baseline";
    }
}
