package io.jenkins.plugins.modeldelivery.build.operation;

import hudson.Extension;
import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.modeldelivery.build.access.ConfigurationReferences;
import io.jenkins.plugins.modeldelivery.build.runtime.DeliveryRuntime;
import io.jenkins.plugins.modeldelivery.configuration.ConfigurationDiff;
import io.jenkins.plugins.modeldelivery.configuration.UsageFinder;
import java.util.List;
import java.util.Set;

/** Builds with an operation that has not ended: what it has begun must be there until it has. */
@Extension
public final class UnfinishedBuilds implements UsageFinder {
    /** A promotion that waits for people would wait for ever, and then learn that its policy is gone. */
    @Override
    public void removed(ConfigurationDiff removed) {
        DeliveryRuntime.get()
                .slots()
                .wake(slot -> slot.request()
                        .filter(request -> !ConfigurationReferences.withGuards(request, removed)
                                .isEmpty())
                        .isPresent());
    }

    /** Those of a job. Reads nothing from disk. */
    public static Set<Run<?, ?>> of(Job<?, ?> job) {
        return DeliveryRuntime.get().slots().builds(job);
    }

    @Override
    public List<Use> of(ConfigurationDiff removed, List<Job<?, ?>> jobs) {
        return DeliveryRuntime.get().slots().underWay().entrySet().stream()
                .flatMap(operation -> {
                    var build = operation.getValue();
                    var slot = operation.getKey();
                    String by = "the build " + build.getFullDisplayName() + ", which is under way";
                    return slot.request().stream()
                            .flatMap(request -> ConfigurationReferences.withGuards(request, removed).stream())
                            .map(named -> new Use(named, by));
                })
                .toList();
    }
}
