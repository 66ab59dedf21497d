package io.jenkins.plugins.modeldelivery.engine.serving;

import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.Manifest;
import io.jenkins.plugins.modeldelivery.engine.serving.SmokeTest.SmokeTestResult;
import java.util.List;
import java.util.Optional;

/**
 * A place that serves models. A rollout goes begin, staging area, load, candidate READY, smoke test of the candidate (before
 * traffic, where the target can), switch over, live READY, smoke test of what is live, end; or, from any point after begin,
 * restore, live READY again, end.
 *
 * <p>From {@link #begin} to {@link #end} a rollout has its endpoint to itself. Each method that changes something names the
 * rollout; if the endpoint belongs to another one by then, or somebody else changed what is there, it throws CONFLICT and
 * has touched nothing. Every method is repeatable after a crash. All throw
 * {@link io.jenkins.plugins.modeldelivery.engine.model.DeliveryException}. Thread-safe.
 */
public interface ServingTarget extends AutoCloseable {
    TargetInfo describe(Cancellation cancellation);

    /** INVALID_INPUT with the reason, if this cannot be the name of an endpoint here. Asks no server. */
    void checkEndpoint(String endpoint);

    /** INVALID_INPUT with the reason, if this target cannot run this smoke test. Asks no server. */
    void checkSmokeTest(SmokeTest test);

    /** What this target knows of the endpoint. Asks no server. */
    EndpointState state(String endpoint);

    /**
     * As {@link #state}, after looking whether a rollout can begin. Changes nothing.
     *
     * @throws io.jenkins.plugins.modeldelivery.engine.model.DeliveryException CONFLICT if there is something at the endpoint
     *     that was not deployed from here; UNSUPPORTED, DENIED, UNREACHABLE if the server cannot do what a rollout needs
     */
    EndpointState inspect(String endpoint, CallLimits limits);

    /**
     * Whether what the endpoint serves is what {@link EndpointState#live} says: reads and hashes every file, and asks the
     * server.
     *
     * @return empty if so; else what is wrong
     */
    Optional<String> defect(String endpoint, CallLimits limits);

    /**
     * Takes the endpoint for a rollout.
     *
     * @param test remembered with the version, to prove it after a later rollback
     * @throws io.jenkins.plugins.modeldelivery.engine.model.DeliveryException CONFLICT if another rollout has it, or its
     *     generation is another one
     */
    void begin(Rollout rollout, Optional<SmokeTest> test, CallLimits limits);

    /**
     * Takes the files of the candidate from what is kept of earlier rollouts, if all of them are there and have its digest. Reads
     * every file. Traffic does not change.
     *
     * @return empty if they have to be brought
     */
    default Optional<Manifest> takeKept(Rollout rollout, CallLimits limits) {
        return Optional.empty();
    }

    /** A place for the files of the candidate, to be closed. Traffic does not change. */
    StagingArea stagingArea(Rollout rollout, CallLimits limits);

    /**
     * Asks the server to load the candidate beside what is live, where it can.
     *
     * @return FAILED with the server's own words if it cannot; else how far it is
     */
    Readiness load(Rollout rollout, CallLimits limits);

    /** Whether exactly the candidate is ready to be smoke-tested. */
    Readiness candidate(Rollout rollout, CallLimits limits);

    /** Whether the candidate can be smoke-tested before it gets traffic. */
    boolean testsBeforeTraffic();

    /** Sends the golden request to the candidate, past the traffic. Only if {@link #testsBeforeTraffic}. */
    SmokeTestResult smokeCandidate(Rollout rollout, SmokeTest test, CallLimits limits);

    /**
     * Gives the traffic to the candidate.
     *
     * @return FAILED with the server's own words if it will not
     */
    Readiness switchOver(Rollout rollout, CallLimits limits);

    /** Whether exactly this version (the candidate, or after a restore the previous one) is what clients get now. */
    Readiness live(Rollout rollout, ServedVersion version, CallLimits limits);

    /** Sends the golden request as clients do. */
    SmokeTestResult smokeLive(Rollout rollout, SmokeTest test, CallLimits limits);

    /** The smoke test with which a revision was deployed, if it had one and it is still known. */
    Optional<SmokeTest> smokeTestOf(String endpoint, Revision revision);

    /**
     * Takes the candidate away. If it was given traffic, puts back what was served before, after comparing its digest; if
     * nothing was served, empties the endpoint. What was never switched is left alone.
     *
     * @throws io.jenkins.plugins.modeldelivery.engine.model.DeliveryException CORRUPT if what was served before is not
     *     there any more, or not with the same bytes
     */
    void restore(Rollout rollout, CallLimits limits);

    /**
     * Gives the endpoint back and takes away what is no longer needed: the candidate beside what is live, files that did not
     * arrive, old revisions. If another rollout has the endpoint by now, only what has this rollout's own name goes.
     */
    void end(Rollout rollout, CallLimits limits);

    @Override
    void close();

    /**
     * What "Test connection" tells.
     *
     * @param kind "directory", "Open Inference"
     * @param server the server's name and version, empty if there is none
     * @param location URL or directory
     * @param capabilities in words
     */
    record TargetInfo(String kind, String server, String location, List<String> capabilities) {
        public TargetInfo {
            capabilities = List.copyOf(capabilities);
        }
    }
}
