package io.jenkins.plugins.modeldelivery.engine.policy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.access.ChangeRequests;
import io.jenkins.plugins.modeldelivery.engine.access.ItemPatterns;
import io.jenkins.plugins.modeldelivery.engine.access.RepositoryPattern;
import io.jenkins.plugins.modeldelivery.engine.gate.Gate;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.model.Durations;
import io.jenkins.plugins.modeldelivery.engine.model.Manifest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a promotion to an alias needs.
 *
 * @param alias that it guards
 * @param from aliases of which the version must have one; empty: none
 * @param gates whose evidence must be in the record
 * @param evidenceFrom the jobs of Jenkins whose evidence counts; without a pattern: {@code items}
 * @param registeredNumbers whether evidence counts only on numbers that were registered with the version
 * @param maxEvidenceAge how old evidence may be
 * @param requiredTags keys that must have a value
 * @param registeredBy the jobs of Jenkins that must have registered the version; without a pattern: anybody
 * @param repositories of which the version's code must come from one; empty: any
 * @param branches globs ({@code *}) of which the version's branch must match one; empty: any
 * @param items that may promote to the alias
 * @param changeRequests whose builds may promote to the alias
 * @param minimumAge how long the version must have had the alias that it comes from
 */
public record Policy(
        String name,
        String alias,
        List<String> from,
        List<String> gates,
        ItemPatterns evidenceFrom,
        boolean registeredNumbers,
        Optional<Duration> maxEvidenceAge,
        List<String> requiredTags,
        ItemPatterns registeredBy,
        List<RepositoryPattern> repositories,
        List<String> branches,
        ItemPatterns items,
        ChangeRequests changeRequests,
        Optional<ApprovalRule> approvals,
        Optional<Duration> minimumAge) {
    /** Stands for patterns of items that are not told. */
    private static final String OTHERS = "other items that the policy admits";

    public Policy {
        from = List.copyOf(from);
        gates = List.copyOf(gates);
        requiredTags = List.copyOf(requiredTags);
        repositories = List.copyOf(repositories);
        branches = List.copyOf(branches);
    }

    /** The jobs whose evidence counts. */
    ItemPatterns evidenceJobs() {
        return evidenceFrom.patterns().isEmpty() ? items : evidenceFrom;
    }

    /** What it asks of versions: without what it asks of those who promote. */
    public Policy ofVersions() {
        return new Policy(
                name,
                alias,
                from,
                gates,
                evidenceJobs(),
                registeredNumbers,
                maxEvidenceAge,
                requiredTags,
                registeredBy,
                repositories,
                branches,
                new ItemPatterns(List.of()),
                ChangeRequests.ALL,
                Optional.empty(),
                minimumAge);
    }

    /** {@code sha256:} over all of it and the digests of its gates. */
    public String digest(Map<String, Gate> configured) {
        return Manifest.digestOf(Json.canonical(toJson(configured)));
    }

    /** All of it with the digests of its gates, which the policy's own digest covers. */
    public ObjectNode toJson(Map<String, Gate> configured) {
        ObjectNode json = Json.object();
        json.put("name", name);
        json.put("alias", alias);
        list(json, "from", from);
        ObjectNode digests = json.putObject("gates");
        gates.forEach(gate -> digests.put(gate, configured.get(gate).digest()));
        some(json, "evidenceFrom", evidenceFrom.patterns());
        if (registeredNumbers) {
            json.put("metricsFrom", NumbersFrom.REGISTRATION.text());
        }
        maxEvidenceAge.ifPresent(age -> json.put("maxEvidenceAge", age.toString()));
        list(json, "requiredTags", requiredTags);
        some(json, "registeredBy", registeredBy.patterns());
        some(
                json,
                "repositories",
                repositories.stream().map(RepositoryPattern::text).toList());
        list(json, "branches", branches);
        some(json, "items", items.patterns());
        if (changeRequests != ChangeRequests.NONE) {
            json.put("changeRequests", changeRequests.text());
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

    private static void some(ObjectNode json, String key, List<String> values) {
        if (!values.isEmpty()) {
            list(json, key, values);
        }
    }

    private static String or(List<String> values) {
        return String.join(" or ", values);
    }

    /** The policy in plain words, for administrators: patterns of items name folders, which others may not know. */
    public String sentence() {
        return sentence(ItemPatterns::patterns);
    }

    /** The policy in plain words, for anybody who may read this item: of patterns of items, those that admit it. */
    public String sentenceFor(String item) {
        return sentence(all -> {
            List<String> told = new ArrayList<>(all.admitting(item));
            if (told.size() < all.patterns().size()) {
                told.add(OTHERS);
            }
            return told;
        });
    }

    private String sentence(Function<ItemPatterns, List<String>> told) {
        List<String> needs = new ArrayList<>();
        if (!from.isEmpty()) {
            needs.add("alias " + or(from)
                    + minimumAge
                            .map(age -> " for at least " + Durations.text(age))
                            .orElse(""));
        }
        if (!gates.isEmpty()) {
            needs.add((gates.size() == 1 ? "gate " : "gates ") + String.join(" and ", gates) + " passed"
                    + maxEvidenceAge
                            .map(age -> " in the last " + Durations.text(age))
                            .orElse("")
                    + (evidenceFrom.patterns().isEmpty() ? "" : " in " + or(told.apply(evidenceFrom)))
                    + (registeredNumbers ? " on metrics that were registered with the version" : ""));
        }
        if (!requiredTags.isEmpty()) {
            needs.add((requiredTags.size() == 1 ? "tag " : "tags ") + String.join(", ", requiredTags));
        }
        if (!registeredBy.patterns().isEmpty()) {
            needs.add("registered by " + or(told.apply(registeredBy)));
        }
        if (!repositories.isEmpty()) {
            needs.add("code from "
                    + or(repositories.stream().map(RepositoryPattern::text).toList()));
        }
        if (!branches.isEmpty()) {
            needs.add("branch " + or(branches));
        }
        if (!items.patterns().isEmpty()) {
            List<String> known = told.apply(items);
            needs.add("promoted by " + (known.get(0).equals(OTHERS) ? "" : "an item that matches ") + or(known));
        }
        approvals.ifPresent(rule -> needs.add(rule.count()
                + (rule.count() == 1 ? " approval" : " approvals")
                + (rule.from().isEmpty() ? "" : " from " + or(rule.from()))
                + (rule.notRequester() ? ", but not from the requester" : "")));
        return "Promotion to " + alias
                + (needs.isEmpty() ? " has no requirements." : " requires: " + String.join("; ", needs) + ".");
    }
}
