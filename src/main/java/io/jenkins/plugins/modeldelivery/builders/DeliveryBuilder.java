package io.jenkins.plugins.modeldelivery.builders;

import hudson.Launcher;
import hudson.model.AbstractBuild;
import hudson.model.AbstractProject;
import hudson.model.BuildListener;
import hudson.tasks.BuildStepDescriptor;
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
        ExecutorRun.run(step(), build, listener);
        return true;
    }

    /** Has the name, the form and the help of the step. */
    public abstract static class DeliveryBuilderDescriptor extends BuildStepDescriptor<Builder> {
        private final Class<? extends DeliveryStep> step;

        DeliveryBuilderDescriptor(Class<? extends DeliveryBuilder> clazz, Class<? extends DeliveryStep> step) {
            super(clazz);
            this.step = step;
        }

        @Override
        public final boolean isApplicable(Class<? extends AbstractProject> jobType) {
            return true;
        }

        @Override
        public final String getDisplayName() {
            return StepFace.displayName(step);
        }

        @Override
        public final String getHelpFile() {
            return StepFace.helpFile(step);
        }

        /** The one form of all of them. */
        @Override
        public final String getConfigPage() {
            return getViewPage(DeliveryBuilder.class, "config.jelly");
        }
    }
}
