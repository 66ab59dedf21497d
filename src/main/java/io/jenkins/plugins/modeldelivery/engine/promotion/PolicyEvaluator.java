package io.jenkins.plugins.modeldelivery.engine.promotion;

import io.jenkins.plugins.modeldelivery.engine.gate.Gate;
import io.jenkins.plugins.modeldelivery.engine.gate.Verdict;
import io.jenkins.plugins.modeldelivery.engine.model.Durations;
import io.jenkins.plugins.modeldelivery.engine.model.Tags;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Evaluates a policy. A pure function; every rule is looked at, so that all that is unmet is known at once. */
public final class PolicyEvaluator {
    private final Policy policy;
    private final Map<String, Gate> gates;
    private final PromotionFacts facts;
    private final List<RuleResult> results = new ArrayList<>();

    private PolicyEvaluator(Policy policy, Map<String, Gate> gates, PromotionFacts facts) {
        this.policy = policy;
        this.gates = gates;
        this.facts = facts;
    }

    /** @param gates all that the policy names */
    public static Decision evaluate(Policy policy, Map<String, Gate> gates, PromotionFacts facts) {
        PolicyEvaluator evaluator = new PolicyEvaluator(policy, gates, facts);
        evaluator.from();
        policy.gates().forEach(evaluator::gate);
        policy.requiredTags().forEach(evaluator::tag);
        evaluator.branch();
        evaluator.items();
        policy.approvals().ifPresent(evaluator::approvals);
        return new Decision(evaluator.results);
    }

    private void from() {
        if (policy.from().isEmpty()) {
            return;
        }
        Set<String> borne = new TreeSet<>(facts.aliases().keySet());
        borne.retainAll(policy.from());
        String wanted = String.join(" or ", policy.from());
        if (borne.isEmpty()) {
            results.add(RuleResult.unmet(
                    "from", facts.model() + "/" + facts.version() + " bears none of them", "it must bear " + wanted));
        } else {
            results.add(RuleResult.met("from", "it bears " + String.join(", ", borne)));
        }
        policy.minimumAge().ifPresent(age -> minimumAge(age, borne));
    }

    private void minimumAge(Duration age, Set<String> borne) {
        Optional<Instant> since = borne.stream()
                .map(alias -> facts.aliases().get(alias))
                .flatMap(Optional::stream)
                .min(Instant::compareTo);
        String needed = "it must have borne " + String.join(" or ", policy.from()) + " for " + Durations.text(age);
        if (since.isEmpty()) {
            results.add(RuleResult.unmet("minimumAge", "the record does not say since when it bears it", needed));
        } else if (since.get().plus(age).isAfter(facts.now())) {
            results.add(RuleResult.unmet(
                    "minimumAge",
                    "it bears it since " + since.get(),
                    needed + ", which is at " + since.get().plus(age)));
        } else {
            results.add(RuleResult.met("minimumAge", "it bears it since " + since.get()));
        }
    }

    /** The newest evidence for the gate as it is configured now counts; what an older one said does not. */
    private void gate(String name) {
        String digest = gates.get(name).digest();
        List<Evidence> all = facts.evidence().stream()
                .filter(e -> e.gate().equals(name))
                .sorted((a, b) -> Long.compare(a.sequence(), b.sequence()))
                .toList();
        List<Evidence> current =
                all.stream().filter(e -> e.gateDigest().equals(digest)).toList();
        String rule = "gate " + name;
        String needed = "the gate " + name + " must pass for this version";
        if (current.isEmpty()) {
            results.add(RuleResult.unmet(
                    rule,
                    all.isEmpty()
                            ? "the record has no evidence for this version"
                            : "there is evidence, but the gate was changed since",
                    needed));
            return;
        }
        Evidence newest = current.get(current.size() - 1);
        Optional<Duration> tooOld =
                policy.maxEvidenceAge().filter(age -> newest.time().plus(age).isBefore(facts.now()));
        Optional<String> stale =
                Optional.ofNullable(facts.baselines().get(name)).flatMap(now -> now.staleness(newest.baseline()));
        if (newest.verdict() != Verdict.PASSED) {
            results.add(RuleResult.unmet(rule, newest.verdict() + " at " + newest.time(), needed));
        } else if (stale.isPresent()) {
            results.add(RuleResult.unmet(
                    rule,
                    "passed at " + newest.time() + ", but " + stale.get(),
                    "the gate " + name + " must pass again"));
        } else if (tooOld.isPresent()) {
            results.add(RuleResult.unmet(
                    rule,
                    "passed at " + newest.time() + ", longer ago than " + Durations.text(tooOld.get()),
                    "the gate " + name + " must pass again"));
        } else {
            results.add(RuleResult.met(rule, "passed at " + newest.time() + " (event " + newest.sequence() + ")"));
        }
    }

    private void tag(String key) {
        String value = facts.tags().getOrDefault(key, "");
        results.add(
                value.isBlank()
                        ? RuleResult.unmet(
                                "tag " + key, "the version has no such tag", "the version needs the tag " + key)
                        : RuleResult.met("tag " + key, value));
    }

    private void branch() {
        if (policy.branches().isEmpty()) {
            return;
        }
        String branch = facts.tags().getOrDefault(Tags.BRANCH, "");
        boolean matches = !branch.isEmpty()
                && policy.branches().stream()
                        .anyMatch(glob ->
                                ItemPatterns.regex(glob, ".*").matcher(branch).matches());
        results.add(
                matches
                        ? RuleResult.met("branches", branch)
                        : RuleResult.unmet(
                                "branches",
                                branch.isEmpty() ? "the version's branch is not known" : "it was built from " + branch,
                                "it must be built from " + String.join(" or ", policy.branches())));
    }

    /** Without Jenkins nobody can prove to be an item, so what is limited to items is promoted in Jenkins alone. */
    private void items() {
        if (policy.items().patterns().isEmpty()) {
            return;
        }
        boolean admitted = facts.item().filter(policy.items()::admits).isPresent();
        String found = facts.item()
                .map(item -> "it is promoted by " + item)
                .orElse("it is promoted outside Jenkins, where there are no items");
        results.add(
                admitted
                        ? RuleResult.met("items", found)
                        : RuleResult.unmet(
                                "items",
                                found,
                                "it must be promoted by an item of Jenkins that matches "
                                        + String.join(" or ", policy.items().patterns())));
    }

    private void approvals(ApprovalRule rule) {
        Optional<Approval> override =
                facts.approvals().stream().filter(Approval::override).findFirst();
        List<String> by = rule.approvers(facts.approvals(), facts.requesters(), facts.identities());
        String found = by.isEmpty() ? "nobody has approved" : "approved by " + String.join(", ", by);
        if (override.isPresent()) {
            results.add(RuleResult.met(
                    "approvals", "overridden by " + override.get().by()));
        } else if (by.size() >= rule.count()) {
            results.add(RuleResult.met("approvals", found));
        } else {
            results.add(new RuleResult(
                    "approvals",
                    RuleResult.Outcome.APPROVAL_NEEDED,
                    found,
                    (rule.count() - by.size()) + " more must approve"
                            + (rule.from().isEmpty() ? "" : ", from " + String.join(", ", rule.from()))
                            + (rule.notRequester() && !facts.requesters().isEmpty()
                                    ? ", not " + String.join(", ", facts.requesters())
                                    : "")));
        }
    }
}
