package io.jenkins.plugins.modeldelivery.engine.delivery;

import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.Problem;
import io.jenkins.plugins.modeldelivery.engine.serving.Limits;
import io.jenkins.plugins.modeldelivery.engine.serving.Readiness;
import io.jenkins.plugins.modeldelivery.engine.serving.Revision;
import io.jenkins.plugins.modeldelivery.engine.serving.Rollout;
import io.jenkins.plugins.modeldelivery.engine.serving.ServingTarget;
import io.jenkins.plugins.modeldelivery.engine.serving.SmokeResult;
import io.jenkins.plugins.modeldelivery.engine.serving.SmokeTest;
import java.util.Optional;

/** Puts back what was served before a failed rollout, and proves that it is served. */
record DeployWayBack(Page page, Rollout rollout, ServingTarget target, Limits limits, DeployWaits waits) {
    Progress restore() {
        try {
            target.restore(rollout, limits);
            return page.go("awaiting-restored");
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
                page.go("restoring");
            }
            if (!readiness.isReady()) {
                return later("the previous version is not ready again" + DeployWaits.stated(readiness));
            }
            Optional<SmokeTest> test = target.smokeTestOf(rollout.endpoint(), previous.get());
            if (test.isPresent()) {
                SmokeResult result = target.smokeLive(rollout, test.get(), limits);
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
        if (e.problem() == Problem.CONFLICT) {
            return page.set("reason", page.get("reason") + "; then: " + e.getMessage())
                    .go("recording-conflict");
        }
        return e.problem() == Problem.CORRUPT ? impossible(e.getMessage()) : later(e.getMessage());
    }

    private Progress later(String problem) {
        boolean overdue = !limits.clock().instant().isBefore(limits.deadline().orElseThrow());
        return overdue ? impossible(waits.lastOr(problem)) : waits.on(page, problem);
    }

    private Progress impossible(String problem) {
        return page.set("restoreProblem", problem).go("recording-failed");
    }

    private Progress restored() {
        boolean verdict = page.find("problem").isEmpty();
        boolean wasLive = page.find("switched").isPresent();
        return page.set("restored", "true").go(verdict || wasLive ? "recording-rolled-back" : "recording-failed");
    }
}
