package io.jenkins.plugins.modeldelivery.build.provenance;

import hudson.EnvVars;
import hudson.model.Run;
import io.jenkins.plugins.modeldelivery.engine.model.Tags;
import io.jenkins.plugins.modeldelivery.scm.CodeOrigin;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where a version comes from. Policies ask for branch and repository, so these are taken only from where a Jenkinsfile cannot
 * write. A commit that only the environment names is marked as claimed.
 */
public final class Provenance {
    private static final String COMMIT_VARIABLE = "GIT_COMMIT";

    private Provenance() {}

    public static Map<String, String> tags(Run<?, ?> run, CodeOrigin origin, EnvVars environment) {
        Map<String, String> tags = new TreeMap<>();
        tags.put(Tags.JOB, run.getParent().getFullName());
        tags.put(Tags.BUILD, Integer.toString(run.getNumber()));
        origin.branch().ifPresent(name -> tags.put(Tags.BRANCH, name));
        origin.repository().ifPresent(url -> tags.put(Tags.REPOSITORY, url));
        origin.commit().ifPresent(hash -> tags.put(Tags.COMMIT, hash));
        if (origin.editedReplay()) {
            tags.put(Tags.EDITED_REPLAY, "true");
        }
        if (origin.commit().isEmpty()) {
            Optional.ofNullable(environment.get(COMMIT_VARIABLE))
                    .filter(claimed -> !claimed.isBlank())
                    .ifPresent(claimed -> {
                        tags.put(Tags.COMMIT, claimed);
                        tags.put(Tags.CLAIMED, Tags.COMMIT.substring(Tags.PREFIX.length()));
                    });
        }
        return tags;
    }
}
