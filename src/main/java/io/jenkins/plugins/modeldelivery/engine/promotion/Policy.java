package io.jenkins.plugins.modeldelivery.engine.promotion;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.gate.Gate;
import io.jenkins.plugins.modeldelivery.engine.model.Durations;
import io.jenkins.plugins.modeldelivery.engine.model.Json;
import io.jenkins.plugins.modeldelivery.engine.model.Manifest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a promotion to an alias needs.
 *
 * @param alias that it guards
 * @param from aliases of which the version must bear one; empty: none
 * @param gates whose evidence must be in the record
 * @param maxEvidenceAge how old evidence may be
 * @param requiredTags keys that must have a value
 * @param branches globs ({@code *}) of which the version's branch must match one; empty: any
 * @param items that may promote to the alias
 * @param minimumAge how long the version must have borne the alias that it comes from
 */
public record Policy(
        String name,
        String alias,
        List<String> from,
        List<String> gates,
        Optional<Duration> maxEvidenceAge,
        List<String> requiredTags,
        List<String> branches,
        ItemPatterns items,
        Optional<ApprovalRule> approvals,
        Optional<Duration> minimumAge) {
    public Policy {
        from = List.copyOf(from);
        gates = List.copyOf(gates);
        requiredTags = List.copyOf(requiredTags);
        branches = List.copyOf(branches);
    }

    /** {@code sha256:} over all of it and the digests of its gates. */
    public String digest(Map<String, Gate> configured) {
        byte[] bytes = Json.canonical(toJson(configured)).getBytes(StandardCharsets.UTF_8);
        return "sha256:" + HexFormat.of().formatHex(Manifest.sha256().digest(bytes));
    }

    /** All of it with the digests of its gates, which the policy's own digest covers. */
    public ObjectNode toJson(Map<String, Gate> configured) {
        ObjectNode json = Json.object();
        json.put("name", name);
        json.put("alias", alias);
        list(json, "from", from);
        ObjectNode digests = json.putObject("gates");
        gates.forEach(gate -> digests.put(gate, configured.get(gate).digest()));
        maxEvidenceAge.ifPresent(age -> json.put("maxEvidenceAge", age.toString()));
        list(json, "requiredTags", requiredTags);
        list(json, "branches", branches);
        if (!items.patterns().isEmpty()) {
            list(json, "items", items.patterns());
        }
        approvals.ifPresent(rule -> {
            ObjectNode node = json.putObject("approvals");
            node.put("count", rule.count());
            list(node, "from", rule.from());
            node.put("notRequester", rule.notRequester());
        });
        minimumAge.ifPresent(age -> json.put("minimumAge", age.toString()));
        return json;
    }

    private static void list(ObjectNode json, String key, List<String> values) {
        ArrayNode array = json.putArray(key);
        values.forEach(array::add);
    }

    /** The policy in plain words. */
    public String sentence() {
        List<String> needs = new ArrayList<>();
        if (!from.isEmpty()) {
            needs.add("bears " + String.join(" or ", from)
                    + minimumAge
                            .map(age -> " for at least " + Durations.text(age))
                            .orElse(""));
        }
        if (!gates.isEmpty()) {
            needs.add("has passed " + String.join(" and ", gates)
                    + maxEvidenceAge
                            .map(age -> " within the last " + Durations.text(age))
                            .orElse(""));
        }
        if (!requiredTags.isEmpty()) {
            needs.add("has the tags " + String.join(", ", requiredTags));
        }
        if (!branches.isEmpty()) {
            needs.add("was built from " + String.join(" or ", branches));
        }
        if (!items.patterns().isEmpty()) {
            needs.add("is promoted by an item that matches " + String.join(" or ", items.patterns()));
        }
        approvals.ifPresent(rule -> needs.add("was approved by " + rule.count()
                + (rule.from().isEmpty() ? "" : " of " + String.join(", ", rule.from()))
                + (rule.notRequester() ? ", not by who asks for it" : "")));
        return "A version becomes " + alias + " if it " + (needs.isEmpty() ? "exists" : String.join(", ", needs)) + ".";
    }
}
