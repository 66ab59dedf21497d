package io.jenkins.plugins.modeldelivery.engine.policy;

import io.jenkins.plugins.modeldelivery.engine.document.ConfigNode;
import io.jenkins.plugins.modeldelivery.engine.gate.BaselineSource;
import io.jenkins.plugins.modeldelivery.engine.gate.Check;
import io.jenkins.plugins.modeldelivery.engine.gate.Gate;
import io.jenkins.plugins.modeldelivery.engine.gate.OnMissingBaseline;
import io.jenkins.plugins.modeldelivery.engine.metrics.Metrics;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import java.util.Optional;

/** Reads gates, and what they compare with. */
public final class GateReader {
    private GateReader() {}

    /** @param files empty if the configuration is only looked at; then a gate whose baseline is a file cannot be evaluated */
    static Gate read(String name, ConfigNode section, Optional<ConfigurationFiles> files) {
        Gate gate = section.checked("checks", () -> Gate.of(name, section.texts("checks")));
        if (gate.checks().isEmpty()) {
            throw section.error("a gate needs at least one check");
        }
        gate = gate.withSameDataset(section.flag("sameDataset", true));
        Optional<OnMissingBaseline> meaning = section.text("onMissingBaseline").map(OnMissingBaseline::parse);
        if (meaning.isPresent()) {
            gate = gate.withOnMissingBaseline(meaning.get());
        }
        Optional<ConfigNode> source = section.child("baseline");
        return source.isPresent() ? with(gate, source.get(), files) : gate;
    }

    private static Gate with(Gate gate, ConfigNode section, Optional<ConfigurationFiles> files) {
        BaselineSource source = baseline(section);
        if (source instanceof BaselineSource.File file && files.isPresent()) {
            try {
                source = file.read(files.get().read(file.path()));
            } catch (DeliveryException e) {
                throw e.kind().error(section.place() + ".file: " + e.getMessage(), e);
            }
        }
        refuseGaps(gate, source, section);
        return gate.withBaseline(source);
    }

    /**
     * Numbers that an administrator gave once and for all are no first model: where they lack a metric, the check that is
     * compared with it would pass for ever.
     */
    private static void refuseGaps(Gate gate, BaselineSource source, ConfigNode section) {
        Optional<Metrics> numbers = source.numbers();
        if (numbers.isEmpty() || gate.onMissingBaseline() != OnMissingBaseline.PASS) {
            return;
        }
        for (Check check : gate.checks()) {
            if (check.bound().needsBaseline()
                    && numbers.get().slices(check.metric()).isEmpty()) {
                throw section.error(source.description() + " has no metric " + check.metric() + ", so the check "
                        + check + " could never fail. Add the metric, or say onMissingBaseline: fail or inconclusive");
            }
        }
    }

    /**
     * @param section an alias, a version, {@code {file: …}} or {@code {metrics: {…}}}
     * @throws DeliveryException INVALID_INPUT that tells these forms
     */
    public static BaselineSource baseline(ConfigNode section) {
        if (section.node().isValueNode()) {
            return new BaselineSource.Reference(section.text());
        }
        Optional<String> file = section.text("file");
        if (file.isPresent() == section.child("metrics").isPresent()) {
            throw section.error("a baseline is an alias, a version, a file or metrics");
        }
        return file.<BaselineSource>map(path -> new BaselineSource.File(path))
                .orElseGet(() -> new BaselineSource.Numbers(Metrics.of(section.numbersByName("metrics"))));
    }
}
