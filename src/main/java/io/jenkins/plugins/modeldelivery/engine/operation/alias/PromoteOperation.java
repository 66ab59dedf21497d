package io.jenkins.plugins.modeldelivery.engine.operation.alias;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.journal.Journal;
import io.jenkins.plugins.modeldelivery.engine.journal.JournalEntry;
import io.jenkins.plugins.modeldelivery.engine.journal.Progress;
import io.jenkins.plugins.modeldelivery.engine.journal.RejectionReason;
import io.jenkins.plugins.modeldelivery.engine.journal.VersionIdentityJson;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.ModelVersion;
import io.jenkins.plugins.modeldelivery.engine.operation.NamedLookup;
import io.jenkins.plugins.modeldelivery.engine.operation.OperationContext;
import io.jenkins.plugins.modeldelivery.engine.operation.RecordedVersion;
import io.jenkins.plugins.modeldelivery.engine.policy.Approval;
import io.jenkins.plugins.modeldelivery.engine.policy.Decision;
import io.jenkins.plugins.modeldelivery.engine.policy.Policy;
import io.jenkins.plugins.modeldelivery.engine.record.EventDraft;
import io.jenkins.plugins.modeldelivery.engine.record.EventType;
import io.jenkins.plugins.modeldelivery.engine.registry.ModelRegistry;
import io.jenkins.plugins.modeldelivery.engine.request.PromoteRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Moves an alias under the policy that guards it. */
public final class PromoteOperation extends AliasMovingOperation {
    private static final String RECORDING_REFUSED = "recording-approval-refused";
    private static final String RECORDING_EXPIRED = "recording-approval-expired";
    private static final String RECORDING_CANCELLED = "recording-approval-cancelled";
    /** In these an approval was asked for, and the record shall say how that ended. */
    private static final Set<String> ASKED =
            Set.of(Approvals.AWAITING, RECORDING_REFUSED, RECORDING_EXPIRED, RECORDING_CANCELLED, Approvals.CANCELLED);

    static final String SINCE = "approvalAskedFor";
    private static final String RECORDED = "approvalsRecorded";

    private final PromoteRequest request;
    /** As the registry showed it when this process began the promotion. */
    private ModelVersion resolved;

    public PromoteOperation(PromoteRequest request, OperationContext context) {
        super(context);
        this.request = request;
    }

    @Override
    protected Progress step(JournalEntry entry) {
        return switch (entry.state()) {
            case "new" -> resolve(entry);
            case "deciding" -> decide(entry);
            case Approvals.AWAITING -> awaitApproval(entry);
            case "recording-refusal" ->
                recorded(entry, EventType.PROMOTION_REFUSED, report(entry).refused(), "refused");
            case "recording-request" ->
                recorded(entry, EventType.APPROVAL_REQUESTED, report(entry).approvalRequested(), Approvals.AWAITING);
            case RECORDING_REFUSED ->
                recorded(entry, EventType.APPROVAL_REFUSED, report(entry).waitingEnded(), "refused");
            case RECORDING_EXPIRED ->
                recorded(entry, EventType.APPROVAL_EXPIRED, report(entry).waitingEnded(), "refused");
            case RECORDING_CANCELLED ->
                recorded(entry, EventType.APPROVAL_CANCELLED, report(entry).waitingEnded(), Approvals.CANCELLED);
            case Approvals.CANCELLED ->
                throw ErrorKind.CANCELLED.error(
                        "Cancelled while " + report(entry).subject() + " waited for approval.");
            case "refused" ->
                new Progress.Rejected(
                        entry.refusal(), entry.get("message"), report(entry).result(false));
            case "done" -> new Progress.Done(report(entry).result(true));
            case "unchanged" -> new Progress.Done(report(entry).result(false));
            default -> moveStep(entry);
        };
    }

    @Override
    protected boolean handlesCancellation(JournalEntry entry) {
        return super.handlesCancellation(entry) || ASKED.contains(entry.state());
    }

    private NamedLookup.Named<ModelRegistry> registry() {
        return context.registries().get(request.registry());
    }

    private PromotionReport report(JournalEntry entry) {
        return new PromotionReport(request, registry().name(), context.actor(), entry);
    }

    private String model() {
        return request.model().name();
    }

    /** What was decided, or is waited for, is decided again by the next run. */
    @Override
    public boolean hasBegun(Journal journal) {
        return journal.read()
                .map(state -> state.path(JournalEntry.STATE).asText())
                .filter(state -> !state.equals("deciding") && !state.equals(Approvals.AWAITING))
                .isPresent();
    }

    private Progress resolve(JournalEntry entry) {
        check();
        resolved = resolve(entry, registry(), request.model());
        return entry.setIdentity(identify(registry().name(), resolved).identity())
                .enter("deciding");
    }

    @Override
    protected boolean onlyAsks() {
        return request.dryRun();
    }

    @Override
    public void check() {
        checkModel(registry().name(), model());
        if (decider().policy().isEmpty()) {
            checkCode(registry().name());
        }
        registry().value().checkName(model());
        registry().value().checkAlias(request.to());
    }

    private PromotionDecider decider() {
        return new PromotionDecider(context, registry(), request);
    }

    private Progress decide(JournalEntry entry) {
        NamedLookup.Named<ModelRegistry> registry = registry();
        String version = entry.requireIdentity().version();
        Optional<ModelVersion> now = readAlias(entry, registry, model(), request.to());
        Optional<String> from = now.map(ModelVersion::version);
        if (from.equals(Optional.of(version))) {
            log("unchanged    " + request.to() + " of " + model() + " points to version " + version + " already");
            return request.dryRun() ? new Progress.Done(report(entry).result(false)) : entry.enter("unchanged");
        }
        entry.data().remove(PromotionReport.PREVIOUS);
        now.map(found -> RecordedVersion.read(context.records(), registry.name(), found)
                        .identity())
                .ifPresent(previous -> entry.set(PromotionReport.PREVIOUS, VersionIdentityJson.write(previous)));
        // Asked even without a policy: nothing may be announced for a version that does not exist.
        ModelVersion found = entry.isCertain() && resolved != null
                ? resolved
                : registry.value().version(model(), version, context.cancellation());
        if (!isSameEntry(entry, found)) {
            return refuse(entry, RejectionReason.CONFLICT, report(entry).replaced(), "refused");
        }
        Optional<Policy> policy = decider().policy();
        if (policy.isEmpty()) {
            return admitted(entry, registry.name(), found, from, Optional.empty());
        }
        Decision decision = decider().decide(entry, policy.get(), found);
        String digest = policy.get().digest(context.rules().gates());
        entry.set("policy", policy.get().name()).set("policyDigest", digest);
        if (!request.dryRun()) {
            Subject subject = new Subject(registry.name(), model(), Optional.empty(), Optional.of(digest));
            decider().recordText(policy.get(), details -> draft(entry, EventType.POLICY_RECORDED, subject, details));
        }
        if (decision.granted()) {
            return admitted(entry, registry.name(), found, from, Optional.of(digest));
        }
        return decision.approvalNeeded() ? needApproval(entry, decision) : refuse(entry, decision);
    }

    private Progress admitted(
            JournalEntry entry,
            String registry,
            ModelVersion found,
            Optional<String> from,
            Optional<String> policyDigest) {
        if (request.dryRun()) {
            return new Progress.Done(report(entry).result(false));
        }
        adopt(entry, registry, model(), RecordedVersion.read(context.records(), registry, found));
        return beginMove(
                entry,
                new AliasMovePlan(
                        registry,
                        model(),
                        request.to(),
                        from,
                        Optional.empty(),
                        entry.identity(),
                        EventType.PROMOTED,
                        policyDigest));
    }

    /** Whether the registry's entry is the one that this promotion began with. */
    private static boolean isSameEntry(JournalEntry entry, ModelVersion found) {
        return entry.requireIdentity().fingerprint().equals(found.fingerprint());
    }

    /** Policy, evidence and approvals are asked again, unless this very process just did. */
    @Override
    protected Optional<String> objection(JournalEntry entry) {
        ModelVersion found = registry().value().version(model(), entry.get("version"), context.cancellation());
        if (!isSameEntry(entry, found)) {
            return Optional.of(report(entry).replaced());
        }
        Optional<String> guardGone = decider().guardGone();
        if (guardGone.isPresent()) {
            return guardGone;
        }
        return decider()
                .policy()
                .map(policy -> decider().decide(entry, policy, found))
                .filter(decision -> !decision.granted())
                .map(decision -> decision.unmet() + ".");
    }

    private Progress needApproval(JournalEntry entry, Decision decision) {
        if (!request.dryRun() && !entry.state().equals(Approvals.AWAITING)) {
            Optional<Instant> deadline = request.timeout().map(context.clock().instant()::plus);
            return entry.set(SINCE, context.clock().instant().toString())
                    .set(Approvals.DEADLINE, deadline.map(Instant::toString))
                    .enter("recording-request");
        }
        Instant since = entry.find(SINCE).isPresent()
                ? entry.time(SINCE)
                : context.clock().instant();
        return new Progress.NeedsApproval(
                decision, since, Approvals.deadline(entry), report(entry).result(false));
    }

    /** First what people said goes into the record; then it counts. */
    private Progress awaitApproval(JournalEntry entry) {
        List<Approval> given = Approvals.of(entry.data());
        int recorded = entry.node(RECORDED).asInt();
        if (recorded < given.size()) {
            recordApproval(entry, given.get(recorded));
            return entry.set(RECORDED, IntNode.valueOf(recorded + 1)).enter(Approvals.AWAITING);
        }
        if (entry.node(Approvals.REFUSAL).isObject()) {
            return refuse(entry, RejectionReason.APPROVAL_REFUSED, report(entry).approvalRefused(), RECORDING_REFUSED);
        }
        if (context.cancellation().requested()) {
            return entry.enter(RECORDING_CANCELLED);
        }
        if (decider().isExpired(entry, given)) {
            return refuse(entry, RejectionReason.APPROVAL_EXPIRED, report(entry).approvalExpired(), RECORDING_EXPIRED);
        }
        try {
            return decide(entry);
        } catch (DeliveryException e) {
            if (e.kind() == ErrorKind.CANCELLED && context.cancellation().requested()) {
                return entry.enter(RECORDING_CANCELLED);
            }
            throw e;
        }
    }

    private void recordApproval(JournalEntry entry, Approval approval) {
        EventDraft draft =
                draft(entry, EventType.APPROVED, subject(entry), report(entry).approved(approval));
        context.records().appendOnce(draft, other -> PromotionReport.sameApproval(draft, other));
        log("approved     " + report(entry).subject() + " as " + request.to() + " by " + approval.by()
                + (approval.override() ? ", as an override" : ""));
    }

    private Progress refuse(JournalEntry entry, Decision decision) {
        String message = report(entry).subject() + " may not become " + request.to() + ": " + decision.unmet() + ".";
        return request.dryRun()
                ? new Progress.Rejected(
                        RejectionReason.POLICY_UNMET, message, report(entry).result(false))
                : refuse(entry, RejectionReason.POLICY_UNMET, message, "recording-refusal");
    }

    @Override
    protected void describeMove(JournalEntry entry, ObjectNode details) {
        report(entry).describeMove(details);
    }

    @Override
    protected Progress moved(JournalEntry entry) {
        log("promoted     " + model() + "@" + request.to() + ": "
                + entry.find("move.from").orElse("none") + " → " + entry.get("version"));
        return entry.enter("done");
    }

    @Override
    protected Progress conflict(JournalEntry entry, Optional<String> actual) {
        String message = report(entry).conflict(overtaken(entry), actual);
        return refuse(entry, RejectionReason.CONFLICT, message, "refused");
    }

    private Progress recorded(JournalEntry entry, EventType type, ObjectNode details, String next) {
        record(entry, type, subject(entry), details);
        return entry.enter(next);
    }

    private Subject subject(JournalEntry entry) {
        return new Subject(registry().name(), model(), entry.identity(), entry.find("policyDigest"));
    }
}
