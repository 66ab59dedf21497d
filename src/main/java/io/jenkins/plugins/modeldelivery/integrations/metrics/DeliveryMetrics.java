package io.jenkins.plugins.modeldelivery.integrations.metrics;

import com.codahale.metrics.Counter;
import com.codahale.metrics.Gauge;
import com.codahale.metrics.Metric;
import com.codahale.metrics.MetricSet;
import com.codahale.metrics.Timer;
import com.fasterxml.jackson.databind.JsonNode;
import hudson.Extension;
import io.jenkins.plugins.modeldelivery.engine.delivery.Refusal;
import io.jenkins.plugins.modeldelivery.engine.gate.Verdict;
import io.jenkins.plugins.modeldelivery.engine.model.Problem;
import io.jenkins.plugins.modeldelivery.run.Outcome;
import io.jenkins.plugins.modeldelivery.run.OutcomeListener;
import io.jenkins.plugins.modeldelivery.run.PendingApprovals;
import io.jenkins.plugins.modeldelivery.run.Verb;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import jenkins.metrics.api.MetricProvider;

/**
 * Counts since the controller started. No name says which model or job: whoever may see metrics may not therefore see those,
 * and their number has no bound. All are there from the start, so that an alert need not cope with what is not there yet.
 */
@Extension(optional = true)
public final class DeliveryMetrics extends MetricProvider implements OutcomeListener {
    static final String PREFIX = "model_delivery.";

    private final Map<String, Metric> all = new TreeMap<>();

    public DeliveryMetrics() {
        for (Verdict verdict : Verdict.values()) {
            all.put(gates(verdict.name()), new Counter());
        }
        for (Refusal refusal : Refusal.values()) {
            all.put(refusals(refusal), new Counter());
        }
        for (Problem problem : Problem.values()) {
            all.put(problems(problem), new Counter());
        }
        for (Verb verb : Verb.values()) {
            all.put(duration(verb), new Timer());
        }
        for (String name : new String[] {"registrations", "promotions", "deployments"}) {
            all.put(PREFIX + name, new Counter());
        }
        Gauge<Integer> waiting = () -> PendingApprovals.get().all().size();
        all.put(PREFIX + "approvals.waiting", waiting);
    }

    private static String gates(String verdict) {
        return PREFIX + "gates." + verdict.toLowerCase(Locale.ROOT);
    }

    private static String refusals(Refusal refusal) {
        return PREFIX + "refusals." + refusal.name().toLowerCase(Locale.ROOT);
    }

    private static String problems(Problem problem) {
        return PREFIX + "problems." + problem.name().toLowerCase(Locale.ROOT);
    }

    private static String duration(Verb verb) {
        return PREFIX + "duration." + verb.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public MetricSet getMetricSet() {
        return metrics(all);
    }

    @Override
    public void ended(Ended operation) {
        Outcome outcome = operation.outcome();
        ((Timer) all.get(duration(outcome.verb()))).update(operation.took());
        JsonNode gate = outcome.of(Verb.GATE);
        if (gate.hasNonNull("verdict")) {
            count(gates(gate.path("verdict").asText()));
        }
        outcome.refusal().ifPresent(why -> count(refusals(why)));
        boolean registered = outcome.of(Verb.REGISTER).hasNonNull("version");
        if (registered && !outcome.refusal().equals(Optional.of(Refusal.REGISTRATION_FAILED))) {
            count(PREFIX + "registrations");
        }
        JsonNode promotion = outcome.of(Verb.PROMOTE);
        if (promotion.path("changed").asBoolean() && !promotion.path("dryRun").asBoolean()) {
            count(PREFIX + "promotions");
        }
        JsonNode deployment = outcome.of(Verb.DEPLOY);
        if (deployment.path("changed").asBoolean()
                && deployment.path("state").asText().equals("live")) {
            count(PREFIX + "deployments");
        }
    }

    @Override
    public void failed(Verb verb, Problem problem) {
        count(problems(problem));
    }

    private void count(String name) {
        ((Counter) all.get(name)).inc();
    }
}
