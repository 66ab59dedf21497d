package io.jenkins.plugins.modeldelivery.integrations.metrics;

import com.codahale.metrics.Counter;
import com.codahale.metrics.Gauge;
import com.codahale.metrics.Metric;
import com.codahale.metrics.MetricSet;
import com.codahale.metrics.Timer;
import com.fasterxml.jackson.databind.JsonNode;
import hudson.Extension;
import io.jenkins.plugins.modeldelivery.build.approval.PendingApprovals;
import io.jenkins.plugins.modeldelivery.build.operation.OperationType;
import io.jenkins.plugins.modeldelivery.build.operation.Outcome;
import io.jenkins.plugins.modeldelivery.build.operation.OutcomeListener;
import io.jenkins.plugins.modeldelivery.engine.gate.Verdict;
import io.jenkins.plugins.modeldelivery.engine.journal.RejectionReason;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import jenkins.metrics.api.MetricProvider;

/**
 * Counts since the controller started. No name says which model or job: anybody who may see metrics may not therefore see those,
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
        for (RejectionReason refusal : RejectionReason.values()) {
            all.put(refusals(refusal), new Counter());
        }
        for (ErrorKind problem : ErrorKind.values()) {
            all.put(problems(problem), new Counter());
        }
        for (OperationType type : OperationType.values()) {
            all.put(duration(type), new Timer());
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

    private static String refusals(RejectionReason refusal) {
        return PREFIX + "refusals." + refusal.name().toLowerCase(Locale.ROOT);
    }

    private static String problems(ErrorKind problem) {
        return PREFIX + "problems." + problem.name().toLowerCase(Locale.ROOT);
    }

    private static String duration(OperationType type) {
        return PREFIX + "duration." + type.key();
    }

    @Override
    public MetricSet getMetricSet() {
        return metrics(all);
    }

    @Override
    public void ended(Ended operation) {
        Outcome outcome = operation.outcome();
        ((Timer) all.get(duration(outcome.type()))).update(operation.took());
        JsonNode gate = outcome.of(OperationType.GATE);
        if (gate.hasNonNull("verdict")) {
            count(gates(gate.path("verdict").asText()));
        }
        outcome.refusal().ifPresent(why -> count(refusals(why)));
        boolean registered = outcome.of(OperationType.REGISTER).hasNonNull("version");
        if (registered && !outcome.refusal().equals(Optional.of(RejectionReason.REGISTRATION_FAILED))) {
            count(PREFIX + "registrations");
        }
        JsonNode promotion = outcome.of(OperationType.PROMOTE);
        if (promotion.path("changed").asBoolean() && !promotion.path("dryRun").asBoolean()) {
            count(PREFIX + "promotions");
        }
        JsonNode deployment = outcome.of(OperationType.DEPLOY);
        if (deployment.path("changed").asBoolean()
                && deployment.path("state").asText().equals("live")) {
            count(PREFIX + "deployments");
        }
    }

    @Override
    public void failed(OperationType type, ErrorKind problem) {
        count(problems(problem));
    }

    private void count(String name) {
        ((Counter) all.get(name)).inc();
    }
}
