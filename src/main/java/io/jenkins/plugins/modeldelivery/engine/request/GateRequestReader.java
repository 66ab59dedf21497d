package io.jenkins.plugins.modeldelivery.engine.request;

import io.jenkins.plugins.modeldelivery.engine.document.ConfigNode;
import io.jenkins.plugins.modeldelivery.engine.gate.BaselineSource;
import io.jenkins.plugins.modeldelivery.engine.gate.Check;
import io.jenkins.plugins.modeldelivery.engine.gate.Gate;
import io.jenkins.plugins.modeldelivery.engine.gate.OnMissingBaseline;
import io.jenkins.plugins.modeldelivery.engine.metrics.MetricsFile;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.ModelRef;
import io.jenkins.plugins.modeldelivery.engine.model.TextSanitizer;
import io.jenkins.plugins.modeldelivery.engine.policy.GateReader;
import io.jenkins.plugins.modeldelivery.engine.policy.Rules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the section {@code gate}. */
final class GateRequestReader {
    private final ConfigNode section;
    private final Rules rules;
    private final InputFiles files;

    GateRequestReader(ConfigNode section, Rules rules, InputFiles files) {
        this.section = section;
        this.rules = rules;
        this.files = files;
    }

    GateRequest read(ModelRef model) {
        Gate gate = gate();
        // A configured gate's file was read with the configuration; no file of the request takes its place.
        if (gate.baseline().orElse(null) instanceof BaselineSource.File file
                && file.content().isEmpty()) {
            throw new DeliveryException(
                    ErrorKind.INVALID_INPUT,
                    "The gate's baseline file " + TextSanitizer.brief(file.path(), 100)
                            + " was not read with the configuration that names it.");
        }
        return new GateRequest(
                model,
                section.text("registry"),
                gate,
                section.text("metrics").map(path -> RequestReader.metrics(files, path)));
    }

    /**
     * A gate with checks added is another gate, and so is one with a baseline file of the request's own, which may have the
     * path of the configured one: it has no name, so it is no evidence for a policy that asks for the configured gate.
     */
    private Gate gate() {
        Gate gate = section.text("gate").map(this::configured).orElseGet(() -> Gate.of(null, List.of()));
        List<String> checks = section.texts("checks");
        if (!checks.isEmpty()) {
            List<Check> all = new ArrayList<>(gate.checks());
            checks.stream().map(Check::parse).forEach(all::add);
            gate = unnamed(gate, all);
        }
        Optional<BaselineSource> source = section.child("baseline").map(GateReader::baseline);
        if (source.orElse(null) instanceof BaselineSource.File file) {
            byte[] bytes = files.definition(file.path(), MetricsFile.MAX_BYTES);
            gate = unnamed(gate, gate.checks()).withBaseline(file.read(bytes));
        } else if (source.isPresent()) {
            gate = gate.withBaseline(source.get());
        }
        Optional<OnMissingBaseline> meaning = section.text("onMissingBaseline").map(OnMissingBaseline::parse);
        return meaning.isPresent() ? gate.withOnMissingBaseline(meaning.get()) : gate;
    }

    private static Gate unnamed(Gate gate, List<Check> checks) {
        return new Gate(Optional.empty(), checks, gate.baseline(), gate.onMissingBaseline(), gate.sameDataset());
    }

    private Gate configured(String name) {
        Gate gate = rules.gates().get(name);
        if (gate == null) {
            throw new DeliveryException(
                    ErrorKind.INVALID_INPUT,
                    "There is no gate " + TextSanitizer.brief(name, 60) + "; "
                            + (rules.gates().isEmpty()
                                    ? "the configuration has none."
                                    : "there are: "
                                            + String.join(", ", rules.gates().keySet()) + "."));
        }
        return gate;
    }
}
