package io.jenkins.plugins.modeldelivery.cli;

import io.jenkins.plugins.modeldelivery.engine.delivery.RegisterRequest;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.Metric;
import io.jenkins.plugins.modeldelivery.engine.model.Metrics;
import io.jenkins.plugins.modeldelivery.engine.model.Problem;
import io.jenkins.plugins.modeldelivery.engine.registry.VersionSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What the command and the delivery file say of a registration, before it is one. */
final class Registration {
    String name = "";
    Optional<String> registry = Optional.empty();
    Optional<Path> path = Optional.empty();
    Optional<String> runId = Optional.empty();
    String artifactPath = "";
    Optional<String> modelId = Optional.empty();
    Optional<String> source = Optional.empty();
    Optional<Metrics> metrics = Optional.empty();
    Map<String, Double> metricValues = Map.of();
    Optional<Dataset> dataset = Optional.empty();
    Map<String, String> parameters = Map.of();
    Map<String, String> tags = Map.of();
    String description = "";
    Optional<String> alias = Optional.empty();
    Optional<String> timeout = Optional.empty();

    RegisterRequest request(Map<String, String> environment) {
        Map<String, String> all = new TreeMap<>();
        dataset.flatMap(Dataset::name).ifPresent(n -> all.put("dataset", n));
        all.putAll(tags);
        return new RegisterRequest(
                name,
                registry,
                versionSource(),
                allMetrics(),
                parameters,
                all,
                Provenance.tags(environment),
                description,
                alias,
                timeout.map(Times::parse).orElse(RegisterRequest.TIMEOUT));
    }

    private VersionSource versionSource() {
        List<VersionSource> sources = Stream.of(
                        path.<VersionSource>map(VersionSource.Files::new),
                        runId.<VersionSource>map(run -> new VersionSource.Run(run, artifactPath)),
                        modelId.<VersionSource>map(VersionSource.LoggedModel::new),
                        source.<VersionSource>map(VersionSource.Uri::new))
                .flatMap(Optional::stream)
                .toList();
        if (sources.size() != 1) {
            throw new DeliveryException(
                    Problem.INVALID_INPUT,
                    "Name exactly one source of the model: a path, a run id with its artifact path, a model id, or a source"
                            + " URI; " + sources.size() + " are named.");
        }
        return sources.get(0);
    }

    private Metrics allMetrics() {
        List<Metric> all = new ArrayList<>(metrics.orElse(Metrics.NONE).all());
        metricValues.forEach((key, value) -> all.add(Metric.of(key, value)));
        return dataset.map(d -> Metrics.of(all).map(d::of)).orElse(Metrics.of(all));
    }
}
