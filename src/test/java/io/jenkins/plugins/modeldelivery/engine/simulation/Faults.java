package io.jenkins.plugins.modeldelivery.engine.simulation;

import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;

/** What may befall a call to a server. */
final class Faults {
    private Faults() {}

    enum Kind {
        NONE,
        /** 403. */
        REFUSED,
        CONFLICT,
        NOT_FOUND,
        /** 500, before anything was done. */
        SERVER_ERROR,
        /** No connection; nothing was done. */
        UNREACHABLE,
        /** Done, but the reply is lost. */
        LOST_REPLY,
        /** The reply is lost, and the call is done later. */
        LATE
    }

    static Kind draw(World world, boolean changes, String what) {
        if (!world.random.perMille(world.profile.faults())) {
            return Kind.NONE;
        }
        Kind kind = changes
                ? world.random.pick(
                        Kind.REFUSED,
                        Kind.CONFLICT,
                        Kind.NOT_FOUND,
                        Kind.SERVER_ERROR,
                        Kind.UNREACHABLE,
                        Kind.LOST_REPLY,
                        Kind.LOST_REPLY,
                        Kind.LATE)
                : world.random.pick(Kind.REFUSED, Kind.SERVER_ERROR, Kind.UNREACHABLE);
        world.coverage.count("fault " + kind);
        return kind;
    }

    static DeliveryException exception(Kind kind, String what) {
        ErrorKind problem = switch (kind) {
            case REFUSED -> ErrorKind.DENIED;
            case CONFLICT -> ErrorKind.CONFLICT;
            case NOT_FOUND -> ErrorKind.NOT_FOUND;
            case SERVER_ERROR -> ErrorKind.SERVER;
            case UNREACHABLE, LOST_REPLY -> ErrorKind.UNREACHABLE;
            case LATE -> ErrorKind.TIMED_OUT;
            default -> throw new IllegalArgumentException(kind.name());
        };
        return problem.error("simulated " + kind + " of: " + what);
    }
}
