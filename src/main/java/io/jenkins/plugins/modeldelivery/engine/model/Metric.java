package io.jenkins.plugins.modeldelivery.engine.model;

import com.fasterxml.jackson.core.io.NumberOutput;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * One measured number.
 *
 * @param name never empty
 * @param slice what it was measured on
 * @param value may be NaN or infinite (such a value fails its checks)
 * @param n how many examples, at least 0
 * @param stderr standard error of the value, at least 0
 * @param values one value per fold or resample, empty if not given
 * @param dataset what identifies the data it was measured on, best a digest; metrics with different ones are not compared
 * @param datasetName what people call that data; decides nothing
 */
public record Metric(
        String name,
        Slice slice,
        double value,
        OptionalLong n,
        OptionalDouble stderr,
        List<Double> values,
        Optional<String> dataset,
        Optional<String> datasetName) {

    public Metric {
        Objects.requireNonNull(name);
        Objects.requireNonNull(slice);
        values = List.copyOf(values);
        Objects.requireNonNull(dataset);
        Objects.requireNonNull(datasetName);
    }

    /** Without a name of the data. */
    public Metric(
            String name,
            Slice slice,
            double value,
            OptionalLong n,
            OptionalDouble stderr,
            List<Double> values,
            Optional<String> dataset) {
        this(name, slice, value, n, stderr, values, dataset, Optional.empty());
    }

    public static Metric of(String name, double value) {
        return new Metric(
                name, Slice.ALL, value, OptionalLong.empty(), OptionalDouble.empty(), List.of(), Optional.empty());
    }

    public Metric withDataset(Optional<String> newDataset) {
        return new Metric(name, slice, value, n, stderr, values, newDataset, datasetName);
    }

    public Metric withDatasetName(Optional<String> newName) {
        return new Metric(name, slice, value, n, stderr, values, dataset, newName);
    }

    /** The value on its shortest decimal text; empty for NaN and infinities. */
    public Optional<BigDecimal> decimal() {
        return decimal(value);
    }

    /**
     * The number that the shortest decimal text of a double writes: 0.1 is 0.1, not 0.1000000000000000055…. Jackson's
     * writer is used because {@code Double.toString} is not the shortest before JDK 19.
     */
    public static Optional<BigDecimal> decimal(double value) {
        return Double.isFinite(value)
                ? Optional.of(new BigDecimal(NumberOutput.toString(value, true)))
                : Optional.empty();
    }

    /** What tells one metric of a version from another. */
    record Key(String name, Slice slice) {}
}
