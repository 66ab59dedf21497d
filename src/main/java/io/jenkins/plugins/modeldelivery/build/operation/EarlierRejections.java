package io.jenkins.plugins.modeldelivery.build.operation;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.Run;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.ModelRef;
import io.jenkins.plugins.modeldelivery.engine.model.TextSanitizer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one operation of a build means for a later one. The chain is gate, promote, deploy: a version that one of them refused,
 * or that one of them has not ended with, goes no further in the same build, whatever a script makes of the failure. The newest
 * attempt counts, so that a repeated step that succeeds goes on.
 */
final class EarlierRejections {
    private static final int SHOWN = 300;

    private final Run<?, ?> run;

    EarlierRejections(Run<?, ?> run) {
        this.run = run;
    }

    /**
     * @param request of an operation that has not begun, with its model and registry
     * @throws DeliveryException CONFLICT that names what stands in the way
     */
    void check(OperationType type, JsonNode request) {
        if (type == OperationType.REGISTER || type == OperationType.GATE || !request.hasNonNull("model")) {
            return;
        }
        Subject subject = Subject.of(request);
        newest().stream()
                .filter(earlier -> precedes(earlier.type(), type))
                .filter(earlier -> subject.mayBe(Subject.of(earlier)))
                .filter(EarlierRejections::standsInTheWay)
                .findFirst()
                .ifPresent(earlier -> {
                    throw ErrorKind.CONFLICT.error(message(type, request, earlier));
                });
    }

    /** A whole delivery may have come to its end anywhere; a step that is repeated is not in its own way. */
    private static boolean precedes(OperationType earlier, OperationType later) {
        return earlier == OperationType.DELIVER
                ? later != OperationType.DELIVER
                : earlier != OperationType.REGISTER && earlier.compareTo(later) < 0;
    }

    private static boolean standsInTheWay(OperationState earlier) {
        return earlier.outcome()
                .map(outcome -> outcome.effect() == Outcome.Effect.FAILURE)
                .orElse(true);
    }

    /** Of each step and what it was for, the attempt that began last. */
    private List<OperationState> newest() {
        Map<String, OperationState> newest = new LinkedHashMap<>();
        for (OperationState state : BuildOutcomes.begun(run)) {
            JsonNode request = state.request();
            if (!request.path("dryRun").asBoolean()) {
                String purpose = switch (state.type()) {
                    case GATE -> request.path("gate").asText() + request.path("checks");
                    case PROMOTE -> request.path("to").asText();
                    default -> "";
                };
                newest.put(state.type() + "\n" + Subject.of(state) + "\n" + purpose, state);
            }
        }
        return List.copyOf(newest.values());
    }

    private static String message(OperationType type, JsonNode request, OperationState earlier) {
        String did = earlier.outcome()
                .map(outcome -> "failed: " + TextSanitizer.brief(outcome.message(), SHOWN))
                .orElse(earlier.working() ? "is still under way." : "did not come to its end.");
        return type.step() + " does nothing with "
                + TextSanitizer.brief(request.path("model").asText(), SHOWN) + ", since "
                + earlier.type().step() + " of this build " + did
                + " What was refused, or is not decided yet, goes no further in the same build. Repeat that step with"
                + " success first; a gate that shall not stop the build says so (onFailure: 'continue').";
    }

    /**
     * What an operation is about.
     *
     * @param version empty if it is not known, as where an alias is named
     */
    private record Subject(String registry, String name, Optional<String> version) {
        static Subject of(JsonNode request) {
            ModelRef model = RequestPreparer.model(request);
            return new Subject(request.path("registry").asText(), model.name(), model.version());
        }

        static Subject of(OperationState state) {
            JsonNode result = state.outcome()
                    .map(outcome -> outcome.type() == OperationType.DELIVER
                            ? outcome.result().path("register")
                            : (JsonNode) outcome.result())
                    .orElse(state.request());
            if (result.hasNonNull("name") && result.hasNonNull("version")) {
                return new Subject(
                        result.path("registry").asText(),
                        result.path("name").asText(),
                        Optional.of(result.path("version").asText()));
            }
            if (state.request().hasNonNull("model")) {
                Subject asked = of(state.request());
                return result.hasNonNull("model")
                        ? new Subject(
                                asked.registry,
                                asked.name,
                                RequestPreparer.model(result).version())
                        : asked;
            }
            JsonNode register = state.request(OperationType.REGISTER);
            return new Subject(
                    register.path("registry").asText(), register.path("name").asText(), Optional.empty());
        }

        /** Where a version is not known, it may be any of the model. */
        boolean mayBe(Subject other) {
            return registry.equals(other.registry)
                    && name.equals(other.name)
                    && (version.isEmpty() || other.version.isEmpty() || version.equals(other.version));
        }
    }
}
