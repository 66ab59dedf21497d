package io.jenkins.plugins.modeldelivery.engine.policy;

import io.jenkins.plugins.modeldelivery.engine.access.CodeKind;
import io.jenkins.plugins.modeldelivery.engine.access.Identities;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that a policy looks at.
 *
 * @param item full name of the item of Jenkins that promotes it; empty outside Jenkins
 * @param code that the build runs which promotes it
 * @param tags of the version; those that the product writes are as the record has them
 * @param registeredBy full name of the job of Jenkins that registered the version; empty if the record knows none
 * @param aliases that the version has, and since when if the record knows
 * @param evidence for exactly this version, oldest first
 * @param baselines by gate, for those that compare with an alias or a version: what they would compare with now
 * @param requesters user ids of all who ask for the promotion or brought what is promoted; empty if nobody is known
 * @param now the time that ages are measured at
 * @param identities when two ids name the same user or group
 */
public record PromotionFacts(
        String model,
        String version,
        Optional<String> item,
        CodeKind code,
        Map<String, String> tags,
        Optional<String> registeredBy,
        Map<String, Optional<Instant>> aliases,
        List<Evidence> evidence,
        Map<String, BaselineNow> baselines,
        List<Approval> approvals,
        List<String> requesters,
        Instant now,
        Identities identities) {
    public PromotionFacts {
        tags = Map.copyOf(tags);
        aliases = Map.copyOf(aliases);
        evidence = List.copyOf(evidence);
        baselines = Map.copyOf(baselines);
        approvals = List.copyOf(approvals);
        requesters = List.copyOf(requesters);
    }
}
