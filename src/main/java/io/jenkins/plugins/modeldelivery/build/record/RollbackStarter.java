package io.jenkins.plugins.modeldelivery.build.record;

import hudson.ExtensionPoint;
import hudson.model.Run;
import java.util.Optional;

/** Can run steps in a new build of a job, on behalf of the present user, as if its Jenkinsfile had them. */
public interface RollbackStarter extends ExtensionPoint {
    boolean knows(Run<?, ?> build);

    /**
     * @param build that it knows
     * @return one sentence, why the present user cannot do it; empty if nothing stands against it
     */
    Optional<String> obstacle(Run<?, ?> build);

    /**
     * Puts a new build into the queue, with the parameters of that one.
     *
     * @param build that it knows, without an obstacle
     * @return whether the job takes builds
     */
    boolean start(Run<?, ?> build, String script);
}
