package io.jenkins.plugins.modeldelivery.run;

import hudson.EnvVars;
import hudson.model.AbstractBuild;
import hudson.model.Run;
import io.jenkins.plugins.modeldelivery.engine.model.Tags;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where a version comes from. Policies ask for the branch, so it is taken only from where a Jenkinsfile cannot write: the
 * job of a multibranch project, or the source control of a freestyle build. The commit is for people and may come from the
 * environment.
 */
final class Provenance {
    private Provenance() {}

    static Map<String, String> tags(Run<?, ?> run, EnvVars environment) {
        Map<String, String> tags = new TreeMap<>();
        tags.put(Tags.JOB, run.getParent().getFullName());
        tags.put(Tags.BUILD, Integer.toString(run.getNumber()));
        Optional<String> branch = branch(run);
        branch.ifPresent(name -> tags.put(Tags.BRANCH, name));
        commit(run, environment).ifPresent(hash -> tags.put(Tags.COMMIT, hash));
        return tags;
    }

    static Optional<String> commit(Run<?, ?> run, EnvVars environment) {
        return Optional.ofNullable(environment.get("GIT_COMMIT")).or(() -> ofSourceControl(run, "GIT_COMMIT"));
    }

    private static Optional<String> branch(Run<?, ?> run) {
        return MultibranchFacts.branch(run).or(() -> ofSourceControl(run, "GIT_BRANCH"));
    }

    /** As the source control of a freestyle build says itself; parameters and build steps have no say in it. */
    private static Optional<String> ofSourceControl(Run<?, ?> run, String variable) {
        if (!(run instanceof AbstractBuild<?, ?> build)) {
            return Optional.empty();
        }
        Map<String, String> variables = new TreeMap<>();
        build.getProject().getScm().buildEnvironment(build, variables);
        return Optional.ofNullable(variables.get(variable)).filter(value -> !value.isBlank());
    }
}
