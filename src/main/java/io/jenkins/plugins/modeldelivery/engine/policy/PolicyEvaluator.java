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
        if (!policy.registeredBy().patterns().isEmpty()) {
            evaluator.registeredBy();
        }
        if (!policy.repositories().isEmpty()) {
            evaluator.repository();
        }
        if (!policy.branches().isEmpty()) {
            evaluator.branch();
        }
        if (!policy.items().patterns().isEmpty()) {
            evaluator.items();
        }
        evaluator.changeRequests();
        policy.approvals().ifPresent(evaluator::approvals);
        return new Decision(evaluator.results);
    }

    /** @param needed if it is not met */
    private void rule(String name, boolean met, String found, String needed) {
        results.add(met ? RuleResult.met(name, found) : RuleResult.unmet(name, found, needed));
    }

    private void from() {
        if (policy.from().isEmpty()) {
            return;
        }
        Set<String> held = new TreeSet<>(facts.aliases().keySet());
        held.retainAll(policy.from());
        String found = held.isEmpty()
                ? facts.model() + "/" + facts.version() + " has none of these aliases"
                : "it has the alias " + String.join(", ", held);
        rule("from", !held.isEmpty(), found, "it must have the alias " + or(policy.from()));
        policy.minimumAge().ifPresent(age -> minimumAge(age, held));
    }

    private void minimumAge(Duration age, Set<String> held) {
        Optional<Instant> since = held.stream()
                .map(alias -> facts.aliases().get(alias))
                .flatMap(Optional::stream)
                .min(Instant::compareTo);
        String needed = "it must have had the alias " + or(policy.from()) + " for " + Durations.text(age);
        Optional<Instant> due = since.map(time -> time.plus(age));
        rule(
                "minimumAge",
                due.isPresent() && !due.get().isAfter(facts.now()),
                since.map(time -> "it has the alias since " + time)
                        .orElse("the record does not show since when it has the alias"),
                needed + due.map(time -> ", which is at " + time).orElse(""));
    }

    private void tag(String key) {
        String value = facts.tags().getOrDefault(key, "");
        String found = value.isBlank() ? "the version has no such tag" : value;
        rule("tag " + key, !value.isBlank(), found, "the version needs the tag " + key);
    }

    private void registeredBy() {
        Optional<String> job = facts.registeredBy();
        boolean admitted = job.filter(policy.registeredBy()::admits).isPresent();
        String found = job.map(name -> admitted ? known(name) : "an item that the policy does not admit")
                .map(name -> "it was registered by " + name)
                .orElse("the record has no Jenkins job that registered it");
        rule("registeredBy", admitted, found, "it must be registered by an item of Jenkins that the policy admits");
    }

    /** Anybody who may read the item that promotes may not be one to know other items. */
    private String known(String job) {
        return facts.item().isEmpty() || facts.item().get().equals(job)
                ? job
                : "another item of Jenkins that the policy admits";
    }

    private void repository() {
        String repository = facts.tags().getOrDefault(Tags.REPOSITORY, "");
        boolean admitted = RepositoryUrl.parse(repository)
                .filter(url -> policy.repositories().stream().anyMatch(pattern -> pattern.admits(url)))
                .isPresent();
        String otherwise = repository.isEmpty() ? unknown("repository") : "it comes from " + repository;
        rule(
                "repositories",
                admitted,
                admitted ? repository + claim(Tags.REPOSITORY) : otherwise,
                "it must come from "
                        + or(policy.repositories().stream()
                                .map(RepositoryPattern::text)
                                .toList())
                        + exceptReplays());
    }

    private void branch() {
        String branch = facts.tags().getOrDefault(Tags.BRANCH, "");
        boolean admitted = !branch.isEmpty()
                && policy.branches().stream()
                        .anyMatch(glob ->
                                ItemPatterns.regex(glob, ".*").matcher(branch).matches());
        String otherwise = branch.isEmpty() ? unknown("branch") : "it was built from " + branch;
        rule(
                "branches",
                admitted,
                admitted ? branch + claim(Tags.BRANCH) : otherwise,
                "it must be built from " + or(policy.branches()) + exceptReplays());
    }

    private boolean isEditedReplay() {
        return facts.tags().containsKey(Tags.EDITED_REPLAY);
    }

    private String unknown(String what) {
        return isEditedReplay()
                ? "a replay with an edited script registered it"
                : "the record has no " + what + " of this version";
    }

    private String exceptReplays() {
        return isEditedReplay() ? ", and a replay with an edited script does not count as built from there" : "";
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
        boolean admitted = facts.item().filter(policy.items()::admits).isPresent();
        String found = facts.item().map(item -> "it is promoted by " + item).orElse("it is promoted outside Jenkins");
        rule("items", admitted, found, "it must be promoted by an item of Jenkins that the policy admits");
    }

    /** Said only of change requests, since nobody else need ask. */
    private void changeRequests() {
        if (facts.code() == CodeKind.OWN) {
            return;
        }
        String owner = "the policy " + policy.name();
        boolean admitted = policy.changeRequests().admits(facts.code());
        rule(
                "changeRequests",
                admitted,
                admitted ? owner + " admits this change request" : ChangeRequests.found(facts.code()),
                ChangeRequests.way(facts.code(), owner));
    }

    private void approvals(ApprovalRule rule) {
        Optional<Approval> override =
                facts.approvals().stream().filter(Approval::override).findFirst();
        List<String> by = rule.approvers(facts.approvals(), facts.requesters(), facts.identities());
        String found = by.isEmpty() ? "no approvals" : "approved by " + String.join(", ", by);
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
            return "an administrator must override, because the requester is unknown";
        }
        return more
                + (more == 1 ? " more approval needed" : " more approvals needed")
                + (rule.from().isEmpty() ? "" : ", from " + or(rule.from()))
                + (rule.notRequester() ? ", but not from " + or(facts.requesters()) : "");
    }
}
