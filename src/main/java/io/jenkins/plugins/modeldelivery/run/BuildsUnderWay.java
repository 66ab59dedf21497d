package io.jenkins.plugins.modeldelivery.run;

import hudson.Extension;
import hudson.model.Job;
import io.jenkins.plugins.modeldelivery.configuration.Removed;
import io.jenkins.plugins.modeldelivery.configuration.Users;
import java.util.List;

/** Builds with an operation that has not ended: what it has begun must be there until it has. */
@Extension
public final class BuildsUnderWay implements Users {
    @Override
    public List<Use> of(Removed removed, List<Job<?, ?>> jobs) {
        return DeliveryRuntime.get().slots().underWay().entrySet().stream()
                .flatMap(operation -> {
                    var build = operation.getValue();
                    var slot = operation.getKey();
                    String by = "the build " + build.getFullDisplayName() + ", which is under way";
                    return slot.request().stream()
                            .flatMap(request -> Naming.withGuards(request, removed).stream())
                            .map(named -> new Use(named, build.getParent(), by));
                })
                .toList();
    }
}
