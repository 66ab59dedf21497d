package io.jenkins.plugins.modeldelivery.cli;

import io.jenkins.plugins.modeldelivery.engine.gate.BaselineSource;
import io.jenkins.plugins.modeldelivery.engine.gate.Check;
import io.jenkins.plugins.modeldelivery.engine.gate.Gate;
import io.jenkins.plugins.modeldelivery.engine.gate.OnMissingBaseline;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.Problem;
import io.jenkins.plugins.modeldelivery.engine.model.Texts;
import io.jenkins.plugins.modeldelivery.engine.promotion.Rules;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A configured gate, checks of one's own, or both. */
final class GateOptions {
    Optional<String> gate = Optional.empty();
    List<String> checks = List.of();
    Optional<String> baseline = Optional.empty();
    Optional<Path> baselineMetrics = Optional.empty();
    Optional<String> onMissingBaseline = Optional.empty();

    /**
     * A gate with checks added is another gate: it has no name, so it is no evidence for a policy that asks for the
     * configured one.
     *
     * @param base where the relative path of a configured gate's baseline file starts
     */
    Gate gate(Rules rules, Path base) {
        Gate found = gate.map(name -> configured(rules, name)).orElseGet(() -> Gate.of(null, List.of()));
        if (!checks.isEmpty()) {
            List<Check> all = new ArrayList<>(found.checks());
            checks.stream().map(Check::parse).forEach(all::add);
            found = new Gate(Optional.empty(), all, found.baseline(), found.onMissingBaseline(), found.sameDataset());
        }
        if (baselineMetrics.isPresent()) {
            found = found.withBaseline(
                    new BaselineSource.File(baselineMetrics.get().toString(), ""));
        } else if (baseline.isPresent()) {
            found = found.withBaseline(new BaselineSource.Reference(baseline.get()));
        } else if (found.baseline().orElse(null) instanceof BaselineSource.File file) {
            found = found.withBaseline(new BaselineSource.File(file.path(), base.toString()));
        }
        if (onMissingBaseline.isPresent()) {
            found = found.withOnMissingBaseline(onMissing(onMissingBaseline.get()));
        }
        return found;
    }

    private static OnMissingBaseline onMissing(String text) {
        try {
            return OnMissingBaseline.valueOf(text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new DeliveryException(
                    Problem.INVALID_INPUT,
                    "A missing baseline can mean pass, fail or inconclusive, not \"" + Texts.brief(text, 60) + "\".",
                    e);
        }
    }

    private static Gate configured(Rules rules, String name) {
        Gate gate = rules.gates().get(name);
        if (gate == null) {
            throw new DeliveryException(
                    Problem.INVALID_INPUT,
                    "There is no gate " + Texts.brief(name, 60) + "; "
                            + (rules.gates().isEmpty()
                                    ? "the configuration has none."
                                    : "there are: "
                                            + String.join(", ", rules.gates().keySet()) + "."));
        }
        return gate;
    }
}
