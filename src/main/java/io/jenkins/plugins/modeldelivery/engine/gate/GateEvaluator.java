package io.jenkins.plugins.modeldelivery.engine.gate;

import io.jenkins.plugins.modeldelivery.engine.metrics.Metrics;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Evaluates a gate. A pure function: the same numbers give the same report, anywhere and at any time. */
public final class GateEvaluator {
    private GateEvaluator() {}

    /**
     * As {@link #evaluate(Gate, Metrics, Baseline)}, without a baseline that is gone.
     *
     * @param baseline empty if there is none
     */
    public static GateReport evaluate(Gate gate, Metrics candidate, Optional<Metrics> baseline) {
        String source = gate.baseline().map(BaselineSource::description).orElse("the baseline");
        return evaluate(
                gate,
                candidate,
                baseline.<Baseline>map(m -> new Baseline.Known(m, source)).orElseGet(Baseline.None::new));
    }

    /**
     * Every check on every slice that it names; the verdict is the gravest.
     *
     * @throws DeliveryException INVALID_INPUT if the gate has no checks: a gate that checks nothing must not pass
     */
    public static GateReport evaluate(Gate gate, Metrics candidate, Baseline baseline) {
        gate.requireChecks();
        List<CheckResult> results = new ArrayList<>();
        for (Check check : gate.checks()) {
            results.addAll(new CheckEvaluator(check, gate, candidate, baseline).evaluate());
        }
        return new GateReport(verdict(results), Optional.empty(), gate.name(), gate.digest(), results);
    }

    private static Verdict verdict(List<CheckResult> results) {
        Verdict gravest = Verdict.PASSED;
        for (CheckResult result : results) {
            gravest = result.verdict().isGraverThan(gravest) ? result.verdict() : gravest;
        }
        return gravest;
    }
}
