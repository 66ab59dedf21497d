package io.jenkins.plugins.modeldelivery.builders;

import hudson.ExtensionList;
import hudson.model.AbstractProject;
import hudson.model.Describable;
import hudson.tasks.BuildStep;
import hudson.tasks.BuildStepDescriptor;
import io.jenkins.plugins.modeldelivery.steps.DeliveryStep;

/** Shows a step in freestyle jobs: with the step's own name and help, and the one form of its kind. */
public abstract class StepBackedDescriptor<T extends BuildStep & Describable<T>> extends BuildStepDescriptor<T> {
    private final Class<?> kind;
    private final Class<? extends DeliveryStep> step;

    /** @param kind whose form it has */
    StepBackedDescriptor(Class<? extends T> clazz, Class<?> kind, Class<? extends DeliveryStep> step) {
        super(clazz);
        this.kind = kind;
        this.step = step;
    }

    private DeliveryStep.DeliveryStepDescriptor face() {
        return ExtensionList.lookup(DeliveryStep.DeliveryStepDescriptor.class).stream()
                .filter(descriptor -> descriptor.clazz == step)
                .findFirst()
                .orElseThrow();
    }

    @Override
    public final boolean isApplicable(Class<? extends AbstractProject> jobType) {
        return true;
    }

    @Override
    public final String getDisplayName() {
        return face().getDisplayName();
    }

    @Override
    public final String getHelpFile() {
        return face().getHelpFile();
    }

    @Override
    public final String getConfigPage() {
        return getViewPage(kind, "config.jelly");
    }
}
