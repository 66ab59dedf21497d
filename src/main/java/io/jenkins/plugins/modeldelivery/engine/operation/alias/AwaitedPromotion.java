package io.jenkins.plugins.modeldelivery.engine.operation.alias;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.journal.JournalEntry;
import io.jenkins.plugins.modeldelivery.engine.journal.Progress;
import io.jenkins.plugins.modeldelivery.engine.operation.evidence.PromotionFactsReader;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A promotion that waits for approvals, as its journal has it: for code that cannot ask the operation, because it has not been
 * taken up since the process ended.
 *
 * @param since when approval was asked for
 * @param deadline when nobody may approve any more; empty: there is none
 * @param found what the operation found out, as {@link Progress.NeedsApproval#promotion()} has it; without {@code name},
 *     {@code registry} and {@code alias}, which the request says
 */
public record AwaitedPromotion(Instant since, Optional<Instant> deadline, ObjectNode found) {
    private static final List<String> FOUND =
            List.of("version", "policy", "policyDigest", "decision", PromotionFactsReader.REQUESTERS);

    /**
     * Empty if nobody may approve any more.
     *
     * @param whole the journal of a promotion, or of a delivery that promotes
     */
    public static Optional<AwaitedPromotion> of(ObjectNode whole) {
        ObjectNode promotion = Approvals.promotion(whole);
        if (!promotion.path(JournalEntry.STATE).asText().equals(Approvals.AWAITING)
                || promotion.has(Approvals.REFUSAL)) {
            return Optional.empty();
        }
        ObjectNode found = Json.object();
        for (String key : FOUND) {
            JsonNode value = promotion.path(key);
            if (!value.isMissingNode()) {
                found.set(key, value.deepCopy());
            }
        }
        return time(promotion, PromoteOperation.SINCE)
                .map(since -> new AwaitedPromotion(since, time(promotion, Approvals.DEADLINE), found));
    }

    private static Optional<Instant> time(JsonNode promotion, String key) {
        return Optional.ofNullable(promotion.path(key).textValue()).map(Instant::parse);
    }
}
