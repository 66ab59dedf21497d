package io.jenkins.plugins.modeldelivery.engine.operation.deployment;

import io.jenkins.plugins.modeldelivery.engine.journal.JournalEntry;
import io.jenkins.plugins.modeldelivery.engine.journal.Progress;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.Manifest;
import io.jenkins.plugins.modeldelivery.engine.model.ModelVersion;
import io.jenkins.plugins.modeldelivery.engine.operation.OperationContext;
import io.jenkins.plugins.modeldelivery.engine.request.DeployRequest;
import io.jenkins.plugins.modeldelivery.engine.serving.CallLimits;
import io.jenkins.plugins.modeldelivery.engine.serving.Readiness;
import io.jenkins.plugins.modeldelivery.engine.serving.Rollout;
import io.jenkins.plugins.modeldelivery.engine.serving.ServingTarget;
import io.jenkins.plugins.modeldelivery.engine.serving.SmokeTest;
import io.jenkins.plugins.modeldelivery.engine.serving.SmokeTest.SmokeTestResult;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** The rollout proper: the states between the plan and the outcome, in which the endpoint is changed. */
final class DeployRollout {
    static final Set<String> STATES = Set.of(
            "applying",
            "loading",
            "awaiting-candidate",
            "smoke-testing",
            "switching",
            "verifying",
            "smoke-testing-live");
    private static final int MOST_RELOADS = 5;
    /** After these the same call may succeed later. */
    private static final Set<ErrorKind> PASSING =
            EnumSet.of(ErrorKind.UNREACHABLE, ErrorKind.TIMED_OUT, ErrorKind.SERVER);

    private final DeployPlan plan;
    private final DeployRequest request;
    private final OperationContext context;
    private final DeployWaitReporter waits;
    private ModelVersion found;

    DeployRollout(DeployPlan plan, DeployWaitReporter waits) {
        this.plan = plan;
        this.request = plan.request();
        this.context = plan.context();
        this.waits = waits;
    }

    /** Keeps the version as the registry shows it. */
    ModelVersion begin(ModelVersion version) {
        found = version;
        return version;
    }

    Progress advance(JournalEntry entry) {
        if (context.cancellation().requested()) {
            return fail(entry, "it was cancelled");
        }
        if (overdue(entry)) {
            return fail(entry, late(entry));
        }
        try {
            return rollOut(entry);
        } catch (DeliveryException e) {
            return failed(entry, e);
        }
    }

    private static Rollout rollout(JournalEntry entry) {
        return Rollout.fromJson(entry.object("rollout"));
    }

    private Progress failed(JournalEntry entry, DeliveryException e) {
        boolean cancelled = context.cancellation().requested();
        if (Thread.currentThread().isInterrupted() && !cancelled) {
            // Nobody wants it to stop; the process ends, and the next one goes on.
            throw e;
        }
        if (e.kind() == ErrorKind.CONFLICT) {
            return conflict(entry, e.getMessage());
        }
        if (e.kind() == ErrorKind.CANCELLED) {
            return fail(entry, cancelled ? "it was cancelled" : late(entry));
        }
        if (PASSING.contains(e.kind())) {
            return overdue(entry) ? fail(entry, e.getMessage()) : waits.on(entry, e.getMessage());
        }
        entry.set("problem", e.kind().name());
        return fail(entry, e.getMessage());
    }

    /** As the registry told it, asked once a process: a version's files do not change. */
    private ModelVersion found(JournalEntry entry) {
        if (found == null) {
            found = plan.registry()
                    .value()
                    .version(request.model().name(), entry.get("version"), context.cancellation());
        }
        if (!found.fingerprint().equals(entry.requireIdentity().fingerprint())) {
            throw ErrorKind.CONFLICT.error(found.name() + "/" + found.version() + " was deleted in registry "
                    + plan.registry().name()
                    + " and created again since this rollout was planned. Nothing was published. To deploy the new"
                    + " version, deploy again.");
        }
        return found;
    }

    private boolean overdue(JournalEntry entry) {
        return context.clock().instant().isAfter(rollout(entry).deadline());
    }

    private String late(JournalEntry entry) {
        return "it did not finish within " + request.timeout().toSeconds() + " s: "
                + waits.lastOr(DeployWaitReporter.doing(entry.state()))
                + ". Check whether the server is overloaded or hangs, or set a longer time limit";
    }

    private Progress rollOut(JournalEntry entry) {
        ServingTarget target = plan.target().value();
        Rollout rollout = rollout(entry);
        CallLimits limits = new CallLimits(context.cancellation(), Optional.of(rollout.deadline()), context.clock());
        switch (entry.state()) {
            case "applying":
                permit(entry);
                Optional<Manifest> kept = target.takeKept(rollout, limits);
                Manifest arrived = kept.isPresent()
                        ? kept.get()
                        : context.transfers().bring(plan.registry(), found(entry), plan.target(), rollout, limits);
                entry.set("rollout", rollout.withDigest(arrived.digest()).toJson());
                entry.setIdentity(entry.requireIdentity().withDigest(Optional.of(arrived.digest())));
                context.log()
                        .accept("applied      the files are " + (kept.isPresent() ? "still " : "") + "at "
                                + plan.target().name() + ", " + Manifest.brief(arrived.digest()));
                return entry.enter("loading");
            case "loading":
                if (target.testsBeforeTraffic() && entry.isCertain()) {
                    context.log()
                            .accept("loading      requesting the server to load "
                                    + rollout.candidate().text());
                }
                return begun(entry, target.load(rollout, limits), "awaiting-candidate");
            case "awaiting-candidate":
                boolean test =
                        target.testsBeforeTraffic() && request.smokeTest().isPresent();
                return await(entry, target.candidate(rollout, limits), "loading", test ? "smoke-testing" : "switching");
            case "smoke-testing":
                return judge(entry, target.smokeCandidate(rollout, smokeTest(), limits), "switching");
            case "switching":
                permit(entry);
                entry.set("switched", "true");
                return begun(entry, target.switchOver(rollout, limits), "verifying");
            case "verifying":
                return await(
                        entry,
                        target.live(rollout, rollout.candidate(), limits),
                        "switching",
                        request.smokeTest().isPresent() ? "smoke-testing-live" : "recording-live");
            case "smoke-testing-live":
                return judge(entry, target.smokeLive(rollout, smokeTest(), limits), "recording-live");
            default:
                throw entry.foreign("is in no state of a rollout");
        }
    }

    /**
     * Asks the rule of the target again: configuration, alias and evidence may have changed since the rollout began.
     *
     * @throws DeliveryException DENIED with what the version lacks now
     */
    private void permit(JournalEntry entry) {
        context.caller().admission().check();
        plan.checkRule();
        plan.objection(found(entry)).ifPresent(why -> {
            throw ErrorKind.DENIED.error(why);
        });
    }

    private SmokeTest smokeTest() {
        return request.smokeTest().orElseThrow();
    }

    /** A server that has not refused is asked again in the next state, until the deadline. */
    private Progress begun(JournalEntry entry, Readiness readiness, String next) {
        return readiness.state() == Readiness.State.FAILED
                ? fail(entry, "the server could not load it: " + readiness.reason())
                : entry.enter(next);
    }

    /** @param again where the server is asked to load it, if it does not know it any more */
    private Progress await(JournalEntry entry, Readiness readiness, String again, String next) {
        return switch (readiness.state()) {
            case READY -> entry.enter(next);
            case FAILED -> fail(entry, "the server could not load it: " + readiness.reason());
            case LOADING -> waits.on(entry, "the server is loading it" + DeployWaitReporter.stated(readiness));
            case ABSENT -> reload(entry, readiness, again);
        };
    }

    private Progress reload(JournalEntry entry, Readiness readiness, String again) {
        int reloads = entry.node("reloads").asInt();
        if (reloads < MOST_RELOADS) {
            entry.data().put("reloads", reloads + 1);
            entry.enter(again);
        }
        return waits.on(entry, "the server no longer has it" + DeployWaitReporter.stated(readiness));
    }

    private Progress judge(JournalEntry entry, SmokeTestResult result, String next) {
        if (!result.passed()) {
            return fail(entry, "the smoke test failed: " + result.reason());
        }
        passed(entry, result);
        return entry.enter(next);
    }

    void passed(JournalEntry entry, SmokeTestResult result) {
        context.log().accept("smoke test   " + result.reason());
        entry.data().put("smokeMillis", result.millis());
    }

    private Progress fail(JournalEntry entry, String reason) {
        context.log().accept("failed       " + reason);
        entry.set("reason", reason);
        if (!request.rollback()) {
            return entry.enter("recording-failed");
        }
        Instant deadline = context.clock().instant().plus(request.timeout());
        return entry.set("rollout", rollout(entry).until(deadline).toJson()).enter("restoring");
    }

    /** Somebody else changed the endpoint: whatever it serves now is theirs, and stays. */
    Progress conflict(JournalEntry entry, String reason) {
        context.log().accept("conflict     " + reason);
        return entry.set("reason", reason).enter("recording-conflict");
    }
}
