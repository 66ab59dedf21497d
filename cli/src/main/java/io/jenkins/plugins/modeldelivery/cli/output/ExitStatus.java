package io.jenkins.plugins.modeldelivery.cli.output;

import io.jenkins.plugins.modeldelivery.engine.journal.Progress;
import io.jenkins.plugins.modeldelivery.engine.journal.RejectionReason;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;

/** What the process says to the shell. */
public final class ExitStatus {
    public static final int DONE = 0;
    public static final int REFUSED = 1;
    public static final int USAGE = 2;
    public static final int SERVER = 3;
    public static final int UNDECIDED = 4;
    /** A fault of ours; {@code EX_SOFTWARE} of sysexits(3), so that nobody takes it for a verdict. */
    public static final int BUG = 70;

    private ExitStatus() {}

    public static int of(Progress progress) {
        if (progress instanceof Progress.Done) {
            return DONE;
        }
        if (progress instanceof Progress.Rejected refused) {
            return of(refused.why());
        }
        return UNDECIDED;
    }

    public static int of(RejectionReason why) {
        return switch (why) {
            case GATE_INCONCLUSIVE -> UNDECIDED;
            case INVALID_INPUT -> USAGE;
            case ROLLBACK_FAILED, DEPLOYMENT_FAILED, SERVER_REFUSED, REGISTRATION_FAILED, ALIAS_NOT_MOVED -> SERVER;
            default -> REFUSED;
        };
    }

    public static int of(ErrorKind problem) {
        return switch (problem) {
            case INVALID_INPUT, NOT_FOUND, ALREADY_EXISTS, LOCAL_IO, CORRUPT -> USAGE;
            case CONFLICT -> REFUSED;
            case DENIED, UNSUPPORTED, SERVER, UNREACHABLE, MISCONFIGURED, TIMED_OUT, CANCELLED -> SERVER;
        };
    }
}
