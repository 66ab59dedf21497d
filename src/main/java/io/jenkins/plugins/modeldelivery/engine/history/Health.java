package io.jenkins.plugins.modeldelivery.engine.history;

import io.jenkins.plugins.modeldelivery.engine.record.AliasTarget;
import io.jenkins.plugins.modeldelivery.engine.record.EndpointStatus;
import io.jenkins.plugins.modeldelivery.engine.record.Event;
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
record Health(
        Past past,
        List<AliasTarget> aliases,
        List<EndpointStatus> endpoints,
        Optional<Event> lastGate,
        Map<String, Duration> evidenceAges,
        Instant now) {

    List<Concern> concerns() {
        Set<Concern> found = EnumSet.noneOf(Concern.class);
        if (past.damaged()) {
            found.add(Concern.RECORD_DAMAGED);
        }
        endpoints.forEach(endpoint -> endpoint(endpoint, found));
        aliases.forEach(bearer -> evidence(bearer, found));
        lastGate.ifPresent(gate -> verdict(gate, found));
        aliases.stream()
                .flatMap(bearer -> bearer.version().stream())
                .distinct()
                .flatMap(version -> past.gate(version).stream())
                .forEach(gate -> verdict(gate, found));
        List<Concern> inOrder = new ArrayList<>(Arrays.asList(Concern.values()));
        inOrder.retainAll(found);
        return inOrder;
    }

    private void endpoint(EndpointStatus endpoint, Set<Concern> found) {
        if (endpoint.failed()) {
            found.add(Concern.ROLLOUT_FAILED);
        }
        endpoint.version().ifPresent(version -> {
            Optional<String> registered = past.digest(version);
            if (endpoint.digest().isPresent()
                    && registered.isPresent()
                    && !endpoint.digest().equals(registered)) {
                found.add(Concern.DIGEST_DIFFERS);
            }
            boolean borne = aliases.stream().anyMatch(bearer -> bearer.version().isPresent());
            if (borne && aliases.stream().noneMatch(bearer -> bearer.isAt(version))) {
                found.add(Concern.SERVES_OTHER_VERSION);
            }
        });
    }

    private void evidence(AliasTarget bearer, Set<Concern> found) {
        Duration age = evidenceAges.get(bearer.alias());
        if (age != null && bearer.version().isPresent()) {
            Optional<Event> passed = past.passedGate(bearer.version().get());
            if (passed.isEmpty() || passed.get().time().plus(age).isBefore(now)) {
                found.add(Concern.EVIDENCE_EXPIRED);
            }
        }
    }

    private static void verdict(Event gate, Set<Concern> found) {
        switch (gate.draft().details().path("verdict").asText()) {
            case "FAILED" -> found.add(Concern.GATE_FAILED);
            case "INCONCLUSIVE" -> found.add(Concern.GATE_INCONCLUSIVE);
            default -> {}
        }
    }
}
