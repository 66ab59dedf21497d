package io.jenkins.plugins.modeldelivery.steps;

import io.jenkins.plugins.modeldelivery.configuration.DirectoryRegistryConfiguration;
import io.jenkins.plugins.modeldelivery.configuration.DirectoryTargetConfiguration;
import io.jenkins.plugins.modeldelivery.configuration.ModelDeliveryConfiguration;
import io.jenkins.plugins.modeldelivery.run.DeliveryRuntime;
import java.nio.file.Path;
import java.util.List;

/** A controller that delivers to directories, and what its record says. */
public final class Delivery {
    private Delivery() {}

    public static void configure(Path directory) {
        ModelDeliveryConfiguration configuration = ModelDeliveryConfiguration.get();
        configuration.setRegistries(List.of(new DirectoryRegistryConfiguration(
                "main", directory.resolve("registry").toString())));
        configuration.setTargets(List.of(new DirectoryTargetConfiguration(
                "edge", directory.resolve("served").toString())));
    }

    /** The types of a model's events, oldest first. */
    public static List<String> events(String model) {
        return DeliveryRuntime.records().events("main", model).stream()
                .map(event -> event.draft().type())
                .toList();
    }
}
