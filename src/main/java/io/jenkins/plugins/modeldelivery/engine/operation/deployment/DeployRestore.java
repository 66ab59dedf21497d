package io.jenkins.plugins.modeldelivery.engine.operation.deployment;

import io.jenkins.plugins.modeldelivery.engine.journal.JournalEntry;
import io.jenkins.plugins.modeldelivery.engine.journal.Progress;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.serving.CallLimits;
import io.jenkins.plugins.modeldelivery.engine.serving.Readiness;
import io.jenkins.plugins.modeldelivery.engine.serving.Revision;
import io.jenkins.plugins.modeldelivery.engine.serving.Rollout;
import io.jenkins.plugins.modeldelivery.engine.serving.ServingTarget;
import io.jenkins.plugins.modeldelivery.engine.serving.SmokeTest;
import io.jenkins.plugins.modeldelivery.engine.serving.SmokeTest.SmokeTestResult;
import java.util.Optional;

/** Puts back what was served before a failed rollout, and proves that it is served. */
record DeployRestore(
        JournalEntry entry, Rollout rollout, ServingTarget target, CallLimits limits, DeployWaitReporter waits) {
    Progress restore() {
        try {
            target.restore(rollout, limits);
            return entry.enter("awaiting-restored");
        } catch (DeliveryException e) {
            return notRestored(e);
        }
    }

    Progress awaitRestored() {
        Optional<Revision> previous = rollout.previous();
        if (previous.isEmpty()) {
            return restored();
        }
        try {
            Readiness readiness = target.live(rollout, previous.get().version(), limits);
            if (readiness.state() == Readiness.State.ABSENT) {
                entry.enter("restoring");
            }
            if (!readiness.isReady()) {
                return later("the previous version did not become ready" + DeployWaitReporter.stated(readiness));
            }
            Optional<SmokeTest> test = target.smokeTestOf(rollout.endpoint(), previous.get());
            if (test.isPresent()) {
                SmokeTestResult result = target.smokeLive(rollout, test.get(), limits);
                if (!result.passed()) {
                    return later("the previous version fails its own smoke test: " + result.reason());
                }
            }
            return restored();
        } catch (DeliveryException e) {
            return notRestored(e);
        }
    }

    /** A conflict never restores anything: what is served now is somebody else's. */
    private Progress notRestored(DeliveryException e) {
        if (e.kind() == ErrorKind.CONFLICT) {
            return entry.set("reason", entry.get("reason") + "; then: " + e.getMessage())
                    .enter("recording-conflict");
        }
        return e.kind() == ErrorKind.CORRUPT ? impossible(e.getMessage()) : later(e.getMessage());
    }

    private Progress later(String problem) {
        boolean overdue = !limits.clock().instant().isBefore(limits.deadline().orElseThrow());
        return overdue ? impossible(waits.lastOr(problem)) : waits.on(entry, problem);
    }

    private Progress impossible(String problem) {
        return entry.set("restoreProblem", problem).enter("recording-failed");
    }

    private Progress restored() {
        boolean verdict = entry.find("problem").isEmpty();
        boolean wasLive = entry.find("switched").isPresent();
        return entry.set("restored", "true").enter(verdict || wasLive ? "recording-rolled-back" : "recording-failed");
    }
}
