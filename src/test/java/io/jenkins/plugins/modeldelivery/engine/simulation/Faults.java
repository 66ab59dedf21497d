package io.jenkins.plugins.modeldelivery.engine.simulation;

import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.Problem;

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
        /** Done, but nobody hears of it. */
        LOST_REPLY,
        /** Nobody hears of it, and it will be done in a while. */
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
        Problem problem = switch (kind) {
            case REFUSED -> Problem.DENIED;
            case CONFLICT -> Problem.CONFLICT;
            case NOT_FOUND -> Problem.NOT_FOUND;
            case SERVER_ERROR -> Problem.SERVER;
            case UNREACHABLE, LOST_REPLY -> Problem.UNREACHABLE;
            case LATE -> Problem.TIMED_OUT;
            default -> throw new IllegalArgumentException(kind.name());
        };
        return new DeliveryException(problem, "simulated " + kind + " of: " + what);
    }
}
