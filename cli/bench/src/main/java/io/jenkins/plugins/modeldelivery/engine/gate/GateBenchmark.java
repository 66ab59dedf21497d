package io.jenkins.plugins.modeldelivery.engine.gate;

import io.jenkins.plugins.modeldelivery.engine.metrics.Metric;
import io.jenkins.plugins.modeldelivery.engine.metrics.Metrics;
import io.jenkins.plugins.modeldelivery.engine.metrics.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Evaluates checks on ten times as many values: as many metrics as checks, each on nine slices and the whole data. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
public class GateBenchmark {
    private static final int SLICES = 9;
    private static final List<String> FORMS = List.of(
            " >= 0.5",
            " >= baseline - 0.005",
            "{country=*} >= 0.5",
            "{country=*} >= baseline * 0.98",
            "{country=*} >= 0.5 with confidence 95%");

    @Param({"1000", "10000", "100000"})
    int checks;

    private Gate gate;
    private Gate misspelt;
    private Metrics candidate;
    private Optional<Metrics> baseline;

    @Setup
    public void build() {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < checks; i++) {
            String metric = "m" + i;
            String form = FORMS.get(i % FORMS.size());
            lines.add(i % 10 == 9 ? "max_gap(" + metric + "{country=*}) <= 0.5" : metric + form);
        }
        gate = Gate.of("bench", lines);
        misspelt = Gate.of(
                "bench",
                lines.stream()
                        .map(line -> line.replace("m", "n"))
                        .map(line -> line.replace("nax_gap", "max_gap"))
                        .toList());
        candidate = metrics(0.75);
        baseline = Optional.of(metrics(0.7));
        if (GateEvaluator.evaluate(gate, candidate, baseline).verdict() != Verdict.PASSED) {
            throw new IllegalStateException("the gate was to pass");
        }
    }

    private Metrics metrics(double value) {
        List<Metric> all = new ArrayList<>();
        for (int i = 0; i < checks; i++) {
            all.add(metric(i, Slice.ALL, value));
            for (int s = 0; s < SLICES; s++) {
                all.add(metric(i, Slice.of(Map.of("country", "c" + s)), value + s / 100.0));
            }
        }
        return Metrics.of(all);
    }

    private static Metric metric(int i, Slice slice, double value) {
        return new Metric(
                "m" + i,
                slice,
                value + i % 100 / 10_000.0,
                OptionalLong.of(5000),
                OptionalDouble.empty(),
                List.of(),
                Optional.of("d"));
    }

    @Benchmark
    public GateReport evaluate() {
        return GateEvaluator.evaluate(gate, candidate, baseline);
    }

    /** None of the metrics exists, so that every check looks for a name that was meant. */
    @Benchmark
    public GateReport missing() {
        return GateEvaluator.evaluate(misspelt, candidate, baseline);
    }
}
