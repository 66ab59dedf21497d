package io.jenkins.plugins.modeldelivery.engine.promotion;

import io.jenkins.plugins.modeldelivery.engine.gate.BaselineSource;
import io.jenkins.plugins.modeldelivery.engine.gate.Gate;
import io.jenkins.plugins.modeldelivery.engine.gate.OnMissingBaseline;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.Metrics;
import io.jenkins.plugins.modeldelivery.engine.model.Section;
import java.util.Optional;

/** Reads gates, and what they compare with. */
public final class GateReader {
    private GateReader() {}

    static Gate read(String name, Section section) {
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
        Optional<OnMissingBaseline> meaning = section.text("onMissingBaseline").map(OnMissingBaseline::parse);
        if (meaning.isPresent()) {
            gate = gate.withOnMissingBaseline(meaning.get());
        }
        Optional<BaselineSource> baseline = section.child("baseline").map(GateReader::baseline);
        return baseline.isPresent() ? gate.withBaseline(baseline.get()) : gate;
    }

    /**
     * @param section an alias, a version, {@code {file: …}} or {@code {metrics: {…}}}
     * @throws DeliveryException INVALID_INPUT that tells these forms
     */
    public static BaselineSource baseline(Section section) {
        if (section.node().isValueNode()) {
            return new BaselineSource.Reference(section.text());
        }
        Optional<String> file = section.text("file");
        if (file.isPresent() == section.child("metrics").isPresent()) {
            throw section.error("a baseline is an alias, a version, a file or metrics");
        }
        return file.<BaselineSource>map(path -> new BaselineSource.File(path, ""))
                .orElseGet(() -> new BaselineSource.Numbers(Metrics.of(section.numbersByName("metrics"))));
    }
}
