package io.jenkins.plugins.modeldelivery.engine.policy;

import io.jenkins.plugins.modeldelivery.engine.access.ItemPatterns;
import io.jenkins.plugins.modeldelivery.engine.gate.Gate;
import io.jenkins.plugins.modeldelivery.engine.gate.Verdict;
import io.jenkins.plugins.modeldelivery.engine.model.Durations;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether a gate has passed for a version. Evidence counts if it names the gate as it is configured now, comes from a job that
 * the policy admits, and is on numbers that the policy admits; of what counts, the newest decides.
 */
final class EvidenceRule {
    private final Policy policy;
    private final Map<String, Gate> gates;
    private final PromotionFacts facts;

    /** @param gates all that the policy names */
    EvidenceRule(Policy policy, Map<String, Gate> gates, PromotionFacts facts) {
        this.policy = policy;
        this.gates = gates;
        this.facts = facts;
    }

    RuleResult evaluate(String gate) {
        List<Evidence> all = facts.evidence().stream()
                .filter(e -> e.gate().equals(gate))
                .sorted(Comparator.comparingLong(Evidence::sequence))
                .toList();
        if (all.isEmpty()) {
            return mustPass(gate, "the record has no evidence for this version", "for this version");
        }
        String digest = gates.get(gate).digest();
        List<Evidence> current =
                all.stream().filter(e -> e.gateDigest().equals(digest)).toList();
        if (current.isEmpty()) {
            return mustPass(gate, "there is evidence, but the gate has changed since", "for this version");
        }
        List<Evidence> admitted =
                current.stream().filter(this::isFromAdmittedJob).toList();
        if (admitted.isEmpty()) {
            // Whose evidence there is, is not for everybody to know who may promote.
            return mustPass(
                    gate,
                    "there is evidence, but not from an item whose evidence counts",
                    "in an item of Jenkins that the policy admits");
        }
        List<Evidence> counting = admitted.stream()
                .filter(e -> !policy.registeredNumbers() || e.isOnRegisteredNumbers())
                .toList();
        if (counting.isEmpty()) {
            return mustPass(
                    gate,
                    "there is evidence, but " + newest(admitted).numbers(),
                    "on numbers that were registered with the version");
        }
        return evaluate(gate, newest(counting));
    }

    private RuleResult evaluate(String gate, Evidence newest) {
        if (newest.verdict() != Verdict.PASSED) {
            return mustPass(
                    gate,
                    newest.verdict() + " at " + newest.time() + " " + newest.origin(facts.item()),
                    "for this version");
        }
        Optional<String> stale =
                Optional.ofNullable(facts.baselines().get(gate)).flatMap(now -> now.staleness(newest.baseline()));
        if (stale.isPresent()) {
            return mustPass(gate, "passed at " + newest.time() + ", but " + stale.get(), "again");
        }
        return policy.maxEvidenceAge()
                .filter(age -> newest.time().plus(age).isBefore(facts.now()))
                .map(age -> mustPass(
                        gate, "passed at " + newest.time() + ", longer ago than " + Durations.text(age), "again"))
                .orElseGet(() -> RuleResult.met(
                        rule(gate),
                        "passed at " + newest.time() + " " + newest.origin(facts.item()) + ", " + newest.numbers()));
    }

    private boolean isFromAdmittedJob(Evidence evidence) {
        ItemPatterns jobs = policy.evidenceJobs();
        return jobs.patterns().isEmpty() || evidence.job().filter(jobs::admits).isPresent();
    }

    private static Evidence newest(List<Evidence> evidence) {
        return evidence.get(evidence.size() - 1);
    }

    private static RuleResult mustPass(String gate, String found, String how) {
        return RuleResult.unmet(rule(gate), found, "the gate " + gate + " must pass " + how);
    }

    private static String rule(String gate) {
        return "gate " + gate;
    }
}
