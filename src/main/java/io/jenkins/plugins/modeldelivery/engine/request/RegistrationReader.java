package io.jenkins.plugins.modeldelivery.engine.request;

import io.jenkins.plugins.modeldelivery.engine.document.ConfigNode;
import io.jenkins.plugins.modeldelivery.engine.metrics.Metric;
import io.jenkins.plugins.modeldelivery.engine.metrics.Metrics;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.Sha256;
import io.jenkins.plugins.modeldelivery.engine.registry.VersionSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Reads the section {@code register}. */
final class RegistrationReader {
    private final ConfigNode section;
    private final InputFiles files;

    RegistrationReader(ConfigNode section, InputFiles files) {
        this.section = section;
        this.files = files;
    }

    RegisterRequest read(Map<String, String> provenance) {
        Optional<Dataset> dataset = section.child("dataset").map(RegistrationReader::dataset);
        Map<String, String> tags = new TreeMap<>();
        dataset.flatMap(Dataset::name).ifPresent(n -> tags.put("dataset", n));
        tags.putAll(section.textsByName("tags"));
        return new RegisterRequest(
                section.text("name")
                        .orElseThrow(() -> ErrorKind.INVALID_INPUT.error("Give the name of the registered model.")),
                section.text("registry"),
                source(),
                metrics(dataset),
                section.textsByName("parameters"),
                tags,
                provenance,
                section.node().path("description").asText(""),
                section.text("alias"),
                section.duration("timeout").orElse(RegisterRequest.TIMEOUT),
                Optional.empty());
    }

    private VersionSource source() {
        String artifactPath = section.node().path("artifactPath").asText("");
        List<VersionSource> sources = Stream.of(
                        section.text("path").<VersionSource>map(path -> new VersionSource.Files(files.path(path))),
                        section.text("runId").<VersionSource>map(run -> new VersionSource.Run(run, artifactPath)),
                        section.text("modelId").<VersionSource>map(VersionSource.LoggedModel::new),
                        section.text("source").<VersionSource>map(VersionSource.Uri::new))
                .flatMap(Optional::stream)
                .toList();
        if (sources.size() != 1) {
            throw ErrorKind.INVALID_INPUT.error(
                    "Enter exactly one source of the model: a path, a run ID with its artifact path, a model ID, or a source URI"
                            + (sources.isEmpty() ? "." : ", not " + sources.size() + "."));
        }
        return sources.get(0);
    }

    private Metrics metrics(Optional<Dataset> dataset) {
        List<Metric> all = new ArrayList<>();
        section.text("metrics")
                .ifPresent(path -> all.addAll(RequestReader.metrics(files, path).all()));
        section.numbersByName("metricValues").forEach((name, value) -> all.add(Metric.of(name, value)));
        Metrics metrics = Metrics.of(all);
        return dataset.map(d -> metrics.map(d::of)).orElse(metrics);
    }

    private static Dataset dataset(ConfigNode section) {
        return section.node().isObject()
                ? new Dataset(section.text("name"), section.text("digest"))
                : Dataset.parse(section.text());
    }

    /**
     * The data that metrics were measured on.
     *
     * @param name for people
     * @param digest tells two data sets apart
     */
    private record Dataset(Optional<String> name, Optional<String> digest) {
        /** {@code name}, {@code name@digest} or {@code sha256:…}. */
        static Dataset parse(String text) {
            int at = text.indexOf('@');
            if (at > 0) {
                return new Dataset(Optional.of(text.substring(0, at)), Optional.of(text.substring(at + 1)));
            }
            return text.startsWith(Sha256.PREFIX)
                    ? new Dataset(Optional.empty(), Optional.of(text))
                    : new Dataset(Optional.of(text), Optional.empty());
        }

        /**
         * The metric as measured on this, unless it was measured on something else: identified by the digest, which alone proves
         * sameness, and named as people name it.
         */
        Metric of(Metric metric) {
            boolean other = metric.dataset().isPresent() && !metric.dataset().equals(digest);
            return other ? metric : metric.withDataset(digest).withDatasetName(name);
        }
    }
}
