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
        Map<String, Optional<Instant>> since = new TreeMap<>();
        aliases.forEach(alias -> since.put(alias, Optional.empty()));
        List<Evidence> evidence = new ArrayList<>();
        bench.records().each(registry, version.name(), event -> {
            bearerSince(event, version.version(), since);
            evidence(event, version.version()).ifPresent(evidence::add);
        });
        return new PromotionFacts(
                version.name(),
                version.version(),
                bench.actor().item(),
                version.tags(),
                since,
                evidence,
                approvals,
                bench.actor().requesters(),
                bench.clock().instant(),
                bench.identities());
    }

    private static Optional<Evidence> evidence(Event event, String version) {
        JsonNode details = event.draft().details();
        boolean counts = event.draft().type().equals("gated")
                && event.draft().version().equals(Optional.of(version))
                && details.hasNonNull("gate");
        return counts
                ? Optional.of(new Evidence(
                        details.path("gate").asText(),
                        details.path("gateDigest").asText(),
                        Verdict.valueOf(details.path("verdict").asText()),
                        event.time(),
                        event.sequence()))
                : Optional.empty();
    }

    /** The record's newest word on who bears the alias counts; a move past the record makes it unknown. */
    private static void bearerSince(Event event, String version, Map<String, Optional<Instant>> since) {
        JsonNode details = event.draft().details();
        String alias = details.path("alias").asText();
        if (MoveEvents.ANNOUNCE.contains(event.draft().type()) && since.containsKey(alias)) {
            since.put(
                    alias, details.path("to").asText().equals(version) ? Optional.of(event.time()) : Optional.empty());
        }
    }
}
