package io.jenkins.plugins.modeldelivery.engine.promotion;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.modeldelivery.engine.gate.BaselineSource;
import io.jenkins.plugins.modeldelivery.engine.gate.Gate;
import io.jenkins.plugins.modeldelivery.engine.gate.OnMissingBaseline;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.Metrics;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Reads gates, and what they compare with. */
public final class GateReader {
    private static final Set<String> KEYS = Set.of("baseline", "checks", "onMissingBaseline", "sameDataset");

    private GateReader() {}

    static Gate read(String name, Section section) {
        section.allow(KEYS);
        Gate gate;
        try {
            gate = Gate.of(name, section.texts("checks"));
        } catch (DeliveryException e) {
            throw section.error("checks: " + e.getMessage());
        }
        if (gate.checks().isEmpty()) {
            throw section.error("a gate needs at least one check");
        }
        gate = gate.withSameDataset(section.flag("sameDataset", true));
        Optional<OnMissingBaseline> meaning = onMissing(section);
        if (meaning.isPresent()) {
            gate = gate.withOnMissingBaseline(meaning.get());
        }
        Optional<BaselineSource> baseline = section.child("baseline").map(GateReader::baseline);
        return baseline.isPresent() ? gate.withBaseline(baseline.get()) : gate;
    }

    private static Optional<OnMissingBaseline> onMissing(Section section) {
        try {
            return section.text("onMissingBaseline").map(OnMissingBaseline::parse);
        } catch (DeliveryException e) {
            throw section.error("onMissingBaseline: " + e.getMessage());
        }
    }

    /**
     * @param node an alias, a version, {@code {file: …}} or {@code {metrics: {…}}}
     * @throws DeliveryException INVALID_INPUT that tells these forms
     */
    public static BaselineSource baseline(JsonNode node) {
        return baseline(new Section("baseline", node));
    }

    private static BaselineSource baseline(Section section) {
        JsonNode node = section.node();
        if (node.isValueNode()) {
            return new BaselineSource.Reference(node.asText());
        }
        section.allow(Set.of("file", "metrics"));
        Optional<String> file = section.text("file");
        if (file.isPresent()) {
            return new BaselineSource.File(file.get(), "");
        }
        Map<String, Double> numbers = new TreeMap<>();
        section.child("metrics")
                .orElseThrow(() -> section.error("a baseline is an alias, a version, a file or metrics"))
                .children()
                .forEach((metric, value) -> {
                    if (!value.node().isNumber()) {
                        throw value.error("expected a number");
                    }
                    numbers.put(metric, value.node().asDouble());
                });
        return new BaselineSource.Numbers(Metrics.of(numbers));
    }
}
