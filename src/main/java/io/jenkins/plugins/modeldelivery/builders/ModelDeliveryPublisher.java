package io.jenkins.plugins.modeldelivery.builders;

import hudson.AbortException;
import hudson.Extension;
import hudson.Launcher;
import hudson.Util;
import hudson.model.AbstractBuild;
import hudson.model.AbstractProject;
import hudson.model.BuildListener;
import hudson.model.Result;
import hudson.tasks.BuildStepDescriptor;
import hudson.tasks.BuildStepMonitor;
import hudson.tasks.Notifier;
import hudson.tasks.Publisher;
import io.jenkins.plugins.modeldelivery.steps.DeliveryStep;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * Operations as a post-build action, for what is to happen after the tests and their reports: never after a failure, and after
 * an unstable build only if the job says so. They run in their order; after one that failed, the rest is skipped.
 */
public final class ModelDeliveryPublisher extends Notifier {
    private final List<DeliveryStep> operations;
    private boolean evenIfUnstable;

    @DataBoundConstructor
    public ModelDeliveryPublisher(List<DeliveryStep> operations) {
        this.operations = new ArrayList<>(Util.fixNull(operations));
    }

    public List<DeliveryStep> getOperations() {
        return Util.fixNull(operations);
    }

    public boolean isEvenIfUnstable() {
        return evenIfUnstable;
    }

    @DataBoundSetter
    public void setEvenIfUnstable(boolean evenIfUnstable) {
        this.evenIfUnstable = evenIfUnstable;
    }

    @Override
    public BuildStepMonitor getRequiredMonitorService() {
        return BuildStepMonitor.NONE;
    }

    @Override
    public boolean perform(AbstractBuild<?, ?> build, Launcher launcher, BuildListener listener) throws IOException {
        for (DeliveryStep operation : getOperations()) {
            Result result = build.getResult();
            if (result != null && result.isWorseThan(evenIfUnstable ? Result.UNSTABLE : Result.SUCCESS)) {
                listener.getLogger()
                        .println("skipped      " + operation.type().step() + ", since the build is " + result);
            } else {
                perform(operation, build, listener);
            }
        }
        return true;
    }

    private static void perform(DeliveryStep operation, AbstractBuild<?, ?> build, BuildListener listener)
            throws IOException {
        try {
            FreestyleRunner.run(operation, build, listener);
        } catch (AbortException e) {
            listener.error(e.getMessage());
            build.setResult(Result.FAILURE);
        } catch (InterruptedException e) {
            // Post-build actions turn an interruption into a failure.
            build.setResult(Result.ABORTED);
            throw (AbortException) new AbortException("Aborted").initCause(e);
        }
    }

    /** Shows it in forms. */
    @Extension
    @Symbol("modelDelivery")
    public static final class DescriptorImpl extends BuildStepDescriptor<Publisher> {
        @Override
        public boolean isApplicable(Class<? extends AbstractProject> jobType) {
            return true;
        }

        @Override
        public String getDisplayName() {
            return Messages.ModelDeliveryPublisher_modelDelivery();
        }

        /** For the list of the form. */
        public List<DeliveryStep.DeliveryStepDescriptor> getOperationsDescriptors() {
            return DeliveryStep.DeliveryStepDescriptor.inOrder();
        }
    }
}
