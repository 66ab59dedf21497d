package io.jenkins.plugins.modeldelivery.ui.badge;

import io.jenkins.plugins.modeldelivery.engine.gate.Verdict;
import io.jenkins.plugins.modeldelivery.engine.history.HealthIssue;
import io.jenkins.plugins.modeldelivery.engine.history.ModelSummary;
import io.jenkins.plugins.modeldelivery.engine.record.AliasTarget;
import io.jenkins.plugins.modeldelivery.engine.record.EndpointStatus;
import io.jenkins.plugins.modeldelivery.ui.badge.BadgeSvg.Tone;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** What a badge says of a model. */
final class BadgeState {
    /** Told by the gate of the version itself, or none of its business. */
    private static final Set<HealthIssue> OF_GATES = EnumSet.of(HealthIssue.GATE_FAILED, HealthIssue.GATE_INCONCLUSIVE);

    private final ModelSummary summary;
    private final Function<String, Optional<Verdict>> gates;

    /** @param gates the newest verdict about a version */
    BadgeState(ModelSummary summary, Function<String, Optional<Verdict>> gates) {
        this.summary = summary;
        this.gates = gates;
    }

    /** The same whether there is no such model, or the user who asks may know nothing of it. */
    static BadgeSvg unknown(String model) {
        return new BadgeSvg(model.isEmpty() ? "model" : model, "unknown", Tone.UNKNOWN);
    }

    BadgeSvg of(String alias) {
        Optional<String> version = summary.alias(alias).flatMap(AliasTarget::version);
        return version.map(its -> bearing(alias, its))
                .orElseGet(() -> new BadgeSvg(summary.model(), "no " + alias, Tone.UNKNOWN));
    }

    private BadgeSvg bearing(String alias, String version) {
        StringBuilder message = new StringBuilder(alias).append(" ").append(version);
        Optional<Verdict> gate = gates.apply(version);
        message.append(" · ")
                .append(gate.map(verdict -> "gate " + verdict.name().toLowerCase(Locale.ROOT))
                        .orElse("no gate"));
        boolean live = summary.endpoints().stream()
                .map(EndpointStatus::version)
                .anyMatch(served -> served.equals(Optional.of(version)));
        message.append(live ? " · live" : " · not deployed");
        boolean attention = !OF_GATES.containsAll(summary.concerns());
        if (attention) {
            message.append(" · needs attention");
        }
        return new BadgeSvg(summary.model(), message.toString(), tone(gate, attention));
    }

    private static Tone tone(Optional<Verdict> gate, boolean attention) {
        if (gate.equals(Optional.of(Verdict.FAILED))) {
            return Tone.BAD;
        }
        return gate.equals(Optional.of(Verdict.PASSED)) && !attention ? Tone.GOOD : Tone.WARNING;
    }
}
