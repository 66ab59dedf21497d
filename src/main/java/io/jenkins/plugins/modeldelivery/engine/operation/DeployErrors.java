package io.jenkins.plugins.modeldelivery.engine.operation;

import io.jenkins.plugins.modeldelivery.engine.journal.JournalEntry;
import io.jenkins.plugins.modeldelivery.engine.journal.RejectionReason;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.ModelVersion;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** What the problems mean that a rollout meets. */
public final class DeployErrors {
    private static final Set<ErrorKind> PASSING =
            EnumSet.of(ErrorKind.UNREACHABLE, ErrorKind.TIMED_OUT, ErrorKind.SERVER);
    private static final Set<ErrorKind> INPUT = EnumSet.of(
            ErrorKind.INVALID_INPUT,
            ErrorKind.NOT_FOUND,
            ErrorKind.ALREADY_EXISTS,
            ErrorKind.LOCAL_IO,
            ErrorKind.CORRUPT);

    private DeployErrors() {}

    /** Whether the same call may succeed later. */
    public static boolean isPassing(ErrorKind problem) {
        return PASSING.contains(problem);
    }

    /** Whether arguments, files or configuration are wrong: that says nothing about the version. */
    public static boolean isInput(ErrorKind problem) {
        return INPUT.contains(problem);
    }

    public static DeliveryException madeAgain(ModelVersion version, String registry) {
        return ErrorKind.CONFLICT.error(version.name() + "/" + version.version() + " was deleted in registry " + registry
                        + " and made again since this rollout was planned. Nothing was published. Deploy again, if the"
                        + " new one is meant.");
    }

    /** Why a rollout failed, from what its journal says. */
    public static RejectionReason refusal(JournalEntry entry) {
        Optional<ErrorKind> problem = entry.find("problem").map(ErrorKind::valueOf);
        if (entry.find("restoreProblem").isPresent()) {
            return RejectionReason.ROLLBACK_FAILED;
        }
        if (problem.isEmpty()) {
            return RejectionReason.DEPLOYMENT_FAILED;
        }
        return isInput(problem.get()) ? RejectionReason.INVALID_INPUT : RejectionReason.SERVER_REFUSED;
    }
}
