package io.jenkins.plugins.modeldelivery.builders;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.Launcher;
import hudson.model.AbstractBuild;
import hudson.model.AbstractProject;
import hudson.model.BuildListener;
import hudson.tasks.BuildStepDescriptor;
import hudson.tasks.Builder;
import io.jenkins.plugins.modeldelivery.steps.DeliveryStep;
import java.io.IOException;
import java.util.List;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/**
 * One operation as a build step of freestyle jobs. No {@code SimpleBuildStep}: Pipelines have the steps themselves, which do
 * not need an executor to wait on.
 */
public final class ModelDeliveryBuilder extends Builder {
    private final DeliveryStep operation;

    @DataBoundConstructor
    public ModelDeliveryBuilder(DeliveryStep operation) {
        this.operation = operation;
    }

    /** Null only in a configuration that somebody wrote by hand. */
    @CheckForNull
    public DeliveryStep getOperation() {
        return operation;
    }

    @Override
    public boolean perform(AbstractBuild<?, ?> build, Launcher launcher, BuildListener listener)
            throws InterruptedException, IOException {
        FreestyleRunner.run(operation, build, listener);
        return true;
    }

    /** Shows it in forms. */
    @Extension
    @Symbol("modelDelivery")
    public static final class DescriptorImpl extends BuildStepDescriptor<Builder> {
        @Override
        public boolean isApplicable(Class<? extends AbstractProject> jobType) {
            return true;
        }

        @Override
        public String getDisplayName() {
            return Messages.ModelDeliveryBuilder_modelDelivery();
        }

        /** For the drop-down of the form. */
        public List<DeliveryStep.DeliveryStepDescriptor> getOperationDescriptors() {
            return DeliveryStep.DeliveryStepDescriptor.inOrder();
        }
    }
}
