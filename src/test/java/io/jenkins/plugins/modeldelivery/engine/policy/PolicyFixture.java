package io.jenkins.plugins.modeldelivery.engine.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.modeldelivery.engine.access.CodeKind;
import io.jenkins.plugins.modeldelivery.engine.access.Identities;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A policy for one version, and what is known of that version. */
abstract class PolicyFixture {
    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    static final String GATES = "\"gates\": {\"tabular\": {\"checks\": [\"auc >= 0.85\"]}},";

    final Map<String, String> tags = new TreeMap<>();
    final Map<String, Optional<Instant>> aliases = new TreeMap<>();
    final Map<String, BaselineNow> baselines = new TreeMap<>();
    final List<Evidence> evidence = new ArrayList<>();
    final List<Approval> approvals = new ArrayList<>();
    List<String> requesters = List.of("ann");
    Identities identities = Identities.EXACT;
    Optional<String> item = Optional.empty();
    CodeKind code = CodeKind.OWN;
    Optional<String> registeredBy = Optional.empty();

    static Rules rules(String policy) {
        String document = "{" + GATES + "\"policies\": {\"production\": {\"alias\": \"champion\"" + policy + "}}}";
        return Rules.parse(
                Json.read(document.getBytes(StandardCharsets.UTF_8), ErrorKind.INVALID_INPUT, "The test's document"));
    }

    Decision decide(String policy) {
        Rules rules = rules(policy);
        PromotionFacts facts = new PromotionFacts(
                "churn",
                "7",
                item,
                code,
                tags,
                registeredBy,
                aliases,
                evidence,
                baselines,
                approvals,
                requesters,
                NOW,
                identities);
        return PolicyEvaluator.evaluate(rules.policies().get("production"), rules.gates(), facts);
    }

    RuleResult only(String policy) {
        Decision decision = decide(policy);
        assertThat(decision.rules()).hasSize(1);
        return decision.rules().get(0);
    }
}
