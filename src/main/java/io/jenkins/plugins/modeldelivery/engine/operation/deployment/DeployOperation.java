package io.jenkins.plugins.modeldelivery.engine.operation.deployment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.journal.JournalEntry;
import io.jenkins.plugins.modeldelivery.engine.journal.Progress;
import io.jenkins.plugins.modeldelivery.engine.journal.RejectionReason;
import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.Manifest;
import io.jenkins.plugins.modeldelivery.engine.model.ModelVersion;
import io.jenkins.plugins.modeldelivery.engine.model.VersionIdentity;
import io.jenkins.plugins.modeldelivery.engine.operation.DeployErrors;
import io.jenkins.plugins.modeldelivery.engine.operation.JournaledOperation;
import io.jenkins.plugins.modeldelivery.engine.operation.NamedLookup;
import io.jenkins.plugins.modeldelivery.engine.operation.OperationContext;
import io.jenkins.plugins.modeldelivery.engine.operation.RecordedVersion;
import io.jenkins.plugins.modeldelivery.engine.record.EventType;
import io.jenkins.plugins.modeldelivery.engine.registry.ModelRegistry;
import io.jenkins.plugins.modeldelivery.engine.request.DeployRequest;
import io.jenkins.plugins.modeldelivery.engine.serving.CallLimits;
import io.jenkins.plugins.modeldelivery.engine.serving.EndpointState;
import io.jenkins.plugins.modeldelivery.engine.serving.Readiness;
import io.jenkins.plugins.modeldelivery.engine.serving.Rollout;
import io.jenkins.plugins.modeldelivery.engine.serving.ServedVersion;
import io.jenkins.plugins.modeldelivery.engine.serving.ServingTarget;
import io.jenkins.plugins.modeldelivery.engine.serving.SmokeTest;
import io.jenkins.plugins.modeldelivery.engine.serving.SmokeTest.SmokeTestResult;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Rolls a version out to an endpoint, tests it there, and takes it back if it fails. */
public final class DeployOperation extends JournaledOperation {
    private static final int MOST_RELOADS = 5;
    private static final Set<String> ROLLING_OUT = Set.of(
            "applying",
            "loading",
            "awaiting-candidate",
            "smoke-testing",
            "switching",
            "verifying",
            "smoke-testing-live");
    private final DeployRequest request;
    private final DeployWaitReporter waits;
    private ModelVersion found;

    public DeployOperation(DeployRequest request, OperationContext context) {
        super(context);
        this.request = request;
        this.waits = new DeployWaitReporter(context.clock());
    }

    /**
     * Whether everything that is asked can be done, as far as that can be known before anything is: changes nothing.
     *
     * @throws DeliveryException INVALID_INPUT, CONFLICT, UNSUPPORTED, … with what is in the way
     */
    @Override
    public void check() {
        new DeployPlan(request, context).check();
    }

    @Override
    protected boolean handlesCancellation(JournalEntry entry) {
        return !entry.state().equals("new");
    }

    @Override
    protected Progress step(JournalEntry entry) {
        if (!ROLLING_OUT.contains(entry.state())) {
            return around(entry);
        }
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
        if (DeployErrors.isPassing(e.kind())) {
            return overdue(entry) ? fail(entry, e.getMessage()) : waits.on(entry, e.getMessage());
        }
        entry.set("problem", e.kind().name());
        return fail(entry, e.getMessage());
    }

    /** What comes before and after the rollout proper. */
    private Progress around(JournalEntry entry) {
        return switch (entry.state()) {
            case "new" -> plan(entry);
            case "recording-start" -> {
                event(entry, EventType.DEPLOYMENT_STARTED, report(entry).intent());
                yield entry.enter("claiming");
            }
            case "claiming" -> claim(entry);
            case "recording-live" -> recordLive(entry);
            case "live" -> new Progress.Done(report(entry).result("live", true));
            case "refused" -> refused(entry, RejectionReason.POLICY_UNMET, entry.get("reason"), "refused");
            case "unchanged" -> new Progress.Done(report(entry).result("live", false));
            case "restoring" -> wayBack(entry).restore();
            case "awaiting-restored" -> wayBack(entry).awaitRestored();
            case "recording-rolled-back" -> recordEnd(entry, EventType.DEPLOYMENT_ROLLED_BACK, "rolled-back");
            case "recording-failed" -> recordEnd(entry, EventType.DEPLOYMENT_FAILED, "failed");
            case "recording-conflict" -> recordEnd(entry, EventType.DEPLOYMENT_CONFLICT, "conflict");
            case "finishing" -> release(entry);
            case "rolled-back" ->
                refused(entry, RejectionReason.ROLLED_BACK, report(entry).rolledBack(), "rolled back");
            case "conflict" -> refused(entry, RejectionReason.CONFLICT, entry.get("reason"), "conflict");
            case "failed" ->
                refused(entry, DeployErrors.refusal(entry), report(entry).failed(), "failed");
            default -> throw unknown(entry);
        };
    }

    private Progress refused(JournalEntry entry, RejectionReason why, String message, String state) {
        return new Progress.Rejected(why, message, report(entry).result(state, false));
    }

    private NamedLookup.Named<ModelRegistry> registry() {
        return context.registries().get(request.registry());
    }

    private NamedLookup.Named<ServingTarget> target() {
        return context.targets().get(request.target());
    }

    private DeployReport report(JournalEntry entry) {
        return new DeployReport(request, registry().name(), target(), entry);
    }

    private Rollout rollout(JournalEntry entry) {
        return Rollout.fromJson(entry.object("rollout"));
    }

    private CallLimits limits(JournalEntry entry, Cancellation cancellation) {
        return new CallLimits(cancellation, Optional.of(rollout(entry).deadline()), context.clock());
    }

    /** What takes something back, or tidies up, is not stopped half-way. */
    private CallLimits unstoppable(JournalEntry entry) {
        return limits(entry, Cancellation.NONE);
    }

    private Progress plan(JournalEntry entry) {
        DeployPlan plan = new DeployPlan(request, context);
        try {
            EndpointState state = plan.check();
            found = resolve(entry, registry(), request.model());
            Optional<String> objection = plan.objection(found);
            if (objection.isPresent()) {
                log("refused      " + objection.get());
                return entry.set("reason", objection.get()).enter("refused");
            }
            RecordedVersion recorded = identify(registry().name(), found);
            VersionIdentity identity =
                    recorded.identity().withDigest(recorded.identity().digest().or(found::digest));
            Rollout rollout = plan.rollout(entry.get("operation"), found.name(), identity, state);
            entry.setIdentity(identity).set("rollout", rollout.toJson());
            DeployPlan.Unchanged unchanged = plan.unchanged(rollout);
            unchanged.line(report(entry).place(), rollout.candidate().text()).ifPresent(this::log);
            if (unchanged.proven()) {
                unchanged.test().ifPresent(result -> passed(entry, result));
                return entry.enter("unchanged");
            }
            log("planned      " + report(entry).planned());
            adopt(entry, registry().name(), found.name(), recorded);
            return entry.enter("recording-start");
        } catch (DeliveryException e) {
            if (e.kind() != ErrorKind.CONFLICT) {
                throw e;
            }
            return entry.set("reason", e.getMessage()).enter("conflict");
        }
    }

    /** As the registry told it, asked once a process: a version's files do not change. */
    private ModelVersion found(JournalEntry entry) {
        if (found == null) {
            found = registry().value().version(request.model().name(), entry.get("version"), context.cancellation());
        }
        if (!found.fingerprint().equals(entry.requireIdentity().fingerprint())) {
            throw DeployErrors.madeAgain(found, registry().name());
        }
        return found;
    }

    private boolean overdue(JournalEntry entry) {
        return context.clock().instant().isAfter(rollout(entry).deadline());
    }

    private String late(JournalEntry entry) {
        return "it was not done within " + request.timeout().toSeconds() + " s: "
                + waits.lastOr(DeployWaitReporter.doing(entry.state()))
                + ". Look whether the server is overloaded or hangs, or allow more time";
    }

    private Progress claim(JournalEntry entry) {
        try {
            target().value().begin(rollout(entry), request.smokeTest(), unstoppable(entry));
            return entry.enter("applying");
        } catch (DeliveryException e) {
            if (e.kind() == ErrorKind.CONFLICT) {
                return conflict(entry, e.getMessage());
            }
            if (DeployErrors.isInput(e.kind())) {
                return entry.set("problem", e.kind().name())
                        .set("reason", e.getMessage())
                        .enter("recording-failed");
            }
            throw e;
        }
    }

    private Progress rollOut(JournalEntry entry) {
        ServingTarget target = target().value();
        Rollout rollout = rollout(entry);
        CallLimits limits = limits(entry, context.cancellation());
        switch (entry.state()) {
            case "applying":
                permit(entry);
                Optional<Manifest> kept = target.takeKept(rollout, limits);
                Manifest arrived = kept.isPresent()
                        ? kept.get()
                        : context.transfers().bring(registry(), found(entry), target(), rollout, limits);
                entry.set("rollout", rollout.withDigest(arrived.digest()).toJson());
                entry.setIdentity(entry.requireIdentity().withDigest(Optional.of(arrived.digest())));
                log("applied      the files are " + (kept.isPresent() ? "still " : "") + "at " + target().name() + ", "
                        + Manifest.brief(arrived.digest()));
                return entry.enter("loading");
            case "loading":
                if (target.testsBeforeTraffic() && entry.isCertain()) {
                    log("loading      the server is asked to load "
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
                throw unknown(entry);
        }
    }

    /**
     * Asks the rule of the target again: configuration, alias and evidence may have changed since the rollout began.
     *
     * @throws DeliveryException DENIED with what the version lacks now
     */
    private void permit(JournalEntry entry) {
        context.admission().check();
        DeployPlan plan = new DeployPlan(request, context);
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
        return waits.on(entry, "the server does not know it any more" + DeployWaitReporter.stated(readiness));
    }

    private Progress judge(JournalEntry entry, SmokeTestResult result, String next) {
        if (!result.passed()) {
            return fail(entry, "the smoke test failed: " + result.reason());
        }
        passed(entry, result);
        return entry.enter(next);
    }

    private void passed(JournalEntry entry, SmokeTestResult result) {
        log("smoke test   " + result.reason());
        entry.data().put("smokeMillis", result.millis());
    }

    private Progress fail(JournalEntry entry, String reason) {
        log("failed       " + reason);
        entry.set("reason", reason);
        if (!request.rollback()) {
            return entry.enter("recording-failed");
        }
        Instant deadline = context.clock().instant().plus(request.timeout());
        return entry.set("rollout", rollout(entry).until(deadline).toJson()).enter("restoring");
    }

    /** Somebody else changed the endpoint: whatever it serves now is theirs, and stays. */
    private Progress conflict(JournalEntry entry, String reason) {
        log("conflict     " + reason);
        return entry.set("reason", reason).enter("recording-conflict");
    }

    /** Looks once more, since the process may have been away since the last look. */
    private Progress recordLive(JournalEntry entry) {
        Rollout rollout = rollout(entry);
        EndpointState state = target().value().state(request.endpoint());
        if (!state.isServed(rollout)) {
            return conflict(entry, state.overtaken(request.endpoint()));
        }
        outcome(entry, EventType.DEPLOYED);
        log("live         " + report(entry).place() + " serves "
                + rollout.candidate().text());
        return entry.set("end", "live").enter("finishing");
    }

    private DeployRestore wayBack(JournalEntry entry) {
        return new DeployRestore(entry, rollout(entry), target().value(), unstoppable(entry), waits);
    }

    private Progress recordEnd(JournalEntry entry, EventType type, String end) {
        outcome(entry, type);
        report(entry).endLine(end).ifPresent(this::log);
        boolean other = end.equals("rolled-back") && entry.find("problem").isPresent();
        return entry.set("end", other ? "failed" : end).enter("finishing");
    }

    private Progress release(JournalEntry entry) {
        try {
            target().value().end(rollout(entry), unstoppable(entry));
        } catch (DeliveryException e) {
            // The outcome is known and recorded; what could not be tidied up is tidied up by the next rollout.
            log("warning      " + e.getMessage());
        }
        return entry.enter(entry.get("end"));
    }

    private void event(JournalEntry entry, EventType type, ObjectNode details) {
        record(entry, type, registry().name(), request.model().name(), entry.identity(), Optional.empty(), details);
    }

    private void outcome(JournalEntry entry, EventType type) {
        DeployReport report = report(entry);
        ObjectNode details = report.outcome(type);
        event(entry, type, details);
        // After a conflict the endpoint belongs to another operation, which records what that means.
        if (type != EventType.DEPLOYMENT_CONFLICT) {
            report.displaced()
                    .filter(other -> !DeployReport.servesModelOf(other, details))
                    .ifPresent(other -> recordTakeOver(entry, other, report.takenOver(details)));
        }
    }

    /** The model that was served before has a record of its own, which must not go on saying that it is served. */
    private void recordTakeOver(JournalEntry entry, ServedVersion other, ObjectNode details) {
        record(
                entry,
                EventType.ENDPOINT_TAKEN_OVER,
                other.registry(),
                other.model(),
                other.fingerprint().map(found -> new VersionIdentity(other.version(), found, other.digest())),
                Optional.empty(),
                details);
    }
}
