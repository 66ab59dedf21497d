package io.jenkins.plugins.modeldelivery.engine.serving;

import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.ModelFiles;
import io.jenkins.plugins.modeldelivery.engine.model.TransferProgress;
import java.util.Optional;

/**
 * A place that serves models. A rollout goes apply, load, candidate READY, smoke test of the candidate (before traffic,
 * where the target can), switch over, live READY, smoke test of what is live, finish; or, from any point, restore, live
 * READY again. Every method is repeatable after a crash. All throw
 * {@link io.jenkins.plugins.modeldelivery.engine.model.DeliveryException}. Thread-safe.
 */
public interface ServingTarget extends AutoCloseable {
    TargetInfo describe(Cancellation cancellation);

    /** INVALID_INPUT with the reason, if this cannot be the name of an endpoint here. Asks no server. */
    void checkEndpoint(String endpoint);

    /** INVALID_INPUT with the reason, if this target cannot run this smoke test. Asks no server. */
    void checkSmokeTest(SmokeTest test);

    /** What the endpoint serves now; empty if nothing. */
    Optional<ServedVersion> current(String endpoint, Cancellation cancellation);

    /**
     * Puts the files beside those that are served. Traffic does not change. The bytes that arrive are compared with the
     * candidate's digest; CONFLICT if they differ.
     */
    void apply(Rollout rollout, ModelFiles files, TransferProgress progress, Cancellation cancellation);

    /**
     * A place into which another machine may bring the files instead of {@link #apply}, checked as that checks; to be closed.
     *
     * @return empty if the files can only be brought from here
     */
    default Optional<Landing> landing(Rollout rollout, Cancellation cancellation) {
        return Optional.empty();
    }

    /**
     * Asks the server to load the candidate beside what is live, where it can.
     *
     * @return FAILED with the server's own words if it cannot; else how far it is
     */
    Readiness load(Rollout rollout, Cancellation cancellation);

    /** Whether exactly the candidate is ready to be smoke-tested. */
    Readiness candidate(Rollout rollout, Cancellation cancellation);

    /** Whether the candidate can be smoke-tested before it gets traffic. */
    boolean testsBeforeTraffic();

    /** Sends the golden request to the candidate, past the traffic. Only if {@link #testsBeforeTraffic}. */
    SmokeResult smokeCandidate(Rollout rollout, SmokeTest test, Cancellation cancellation);

    /**
     * Gives the traffic to the candidate.
     *
     * @return FAILED with the server's own words if it will not
     */
    Readiness switchOver(Rollout rollout, Cancellation cancellation);

    /** Whether exactly this version (the candidate, or after a restore the previous one) is what clients get now. */
    Readiness live(Rollout rollout, ServedVersion version, Cancellation cancellation);

    /** Sends the golden request as clients do. */
    SmokeResult smokeLive(Rollout rollout, SmokeTest test, Cancellation cancellation);

    /** Unloads what is no longer needed and prunes old versions. */
    void finish(Rollout rollout, Cancellation cancellation);

    /** Takes the candidate away and asks for the previous version again; if there was none, the endpoint is emptied. */
    void restore(Rollout rollout, Cancellation cancellation);

    @Override
    void close();
}
