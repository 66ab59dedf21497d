package io.jenkins.plugins.modeldelivery.engine.operation.deployment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.journal.JournalEntry;
import io.jenkins.plugins.modeldelivery.engine.journal.Progress;
import io.jenkins.plugins.modeldelivery.engine.journal.RejectionReason;
import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.ModelVersion;
import io.jenkins.plugins.modeldelivery.engine.model.VersionIdentity;
import io.jenkins.plugins.modeldelivery.engine.operation.JournaledOperation;
import io.jenkins.plugins.modeldelivery.engine.operation.OperationContext;
import io.jenkins.plugins.modeldelivery.engine.operation.RecordedVersion;
import io.jenkins.plugins.modeldelivery.engine.record.EventType;
import io.jenkins.plugins.modeldelivery.engine.request.DeployRequest;
import io.jenkins.plugins.modeldelivery.engine.serving.CallLimits;
import io.jenkins.plugins.modeldelivery.engine.serving.EndpointState;
import io.jenkins.plugins.modeldelivery.engine.serving.Rollout;
import io.jenkins.plugins.modeldelivery.engine.serving.ServedVersion;
import java.util.Optional;

/** Rolls a version out to an endpoint, tests it there, and takes it back if it fails. */
public final class DeployOperation extends JournaledOperation {
    private final DeployRequest request;
    private final DeployPlan plan;
    private final DeployWaitReporter waits;
    private final DeployRollout rollingOut;

    public DeployOperation(DeployRequest request, OperationContext context) {
        super(context);
        this.request = request;
        this.plan = new DeployPlan(request, context);
        this.waits = new DeployWaitReporter(context.clock());
        this.rollingOut = new DeployRollout(plan, waits);
    }

    /**
     * Whether everything that is asked can be done, as far as that can be known before anything is: changes nothing.
     *
     * @throws DeliveryException INVALID_INPUT, CONFLICT, UNSUPPORTED, … with what is in the way
     */
    @Override
    public void check() {
        plan.check();
    }

    @Override
    protected boolean handlesCancellation(JournalEntry entry) {
        return !entry.state().equals("new");
    }

    @Override
    protected Progress step(JournalEntry entry) {
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
                refused(entry, report(entry).refusal(), report(entry).failed(), "failed");
            default -> {
                if (!DeployRollout.STATES.contains(entry.state())) {
                    throw unknown(entry);
                }
                yield rollingOut.advance(entry);
            }
        };
    }

    private Progress refused(JournalEntry entry, RejectionReason why, String message, String state) {
        return new Progress.Rejected(why, message, report(entry).result(state, false));
    }

    private DeployReport report(JournalEntry entry) {
        return new DeployReport(request, plan.registry().name(), plan.target(), entry);
    }

    private Rollout rollout(JournalEntry entry) {
        return Rollout.fromJson(entry.object("rollout"));
    }

    /** What takes something back, or tidies up, is not stopped half-way. */
    private CallLimits unstoppable(JournalEntry entry) {
        return new CallLimits(Cancellation.NONE, Optional.of(rollout(entry).deadline()), context.clock());
    }

    private Progress plan(JournalEntry entry) {
        try {
            EndpointState state = plan.check();
            ModelVersion found = rollingOut.begin(resolve(entry, plan.registry(), request.model()));
            Optional<String> objection = plan.objection(found);
            if (objection.isPresent()) {
                log("refused      " + objection.get());
                return entry.set("reason", objection.get()).enter("refused");
            }
            RecordedVersion recorded = identify(plan.registry().name(), found);
            VersionIdentity identity =
                    recorded.identity().withDigest(recorded.identity().digest().or(found::digest));
            Rollout rollout = plan.rollout(entry.get("operation"), found.name(), identity, state);
            entry.setIdentity(identity).set("rollout", rollout.toJson());
            DeployPlan.Unchanged unchanged = plan.unchanged(rollout);
            unchanged.line(report(entry).place(), rollout.candidate().text()).ifPresent(this::log);
            if (unchanged.proven()) {
                unchanged.test().ifPresent(result -> rollingOut.passed(entry, result));
                return entry.enter("unchanged");
            }
            log("planned      " + report(entry).planned());
            adopt(entry, plan.registry().name(), found.name(), recorded);
            return entry.enter("recording-start");
        } catch (DeliveryException e) {
            if (e.kind() != ErrorKind.CONFLICT) {
                throw e;
            }
            return entry.set("reason", e.getMessage()).enter("conflict");
        }
    }

    private Progress claim(JournalEntry entry) {
        try {
            plan.target().value().begin(rollout(entry), request.smokeTest(), unstoppable(entry));
            return entry.enter("applying");
        } catch (DeliveryException e) {
            if (e.kind() == ErrorKind.CONFLICT) {
                return rollingOut.conflict(entry, e.getMessage());
            }
            if (DeployReport.isInput(e.kind())) {
                return entry.set("problem", e.kind().name())
                        .set("reason", e.getMessage())
                        .enter("recording-failed");
            }
            throw e;
        }
    }

    /** Looks once more, since the process may have been away since the last look. */
    private Progress recordLive(JournalEntry entry) {
        Rollout rollout = rollout(entry);
        EndpointState state = plan.target().value().state(request.endpoint());
        if (!state.isServed(rollout)) {
            return rollingOut.conflict(entry, state.overtaken(request.endpoint()));
        }
        outcome(entry, EventType.DEPLOYED);
        log("live         " + report(entry).place() + " serves "
                + rollout.candidate().text());
        return entry.set("end", "live").enter("finishing");
    }

    private DeployRestore wayBack(JournalEntry entry) {
        return new DeployRestore(entry, rollout(entry), plan.target().value(), unstoppable(entry), waits);
    }

    private Progress recordEnd(JournalEntry entry, EventType type, String end) {
        outcome(entry, type);
        report(entry).endLine(end).ifPresent(this::log);
        boolean other = end.equals("rolled-back") && entry.find("problem").isPresent();
        return entry.set("end", other ? "failed" : end).enter("finishing");
    }

    private Progress release(JournalEntry entry) {
        try {
            plan.target().value().end(rollout(entry), unstoppable(entry));
        } catch (DeliveryException e) {
            // The outcome is known and recorded; what could not be tidied up is tidied up by the next rollout.
            log("warning      " + e.getMessage());
        }
        return entry.enter(entry.get("end"));
    }

    private void event(JournalEntry entry, EventType type, ObjectNode details) {
        record(entry, type, new Subject(plan.registry().name(), request.model().name(), entry.identity()), details);
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
        Optional<VersionIdentity> identity =
                other.fingerprint().map(found -> new VersionIdentity(other.version(), found, other.digest()));
        record(entry, EventType.ENDPOINT_TAKEN_OVER, new Subject(other.registry(), other.model(), identity), details);
    }
}
