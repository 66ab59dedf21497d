package io.jenkins.plugins.modeldelivery.engine.metrics;

import com.fasterxml.jackson.core.io.NumberOutput;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * One measured number.
 *
 * @param name never empty
 * @param slice what it was measured on
 * @param value may be NaN or infinite (such a value fails its checks); the largest double is read as infinite
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
        value = read(value);
        stderr = stderr.isPresent() ? OptionalDouble.of(read(stderr.getAsDouble())) : stderr;
        values =
                values.isEmpty() ? List.of() : values.stream().map(Metric::read).toList();
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

    /** A store that has no infinities keeps the largest double in their place, as MLflow's SQL store does. */
    private static double read(double number) {
        return Math.abs(number) == Double.MAX_VALUE ? Math.copySign(Double.POSITIVE_INFINITY, number) : number;
    }

    /**
     * The mean, summed without rounding errors and without overflow.
     *
     * @param values at least one, all finite
     */
    public static BigDecimal mean(List<Double> values) {
        BigDecimal sum = BigDecimal.ZERO;
        for (double value : values) {
            sum = sum.add(decimal(value).orElseThrow());
        }
        return sum.divide(BigDecimal.valueOf(values.size()), MathContext.DECIMAL128);
    }

    public Key key() {
        return new Key(name, slice);
    }

    /** What tells one metric of a version from another. */
    public record Key(String name, Slice slice) {
        private static final Pattern UNCLEAR = Pattern.compile("[{}\"\\\\]");

        /** Written out as hashCode is: what Java makes of a record at its first use takes 30 ms, a tenth of a short command. */
        @Override
        public boolean equals(Object other) {
            return other instanceof Key that && name.equals(that.name) && slice.equals(that.slice);
        }

        @Override
        public int hashCode() {
            return 31 * name.hashCode() + slice.hashCode();
        }

        /** Such as {@code auc{country=DE}}; no two keys have the same text. */
        @Override
        public String toString() {
            return (UNCLEAR.matcher(name).find() ? NameQuoting.quoted(name) : name) + slice;
        }
    }
}
