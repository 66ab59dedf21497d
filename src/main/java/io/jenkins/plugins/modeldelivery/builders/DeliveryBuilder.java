package io.jenkins.plugins.modeldelivery.builders;

import hudson.Launcher;
import hudson.model.AbstractBuild;
import hudson.model.BuildListener;
import hudson.tasks.Builder;
import io.jenkins.plugins.modeldelivery.steps.DeliveryStep;
import java.io.IOException;

/**
 * A step as a build step of freestyle jobs. No {@code SimpleBuildStep}: Pipelines have the step itself, which does not need
 * an executor to wait on.
 */
public abstract class DeliveryBuilder extends Builder {
    /** Not a getter: each builder has one, of its step's own type, for its form. */
    abstract DeliveryStep step();

    @Override
    public final boolean perform(AbstractBuild<?, ?> build, Launcher launcher, BuildListener listener)
            throws InterruptedException, IOException {
        FreestyleRun.run(step(), build, listener);
        return true;
    }
}
