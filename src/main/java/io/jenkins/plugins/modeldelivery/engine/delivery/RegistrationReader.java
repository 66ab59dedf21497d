package io.jenkins.plugins.modeldelivery.engine.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.Metric;
import io.jenkins.plugins.modeldelivery.engine.model.Metrics;
import io.jenkins.plugins.modeldelivery.engine.model.Problem;
import io.jenkins.plugins.modeldelivery.engine.registry.VersionSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Reads the section {@code register}. */
final class RegistrationReader {
    private final RequestSection section;
    private final InputFiles files;

    RegistrationReader(RequestSection section, InputFiles files) {
        this.section = section;
        this.files = files;
    }

    RegisterRequest read(Map<String, String> provenance) {
        Optional<Dataset> dataset = dataset(section.node().path("dataset"));
        Map<String, String> tags = new TreeMap<>();
        dataset.flatMap(Dataset::name).ifPresent(n -> tags.put("dataset", n));
        tags.putAll(section.texts("tags"));
        return new RegisterRequest(
                section.text("name")
                        .orElseThrow(() ->
                                new DeliveryException(Problem.INVALID_INPUT, "Say the name of the registered model.")),
                section.text("registry"),
                source(),
                metrics(dataset),
                section.texts("parameters"),
                tags,
                provenance,
                section.text("description").orElse(""),
                section.text("alias"),
                section.duration("timeout").orElse(RegisterRequest.TIMEOUT),
                Optional.empty());
    }

    private VersionSource source() {
        String artifactPath = section.text("artifactPath").orElse("");
        List<VersionSource> sources = Stream.of(
                        section.text("path").<VersionSource>map(path -> new VersionSource.Files(files.path(path))),
                        section.text("runId").<VersionSource>map(run -> new VersionSource.Run(run, artifactPath)),
                        section.text("modelId").<VersionSource>map(VersionSource.LoggedModel::new),
                        section.text("source").<VersionSource>map(VersionSource.Uri::new))
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

    private Metrics metrics(Optional<Dataset> dataset) {
        List<Metric> all = new ArrayList<>();
        section.text("metrics")
                .ifPresent(path -> all.addAll(RequestReader.metrics(files, path).all()));
        section.node()
                .path("metricValues")
                .properties()
                .forEach(e -> all.add(Metric.of(e.getKey(), e.getValue().asDouble())));
        Metrics metrics = Metrics.of(all);
        return dataset.map(d -> metrics.map(d::of)).orElse(metrics);
    }

    private static Optional<Dataset> dataset(JsonNode node) {
        if (node.isObject()) {
            RequestSection dataset = new RequestSection(node);
            return Optional.of(new Dataset(dataset.text("name"), dataset.text("digest")));
        }
        return node.isTextual() ? Optional.of(Dataset.parse(node.asText())) : Optional.empty();
    }
}
