package io.jenkins.plugins.modeldelivery.builders;

import hudson.AbortException;
import hudson.Launcher;
import hudson.model.AbstractBuild;
import hudson.model.BuildListener;
import hudson.model.Result;
import hudson.tasks.BuildStepMonitor;
import hudson.tasks.Notifier;
import io.jenkins.plugins.modeldelivery.steps.DeliveryStep;
import java.io.IOException;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * A step as a post-build action, for what is to happen after the tests and their reports: never after a failure, and after an
 * unstable build only if the job says so.
 */
public abstract class DeliveryPublisher extends Notifier {
    private boolean evenIfUnstable;

    /** As {@link DeliveryBuilder#step}. */
    abstract DeliveryStep step();

    public final boolean isEvenIfUnstable() {
        return evenIfUnstable;
    }

    @DataBoundSetter
    public final void setEvenIfUnstable(boolean evenIfUnstable) {
        this.evenIfUnstable = evenIfUnstable;
    }

    @Override
    public final BuildStepMonitor getRequiredMonitorService() {
        return BuildStepMonitor.NONE;
    }

    @Override
    public final boolean perform(AbstractBuild<?, ?> build, Launcher launcher, BuildListener listener)
            throws InterruptedException, IOException {
        Result result = build.getResult();
        Result worst = evenIfUnstable ? Result.UNSTABLE : Result.SUCCESS;
        if (result != null && result.isWorseThan(worst)) {
            listener.getLogger().println("skipped      " + name(step()) + ", since the build is " + result);
            return true;
        }
        try {
            FreestyleRun.run(step(), build, listener);
        } catch (InterruptedException e) {
            // Post-build actions turn an interruption into a failure.
            build.setResult(Result.ABORTED);
            throw (AbortException) new AbortException("Aborted").initCause(e);
        }
        return true;
    }

    private static String name(DeliveryStep step) {
        return step == null
                ? "a step that is not configured"
                : step.request(text -> text).type().step();
    }
}
