package io.jenkins.plugins.modeldelivery.cli.configuration;

import io.jenkins.plugins.modeldelivery.engine.model.Tags;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Where a model comes from, as the variables of common CI servers tell it. Anybody who runs the command line can set them, so all of
 * it is marked as claimed.
 */
final class CiProvenance {
    private static final Map<String, List<String>> VARIABLES = Map.of(
            Tags.JOB, List.of("JOB_NAME", "GITHUB_WORKFLOW", "CI_PROJECT_PATH"),
            Tags.BUILD, List.of("BUILD_NUMBER", "GITHUB_RUN_ID", "CI_PIPELINE_ID"),
            Tags.COMMIT, List.of("GIT_COMMIT", "GITHUB_SHA", "CI_COMMIT_SHA"),
            Tags.BRANCH, List.of("BRANCH_NAME", "GIT_BRANCH", "GITHUB_REF_NAME", "CI_COMMIT_BRANCH"),
            Tags.REPOSITORY, List.of("GIT_URL", "CI_PROJECT_URL"));

    private CiProvenance() {}

    static Map<String, String> tags(Map<String, String> environment) {
        Map<String, String> tags = new TreeMap<>();
        VARIABLES.forEach((tag, variables) -> variables.stream()
                .map(environment::get)
                .filter(value -> value != null && !value.isBlank())
                .findFirst()
                .ifPresent(value -> tags.put(tag, value)));
        if (!tags.isEmpty()) {
            tags.put(
                    Tags.CLAIMED,
                    tags.keySet().stream()
                            .map(tag -> tag.substring(Tags.PREFIX.length()))
                            .collect(Collectors.joining(" ")));
        }
        return tags;
    }
}
