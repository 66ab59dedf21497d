package io.jenkins.plugins.modeldelivery.builders;

import hudson.EnvVars;
import hudson.FilePath;
import hudson.model.AbstractBuild;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.modeldelivery.build.operation.BuildScope;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import java.io.IOException;

/**
 * What surrounds a build step of a freestyle build.
 *
 * @param environment as it is when the build step begins; not to be changed
 */
record FreestyleScope(AbstractBuild<?, ?> build, TaskListener listener, EnvVars environment) implements BuildScope {
    /** To be called on the executor's own thread, which knows its computer. */
    static FreestyleScope of(AbstractBuild<?, ?> build, TaskListener listener)
            throws IOException, InterruptedException {
        EnvVars environment = build.getEnvironment(listener);
        environment.overrideAll(build.getBuildVariables());
        return new FreestyleScope(build, listener, environment);
    }

    @Override
    public Run<?, ?> run() {
        return build;
    }

    @Override
    public FilePath workspace() {
        FilePath workspace = build.getWorkspace();
        if (workspace == null) {
            throw ErrorKind.UNREACHABLE.error("The agent of the workspace is offline.");
        }
        return workspace;
    }
}
