package io.jenkins.plugins.modeldelivery.builders;

import hudson.Extension;
import hudson.model.AbstractProject;
import hudson.model.Job;
import hudson.model.Project;
import io.jenkins.plugins.modeldelivery.build.access.ConfigurationReferences;
import io.jenkins.plugins.modeldelivery.build.operation.OperationRequest;
import io.jenkins.plugins.modeldelivery.configuration.ConfigurationDiff;
import io.jenkins.plugins.modeldelivery.configuration.UsageFinder;
import io.jenkins.plugins.modeldelivery.steps.DeliveryStep;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Freestyle jobs whose build steps and post-build actions name something literally. What a variable or a delivery file in the
 * workspace will name cannot be known.
 */
@Extension
public final class FreestyleUsageFinder implements UsageFinder {
    @Override
    public List<Use> of(ConfigurationDiff removed, List<Job<?, ?>> jobs) {
        return jobs.stream()
                .filter(AbstractProject.class::isInstance)
                .flatMap(job -> uses((AbstractProject<?, ?>) job, removed))
                .distinct()
                .toList();
    }

    private static Stream<Use> uses(AbstractProject<?, ?> project, ConfigurationDiff removed) {
        // A matrix has a project for each combination, with the steps of the whole.
        AbstractProject<?, ?> whole = project.getRootProject();
        return steps(project)
                .map(step -> step.request(text -> text))
                .flatMap(request -> ConfigurationReferences.of(request.parameters(), removed).stream()
                        .map(named -> new Use(named, by(whole, request))));
    }

    private static String by(AbstractProject<?, ?> project, OperationRequest request) {
        return Messages.FreestyleUsageFinder_theJob(
                project.getFullDisplayName(), request.type().step());
    }

    private static Stream<DeliveryStep> steps(AbstractProject<?, ?> project) {
        Stream<DeliveryStep> builders = project instanceof Project<?, ?> plain
                ? plain.getBuildersList().getAll(ModelDeliveryBuilder.class).stream()
                        .map(ModelDeliveryBuilder::getOperation)
                : Stream.empty();
        Stream<DeliveryStep> publishers = project.getPublishersList().getAll(ModelDeliveryPublisher.class).stream()
                .flatMap(publisher -> publisher.getOperations().stream());
        // A configuration that somebody wrote by hand may lack the operation.
        return Stream.concat(builders, publishers).filter(Objects::nonNull);
    }
}
