package io.jenkins.plugins.modeldelivery.build.operation;

import hudson.model.Run;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the operations of a build have come to, read from the build's directory. */
public final class BuildOutcomes {
    private BuildOutcomes() {}

    /** Those that have ended, oldest first. */
    public static List<Outcome> of(Run<?, ?> run) {
        return OperationSlots.of(run).stream()
                .map(OperationSlot::outcome)
                .flatMap(Optional::stream)
                .map(Outcome::fromJson)
                .sorted((a, b) -> a.time().compareTo(b.time()))
                .toList();
    }

    /** All that were begun, in that order. */
    public static List<OperationState> begun(Run<?, ?> run) {
        return OperationSlots.of(run).stream()
                .map(slot -> OperationState.of(run, slot))
                .flatMap(Optional::stream)
                .toList();
    }

    /** Whether an operation with this id was ever begun in the build. */
    public static boolean knows(Run<?, ?> run, String id) {
        return OperationSlots.of(run).stream().anyMatch(slot -> slot.name().equals(id));
    }

    /** As a step names it, and in which registry. */
    record Registered(String name, String version, String registry) {
        String reference() {
            return name + "/" + version;
        }
    }

    /**
     * The version that this build registered last.
     *
     * @throws DeliveryException INVALID_INPUT if it registered none, or several models
     */
    static Registered registered(Run<?, ?> run, OperationType asking) {
        Map<String, Registered> last = new LinkedHashMap<>();
        for (Outcome outcome : of(run)) {
            var result =
                    outcome.type() == OperationType.DELIVER ? outcome.result().path("register") : outcome.result();
            boolean registers = outcome.type() == OperationType.REGISTER || outcome.type() == OperationType.DELIVER;
            if (registers && result.hasNonNull("version") && outcome.refusal().isEmpty()) {
                Registered found = new Registered(
                        result.path("name").asText(),
                        result.path("version").asText(),
                        result.path("registry").asText());
                last.put(found.registry() + "\n" + found.name(), found);
            }
        }
        if (last.size() == 1) {
            return last.values().iterator().next();
        }
        if (last.isEmpty()) {
            throw ErrorKind.INVALID_INPUT.error(asking.step()
                    + " needs a model, and this build has registered none. Register a model first, or set the"
                    + " parameter model, for example model: 'churn/7' or model: 'churn@champion'.");
        }
        String all = last.values().stream().map(Registered::reference).collect(Collectors.joining(", "));
        throw ErrorKind.INVALID_INPUT.error(
                "This build has registered several models: " + all + ". Set the model of " + asking.step()
                        + ", for example model: '"
                        + last.values().iterator().next().reference() + "'.");
    }
}
