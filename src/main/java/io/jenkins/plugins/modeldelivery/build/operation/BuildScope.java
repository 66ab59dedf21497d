package io.jenkins.plugins.modeldelivery.build.operation;

import hudson.EnvVars;
import hudson.FilePath;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;

/** Where an operation runs: the build, and what surrounds it there. Asked anew each time, since agents and logs come and go. */
public interface BuildScope {
    /** @throws DeliveryException UNREACHABLE if the build is not ready yet, as in the first moments after a restart */
    Run<?, ?> run();

    /** Never null; one that says nothing if the build has no log any more. */
    TaskListener listener();

    /**
     * @return the directory in which relative paths start
     * @throws DeliveryException INVALID_INPUT if the operation runs without one, UNREACHABLE if its agent is away
     */
    FilePath workspace();

    /** As the operation sees it; of what it says, nothing is trusted that a policy asks for. */
    EnvVars environment();
}
