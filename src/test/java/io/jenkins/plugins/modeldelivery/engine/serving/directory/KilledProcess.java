package io.jenkins.plugins.modeldelivery.engine.serving.directory;

import io.jenkins.plugins.modeldelivery.engine.serving.Rollout;

/** What a process leaves that is killed at a moment at which no test can stop it. */
public final class KilledProcess {
    private KilledProcess() {}

    /** In the middle of the request to load a candidate. */
    public static void whileACandidateLoads(EndpointFiles files, Rollout rollout) {
        files.showCandidate(rollout);
    }
}
