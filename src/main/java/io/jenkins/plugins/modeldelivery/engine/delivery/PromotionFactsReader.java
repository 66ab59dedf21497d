package io.jenkins.plugins.modeldelivery.engine.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.modeldelivery.engine.gate.Verdict;
import io.jenkins.plugins.modeldelivery.engine.model.ModelVersion;
import io.jenkins.plugins.modeldelivery.engine.promotion.Approval;
import io.jenkins.plugins.modeldelivery.engine.promotion.Evidence;
import io.jenkins.plugins.modeldelivery.engine.promotion.PromotionFacts;
import io.jenkins.plugins.modeldelivery.engine.record.Event;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Gathers what a policy looks at: from the registry what is, from the record what was decided and when. */
final class PromotionFactsReader {
    private final Workbench bench;

    PromotionFactsReader(Workbench bench) {
        this.bench = bench;
    }

    PromotionFacts read(String registry, ModelVersion version, List<String> aliases, List<Approval> approvals) {
        List<Event> events = bench.records().events(registry, version.name());
        Map<String, Optional<Instant>> since = new TreeMap<>();
        aliases.forEach(alias -> since.put(alias, bearerSince(events, alias, version.version())));
        return new PromotionFacts(
                version.name(),
                version.version(),
                bench.actor().item(),
                version.tags(),
                since,
                evidence(events, version.version()),
                approvals,
                bench.actor().requesters(),
                bench.clock().instant(),
                bench.identities());
    }

    private static List<Evidence> evidence(List<Event> events, String version) {
        List<Evidence> evidence = new ArrayList<>();
        for (Event event : events) {
            JsonNode details = event.draft().details();
            if (event.draft().type().equals("gated")
                    && event.draft().version().equals(Optional.of(version))
                    && details.hasNonNull("gate")) {
                evidence.add(new Evidence(
                        details.path("gate").asText(),
                        details.path("gateDigest").asText(),
                        Verdict.valueOf(details.path("verdict").asText()),
                        event.time(),
                        event.sequence()));
            }
        }
        return evidence;
    }

    /** The record's newest word on who bears the alias counts; a move past the record makes it unknown. */
    private static Optional<Instant> bearerSince(List<Event> events, String alias, String version) {
        Optional<Instant> since = Optional.empty();
        for (Event event : events) {
            JsonNode details = event.draft().details();
            if (MoveEvents.ANNOUNCE.contains(event.draft().type())
                    && details.path("alias").asText().equals(alias)) {
                since = details.path("to").asText().equals(version) ? Optional.of(event.time()) : Optional.empty();
            }
        }
        return since;
    }
}
