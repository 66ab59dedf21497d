package io.jenkins.plugins.modeldelivery.builders;

import hudson.ExtensionList;
import io.jenkins.plugins.modeldelivery.steps.DeliveryStep;

/** What a step's descriptor shows, for those that run the step elsewhere. */
final class StepFace {
    private StepFace() {}

    private static DeliveryStep.DeliveryStepDescriptor of(Class<? extends DeliveryStep> step) {
        return ExtensionList.lookup(DeliveryStep.DeliveryStepDescriptor.class).stream()
                .filter(descriptor -> descriptor.clazz == step)
                .findFirst()
                .orElseThrow();
    }

    static String displayName(Class<? extends DeliveryStep> step) {
        return of(step).getDisplayName();
    }

    static String helpFile(Class<? extends DeliveryStep> step) {
        return of(step).getHelpFile();
    }
}
