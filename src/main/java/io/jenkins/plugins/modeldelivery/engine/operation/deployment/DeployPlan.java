package io.jenkins.plugins.modeldelivery.engine.operation.deployment;

import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.ModelVersion;
import io.jenkins.plugins.modeldelivery.engine.model.VersionIdentity;
import io.jenkins.plugins.modeldelivery.engine.operation.ModelResolver;
import io.jenkins.plugins.modeldelivery.engine.operation.NamedLookup;
import io.jenkins.plugins.modeldelivery.engine.operation.OperationContext;
import io.jenkins.plugins.modeldelivery.engine.registry.ModelRegistry;
import io.jenkins.plugins.modeldelivery.engine.request.DeployRequest;
import io.jenkins.plugins.modeldelivery.engine.serving.CallLimits;
import io.jenkins.plugins.modeldelivery.engine.serving.EndpointState;
import io.jenkins.plugins.modeldelivery.engine.serving.Revision;
import io.jenkins.plugins.modeldelivery.engine.serving.Rollout;
import io.jenkins.plugins.modeldelivery.engine.serving.ServedVersion;
import io.jenkins.plugins.modeldelivery.engine.serving.ServingTarget;
import io.jenkins.plugins.modeldelivery.engine.serving.SmokeTest.SmokeTestResult;
import java.time.Instant;
import java.util.Optional;

/** What is asked and decided before a rollout begins; changes nothing. */
record DeployPlan(DeployRequest request, OperationContext context) {
    NamedLookup.Named<ModelRegistry> registry() {
        return context.registries().get(request.registry());
    }

    NamedLookup.Named<ServingTarget> target() {
        return context.targets().get(request.target());
    }

    private TargetRuleCheck permit() {
        return new TargetRuleCheck(context, registry(), target().name());
    }

    /** @throws DeliveryException DENIED if the rule of the target forbids the request, whatever version it is of */
    void checkRule() {
        permit().check(request);
    }

    /** What the rule of the target says against this version, as a sentence; empty if it may be deployed now. */
    Optional<String> objection(ModelVersion version) {
        return permit().unmet(version);
    }

    private CallLimits limits(Instant deadline) {
        return new CallLimits(context.cancellation(), Optional.of(deadline), context.clock());
    }

    private Instant deadline() {
        return context.clock().instant().plus(request.timeout());
    }

    /**
     * Whether the rollout could begin now, whatever version it is of.
     *
     * @throws DeliveryException INVALID_INPUT, CONFLICT, UNSUPPORTED, … with what is in the way
     */
    EndpointState check() {
        NamedLookup.Named<ModelRegistry> registry = registry();
        ModelResolver.check(registry.value(), request.model());
        ServingTarget target = target().value();
        target.checkEndpoint(request.endpoint());
        checkRule();
        request.smokeTest().ifPresent(target::checkSmokeTest);
        EndpointState state = target.inspect(request.endpoint(), limits(deadline()));
        state.rollout()
                .filter(other -> !other.givenUp(context.clock().instant()))
                .ifPresent(other -> {
                    throw ErrorKind.CONFLICT.error(other.refusal(request.endpoint()));
                });
        ServedVersion wanted =
                new ServedVersion(registry.name(), request.model().name(), "any", Optional.empty(), Optional.empty());
        state.live()
                .map(Revision::version)
                .filter(live -> !live.sameModel(wanted) && !request.takeOver())
                .ifPresent(this::refuseOtherModel);
        return state;
    }

    private void refuseOtherModel(ServedVersion live) {
        throw ErrorKind.CONFLICT.error(
                "Nothing was changed, because the endpoint " + target().name() + "/" + request.endpoint()
                        + " serves another model, " + live.text() + " of registry " + live.registry()
                        + ". Deploy to another endpoint; or, if "
                        + request.model().name()
                        + " must replace it, set takeOver: true (command line: --take-over).");
    }

    /**
     * @param version with the digest that its bytes must have, if that is known
     * @param state as {@link #check} gave it
     */
    Rollout rollout(String id, String model, VersionIdentity version, EndpointState state) {
        return new Rollout(
                id,
                request.endpoint(),
                new ServedVersion(
                        registry().name(),
                        model,
                        version.version(),
                        Optional.of(version.fingerprint()),
                        version.digest()),
                state.live(),
                state.generation(),
                deadline());
    }

    /**
     * Whether the endpoint serves the candidate already.
     *
     * @param proven whether it does
     * @param problem why it does not although it should; empty if there was no reason to look
     * @param test how the smoke test ended, if it was asked for and run
     */
    record Unchanged(boolean proven, String problem, Optional<SmokeTestResult> test) {
        /** For the log; empty if there is nothing to tell. */
        Optional<String> line(String place, String candidate) {
            if (proven) {
                return Optional.of("unchanged    " + place + " serves " + candidate
                        + " already. Its files and the server were verified");
            }
            return problem.isEmpty()
                    ? Optional.empty()
                    : Optional.of("damaged      " + place + " should serve " + candidate + " already, but " + problem
                            + ". It is rolled out again");
        }

        private static Unchanged no(String problem) {
            return new Unchanged(false, problem, Optional.empty());
        }
    }

    /** Believes the state no more than the files and the server. */
    Unchanged unchanged(Rollout rollout) {
        if (rollout.previous()
                .filter(live -> live.version().same(rollout.candidate()))
                .isEmpty()) {
            return Unchanged.no("");
        }
        ServingTarget target = target().value();
        CallLimits limits = limits(rollout.deadline());
        Optional<String> defect = target.defect(request.endpoint(), limits);
        if (defect.isPresent()) {
            return Unchanged.no(defect.get());
        }
        if (request.smokeTest().isEmpty()) {
            return new Unchanged(true, "", Optional.empty());
        }
        SmokeTestResult result = target.smokeLive(rollout, request.smokeTest().get(), limits);
        return result.passed()
                ? new Unchanged(true, "", Optional.of(result))
                : Unchanged.no("the smoke test failed: " + result.reason());
    }
}
