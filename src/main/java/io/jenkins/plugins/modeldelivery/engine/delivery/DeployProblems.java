package io.jenkins.plugins.modeldelivery.engine.delivery;

import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ModelVersion;
import io.jenkins.plugins.modeldelivery.engine.model.Problem;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** What the problems mean that a rollout meets. */
final class DeployProblems {
    private static final Set<Problem> PASSING = EnumSet.of(Problem.UNREACHABLE, Problem.TIMED_OUT, Problem.SERVER);
    private static final Set<Problem> INPUT = EnumSet.of(
            Problem.INVALID_INPUT, Problem.NOT_FOUND, Problem.ALREADY_EXISTS, Problem.LOCAL_IO, Problem.CORRUPT);

    private DeployProblems() {}

    /** Whether the same call may succeed later. */
    static boolean isPassing(Problem problem) {
        return PASSING.contains(problem);
    }

    /** Whether arguments, files or configuration are wrong: that says nothing about the version. */
    static boolean isInput(Problem problem) {
        return INPUT.contains(problem);
    }

    static DeliveryException madeAgain(ModelVersion version, String registry) {
        return new DeliveryException(
                Problem.CONFLICT,
                version.name() + "/" + version.version() + " was deleted in registry " + registry
                        + " and made again since this rollout was planned. Nothing was published. Deploy again, if the"
                        + " new one is meant.");
    }

    /** Why a rollout failed, from what its journal says. */
    static Refusal refusal(Page page) {
        Optional<Problem> problem = page.find("problem").map(Problem::valueOf);
        if (page.find("restoreProblem").isPresent()) {
            return Refusal.ROLLBACK_FAILED;
        }
        if (problem.isEmpty()) {
            return Refusal.DEPLOYMENT_FAILED;
        }
        return isInput(problem.get()) ? Refusal.INVALID_INPUT : Refusal.SERVER_REFUSED;
    }
}
