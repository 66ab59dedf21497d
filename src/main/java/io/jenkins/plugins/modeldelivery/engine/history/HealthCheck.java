package io.jenkins.plugins.modeldelivery.engine.history;

import io.jenkins.plugins.modeldelivery.engine.record.AliasTarget;
import io.jenkins.plugins.modeldelivery.engine.record.EndpointStatus;
import io.jenkins.plugins.modeldelivery.engine.record.Event;
import io.jenkins.plugins.modeldelivery.engine.record.ModelState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds what people should look at. */
record HealthCheck(RecordQueries past, ModelState state, Map<String, Duration> evidenceAges, Instant now) {
    List<HealthIssue> concerns() {
        Set<HealthIssue> found = EnumSet.noneOf(HealthIssue.class);
        if (past.damaged()) {
            found.add(HealthIssue.RECORD_DAMAGED);
        }
        state.endpoints().forEach(endpoint -> endpoint(endpoint, found));
        state.aliases().forEach(target -> evidence(target, found));
        state.newestGate().ifPresent(gate -> verdict(gate, found));
        state.aliases().stream()
                .flatMap(target -> target.version().stream())
                .distinct()
                .flatMap(version -> past.gate(version).stream())
                .forEach(gate -> verdict(gate, found));
        List<HealthIssue> inOrder = new ArrayList<>(Arrays.asList(HealthIssue.values()));
        inOrder.retainAll(found);
        return inOrder;
    }

    private void endpoint(EndpointStatus endpoint, Set<HealthIssue> found) {
        if (endpoint.failed()) {
            found.add(HealthIssue.ROLLOUT_FAILED);
        }
        endpoint.version().ifPresent(version -> {
            Optional<String> registered = past.digest(version);
            if (endpoint.digest().isPresent()
                    && registered.isPresent()
                    && !endpoint.digest().equals(registered)) {
                found.add(HealthIssue.DIGEST_DIFFERS);
            }
            List<AliasTarget> aliases = state.aliases();
            boolean held = aliases.stream().anyMatch(target -> target.version().isPresent());
            if (held && aliases.stream().noneMatch(target -> target.isAt(version))) {
                found.add(HealthIssue.SERVES_OTHER_VERSION);
            }
        });
    }

    private void evidence(AliasTarget target, Set<HealthIssue> found) {
        Duration age = evidenceAges.get(target.alias());
        if (age != null && target.version().isPresent()) {
            Optional<Event> passed = past.passedGate(target.version().get());
            if (passed.isEmpty() || passed.get().time().plus(age).isBefore(now)) {
                found.add(HealthIssue.EVIDENCE_EXPIRED);
            }
        }
    }

    private static void verdict(Event gate, Set<HealthIssue> found) {
        switch (gate.draft().details().path("verdict").asText()) {
            case "FAILED" -> found.add(HealthIssue.GATE_FAILED);
            case "INCONCLUSIVE" -> found.add(HealthIssue.GATE_INCONCLUSIVE);
            default -> {}
        }
    }
}
