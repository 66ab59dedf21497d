package io.jenkins.plugins.modeldelivery.engine.policy;

import io.jenkins.plugins.modeldelivery.engine.access.ItemPatterns;
import io.jenkins.plugins.modeldelivery.engine.access.RepositoryPattern;
import io.jenkins.plugins.modeldelivery.engine.access.RepositoryUrl;
import io.jenkins.plugins.modeldelivery.engine.model.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where a version must come from: the job that registered it, the repository and the branch of its code. */
final class OriginRules {
    private final Policy policy;
    private final PromotionFacts facts;

    OriginRules(Policy policy, PromotionFacts facts) {
        this.policy = policy;
        this.facts = facts;
    }

    /** One result for each of these rules that the policy has. */
    List<RuleResult> evaluate() {
        List<RuleResult> results = new ArrayList<>();
        if (!policy.registeredBy().patterns().isEmpty()) {
            results.add(registeredBy());
        }
        if (!policy.repositories().isEmpty()) {
            results.add(repository());
        }
        if (!policy.branches().isEmpty()) {
            results.add(branch());
        }
        return results;
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
                        found.isEmpty() ? unknown("repository that it comes from") : "it comes from " + found,
                        "it must come from "
                                + or(policy.repositories().stream()
                                        .map(RepositoryPattern::text)
                                        .toList())
                                + exceptReplays());
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
                        branch.isEmpty() ? unknown("branch that it was built from") : "it was built from " + branch,
                        "it must be built from " + or(policy.branches()) + exceptReplays());
    }

    private boolean isEditedReplay() {
        return facts.tags().containsKey(Tags.EDITED_REPLAY);
    }

    private String unknown(String what) {
        return isEditedReplay()
                ? "a replay with an edited script registered it"
                : "the record does not know the " + what;
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

    private static String or(List<String> values) {
        return String.join(" or ", values);
    }
}
