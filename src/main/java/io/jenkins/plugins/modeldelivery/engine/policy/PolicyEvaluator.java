package io.jenkins.plugins.modeldelivery.engine.policy;

import io.jenkins.plugins.modeldelivery.engine.access.ChangeRequests;
import io.jenkins.plugins.modeldelivery.engine.access.CodeKind;
import io.jenkins.plugins.modeldelivery.engine.access.ItemPatterns;
import io.jenkins.plugins.modeldelivery.engine.access.RepositoryPattern;
import io.jenkins.plugins.modeldelivery.engine.access.RepositoryUrl;
import io.jenkins.plugins.modeldelivery.engine.gate.Gate;
import io.jenkins.plugins.modeldelivery.engine.model.Durations;
import io.jenkins.plugins.modeldelivery.engine.model.Tags;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Evaluates a policy. A pure function; every rule is looked at, so that all that is unmet is known at once. */
public final class PolicyEvaluator {
    private final Policy policy;
    private final PromotionFacts facts;
    private final List<RuleResult> results = new ArrayList<>();

    private PolicyEvaluator(Policy policy, PromotionFacts facts) {
        this.policy = policy;
        this.facts = facts;
    }

    /** @param gates all that the policy names */
    public static Decision evaluate(Policy policy, Map<String, Gate> gates, PromotionFacts facts) {
        PolicyEvaluator evaluator = new PolicyEvaluator(policy, facts);
        evaluator.from();
        EvidenceRule evidence = new EvidenceRule(policy, gates, facts);
        policy.gates().forEach(gate -> evaluator.results.add(evidence.evaluate(gate)));
        policy.requiredTags().forEach(evaluator::tag);
        evaluator.origin();
        evaluator.items();
        evaluator.changeRequests();
        policy.approvals().ifPresent(evaluator::approvals);
        return new Decision(evaluator.results);
    }

    private void from() {
        if (policy.from().isEmpty()) {
            return;
        }
        Set<String> held = new TreeSet<>(facts.aliases().keySet());
        held.retainAll(policy.from());
        String wanted = or(policy.from());
        if (held.isEmpty()) {
            results.add(RuleResult.unmet(
                    "from",
                    facts.model() + "/" + facts.version() + " has none of these aliases",
                    "it must have the alias " + wanted));
        } else {
            results.add(RuleResult.met("from", "it has the alias " + String.join(", ", held)));
        }
        policy.minimumAge().ifPresent(age -> minimumAge(age, held));
    }

    private void minimumAge(Duration age, Set<String> held) {
        Optional<Instant> since = held.stream()
                .map(alias -> facts.aliases().get(alias))
                .flatMap(Optional::stream)
                .min(Instant::compareTo);
        String needed = "it must have had the alias " + or(policy.from()) + " for " + Durations.text(age);
        if (since.isEmpty()) {
            results.add(RuleResult.unmet("minimumAge", "the record does not say since when it has the alias", needed));
        } else if (since.get().plus(age).isAfter(facts.now())) {
            results.add(RuleResult.unmet(
                    "minimumAge",
                    "it has the alias since " + since.get(),
                    needed + ", which is at " + since.get().plus(age)));
        } else {
            results.add(RuleResult.met("minimumAge", "it has the alias since " + since.get()));
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

    /** Where the version must come from: the job that registered it, the repository and the branch of its code. */
    private void origin() {
        if (!policy.registeredBy().patterns().isEmpty()) {
            results.add(registeredBy());
        }
        if (!policy.repositories().isEmpty()) {
            results.add(repository());
        }
        if (!policy.branches().isEmpty()) {
            results.add(branch());
        }
    }

    private RuleResult registeredBy() {
        Optional<String> job = facts.registeredBy();
        return job.filter(policy.registeredBy()::admits).isPresent()
                ? RuleResult.met("registeredBy", "it was registered by " + known(job.get()))
                : RuleResult.unmet(
                        "registeredBy",
                        job.map(name -> "it was registered by an item that the policy does not admit")
                                .orElse("the record knows no job of Jenkins that registered it"),
                        "it must be registered by an item of Jenkins that the policy admits");
    }

    /** Anybody who may read the item that promotes may not be one to know other items. */
    private String known(String job) {
        return facts.item().isEmpty() || facts.item().get().equals(job)
                ? job
                : "another item of Jenkins that the policy admits";
    }

    private RuleResult repository() {
        String found = facts.tags().getOrDefault(Tags.REPOSITORY, "");
        boolean admitted = RepositoryUrl.parse(found)
                .filter(url -> policy.repositories().stream().anyMatch(pattern -> pattern.admits(url)))
                .isPresent();
        return admitted
                ? RuleResult.met("repositories", found + claim(Tags.REPOSITORY))
                : RuleResult.unmet(
                        "repositories",
                        found.isEmpty()
                                ? "the record does not know the repository that it comes from"
                                : "it comes from " + found,
                        "it must come from "
                                + or(policy.repositories().stream()
                                        .map(RepositoryPattern::text)
                                        .toList()));
    }

    private RuleResult branch() {
        String branch = facts.tags().getOrDefault(Tags.BRANCH, "");
        boolean matches = !branch.isEmpty()
                && policy.branches().stream()
                        .anyMatch(glob ->
                                ItemPatterns.regex(glob, ".*").matcher(branch).matches());
        return matches
                ? RuleResult.met("branches", branch + claim(Tags.BRANCH))
                : RuleResult.unmet(
                        "branches",
                        branch.isEmpty()
                                ? "the record does not know the branch that it was built from"
                                : "it was built from " + branch,
                        "it must be built from " + or(policy.branches()));
    }

    /** What only the environment says counts outside Jenkins, where nothing proves it; the result says so. */
    private String claim(String tag) {
        List<String> claimed =
                List.of(facts.tags().getOrDefault(Tags.CLAIMED, "").split(" "));
        return claimed.contains(tag.substring(Tags.PREFIX.length())) ? " (as the environment claims)" : "";
    }

    private static String or(Collection<String> values) {
        return String.join(" or ", values);
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
                                "items", found, "it must be promoted by an item of Jenkins that the policy admits"));
    }

    /** Said only of change requests, since nobody else need ask. */
    private void changeRequests() {
        if (facts.code() == CodeKind.OWN) {
            return;
        }
        String owner = "the policy " + policy.name();
        results.add(
                policy.changeRequests().admits(facts.code())
                        ? RuleResult.met("changeRequests", owner + " admits this change request")
                        : RuleResult.unmet(
                                "changeRequests",
                                ChangeRequests.found(facts.code()),
                                ChangeRequests.way(facts.code(), owner)));
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
                    "approvals", RuleResult.Outcome.APPROVAL_NEEDED, found, needed(rule, rule.count() - by.size())));
        }
    }

    private String needed(ApprovalRule rule, int more) {
        if (rule.notRequester() && facts.requesters().isEmpty()) {
            return "an administrator must override: nobody is known who asks for the promotion, so that nobody can be told"
                    + " apart from them";
        }
        return more
                + (more == 1 ? " more approval needed" : " more approvals needed")
                + (rule.from().isEmpty() ? "" : ", from " + or(rule.from()))
                + (rule.notRequester() ? ", but not from " + or(facts.requesters()) : "");
    }
}
