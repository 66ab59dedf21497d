package io.jenkins.plugins.modeldelivery.engine.delivery;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ModelVersion;
import io.jenkins.plugins.modeldelivery.engine.model.Problem;
import io.jenkins.plugins.modeldelivery.engine.model.Texts;
import io.jenkins.plugins.modeldelivery.engine.promotion.Approval;
import io.jenkins.plugins.modeldelivery.engine.promotion.Decision;
import io.jenkins.plugins.modeldelivery.engine.promotion.Policy;
import io.jenkins.plugins.modeldelivery.engine.record.EventDraft;
import io.jenkins.plugins.modeldelivery.engine.record.EventType;
import io.jenkins.plugins.modeldelivery.engine.registry.ModelRegistry;
import java.time.Instant;
import java.util.ArrayList;
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
    private static final String PREVIOUS = "previousIdentity";
    private static final String RECORDED = "approvalsRecorded";

    private final PromoteRequest request;
    /** As the registry showed it when this process began the promotion. */
    private ModelVersion resolved;

    public PromoteOperation(PromoteRequest request, Workbench bench) {
        super(bench);
        this.request = request;
    }

    @Override
    protected Progress step(Page page) {
        return switch (page.state()) {
            case "new" -> resolve(page);
            case "deciding" -> decide(page);
            case Approvals.AWAITING -> awaitApproval(page);
            case "recording-refusal" -> recordRefusal(page);
            case "recording-request" -> recordRequest(page);
            case RECORDING_REFUSED -> recordEnd(page, EventType.APPROVAL_REFUSED, "refused");
            case RECORDING_EXPIRED -> recordEnd(page, EventType.APPROVAL_EXPIRED, "refused");
            case RECORDING_CANCELLED -> recordEnd(page, EventType.APPROVAL_CANCELLED, Approvals.CANCELLED);
            case Approvals.CANCELLED ->
                throw new DeliveryException(
                        Problem.CANCELLED, "Cancelled while " + subject(page) + " waited for approval.");
            case "refused" -> new Progress.Refused(page.refusal(), page.get("message"), result(page, false));
            case "done" -> new Progress.Done(result(page, true));
            case "unchanged" -> new Progress.Done(result(page, false));
            default -> moveStep(page);
        };
    }

    @Override
    protected boolean handlesCancellation(Page page) {
        return super.handlesCancellation(page) || ASKED.contains(page.state());
    }

    private Configured.Named<ModelRegistry> registry() {
        return bench.registries().get(request.registry());
    }

    private String model() {
        return request.model().name();
    }

    /** What was decided, or is waited for, is decided again by the next run. */
    @Override
    public boolean hasBegun(Journal journal) {
        return journal.read()
                .map(state -> state.path(Page.STATE).asText())
                .filter(state -> !state.equals("deciding") && !state.equals(Approvals.AWAITING))
                .isPresent();
    }

    private Progress resolve(Page page) {
        check();
        resolved = resolve(page, registry(), request.model());
        return page.setIdentity(identify(registry().name(), resolved).identity())
                .go("deciding");
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
        return new PromotionDecider(bench, registry(), request);
    }

    private Progress decide(Page page) {
        Configured.Named<ModelRegistry> registry = registry();
        String version = page.requireIdentity().version();
        Optional<ModelVersion> now = readAlias(page, registry, model(), request.to());
        Optional<String> from = now.map(ModelVersion::version);
        if (from.equals(Optional.of(version))) {
            log("unchanged    " + request.to() + " of " + model() + " points to version " + version + " already");
            return request.dryRun() ? new Progress.Done(result(page, false)) : page.go("unchanged");
        }
        page.data().remove(PREVIOUS);
        now.map(found -> RecordedVersion.read(bench.records(), registry.name(), found)
                        .identity())
                .ifPresent(previous -> page.set(PREVIOUS, VersionIdentityJson.write(previous)));
        // Asked even without a policy: nothing may be announced for a version that does not exist.
        ModelVersion found = page.certain() && resolved != null
                ? resolved
                : registry.value().version(model(), version, bench.cancellation());
        if (!isSameEntry(page, found)) {
            return replaced(page);
        }
        Optional<Policy> policy = decider().policy();
        if (policy.isEmpty()) {
            return admitted(page, registry.name(), found, from, Optional.empty());
        }
        Decision decision = kept(page, decision(page, policy.get(), found));
        String digest = policy.get().digest(bench.rules().gates());
        page.set("policy", policy.get().name()).set("policyDigest", digest);
        if (!request.dryRun()) {
            new PolicyText(policy.get(), bench.rules().gates())
                    .recordOnce(
                            bench.records(),
                            registry().name(),
                            model(),
                            details -> draft(
                                    page,
                                    EventType.POLICY_RECORDED,
                                    registry().name(),
                                    model(),
                                    Optional.empty(),
                                    Optional.of(digest),
                                    details));
        }
        if (decision.granted()) {
            return admitted(page, registry.name(), found, from, Optional.of(digest));
        }
        return decision.approvalNeeded() ? needApproval(page, decision) : refuse(page, decision);
    }

    private Progress admitted(
            Page page, String registry, ModelVersion found, Optional<String> from, Optional<String> policyDigest) {
        if (request.dryRun()) {
            return new Progress.Done(result(page, false));
        }
        adopt(page, registry, model(), RecordedVersion.read(bench.records(), registry, found));
        return beginMove(
                page,
                new Plan(registry, model(), request.to(), from, page.identity(), EventType.PROMOTED, policyDigest));
    }

    private Decision decision(Page page, Policy policy, ModelVersion found) {
        RecordedVersion recorded =
                RecordedVersion.read(bench.records(), registry().name(), found);
        ArrayNode requesters = JsonNodeFactory.instance.arrayNode();
        PromotionFactsReader.requesters(bench.actor(), recorded).forEach(requesters::add);
        page.set(PromotionFactsReader.REQUESTERS, requesters);
        return decider().decide(policy, found, recorded, Approvals.of(page.data()));
    }

    /** Whether the registry's entry is the one that this promotion began with. */
    private static boolean isSameEntry(Page page, ModelVersion found) {
        return page.requireIdentity().fingerprint().equals(found.fingerprint());
    }

    private Progress replaced(Page page) {
        return end(page, Refusal.CONFLICT, replacement(page), "refused");
    }

    private String replacement(Page page) {
        return subject(page) + " was deleted and made again in the registry since this promotion began; what was"
                + " decided for the one before does not count for it. Gate and promote the new one.";
    }

    /** Policy, evidence and approvals are asked again, unless this very process just did. */
    @Override
    protected Optional<String> objection(Page page) {
        ModelVersion found = registry().value().version(model(), page.get("version"), bench.cancellation());
        if (!isSameEntry(page, found)) {
            return Optional.of(replacement(page));
        }
        Optional<String> guardGone = decider().guardGone();
        if (guardGone.isPresent()) {
            return guardGone;
        }
        return decider()
                .policy()
                .map(policy -> decision(page, policy, found))
                // What is told and recorded is the decision that counts, not the one before the interruption.
                .filter(decision -> !kept(page, decision).granted())
                .map(decision -> PromotionDecider.unmet(decision) + ".");
    }

    private static Decision kept(Page page, Decision decision) {
        page.set("decision", decision.toJson());
        return decision;
    }

    private Progress needApproval(Page page, Decision decision) {
        if (!request.dryRun() && !page.state().equals(Approvals.AWAITING)) {
            Optional<Instant> deadline = request.timeout().map(bench.clock().instant()::plus);
            return page.set(SINCE, bench.clock().instant().toString())
                    .set(Approvals.DEADLINE, deadline.map(Instant::toString))
                    .go("recording-request");
        }
        Instant since =
                page.find(SINCE).isPresent() ? page.time(SINCE) : bench.clock().instant();
        return new Progress.NeedsApproval(decision, since, deadline(page), result(page, false));
    }

    private static Optional<Instant> deadline(Page page) {
        return page.find(Approvals.DEADLINE).isPresent()
                ? Optional.of(page.time(Approvals.DEADLINE))
                : Optional.empty();
    }

    /** First what people said goes into the record; then it counts. */
    private Progress awaitApproval(Page page) {
        List<Approval> given = Approvals.of(page.data());
        int recorded = page.node(RECORDED).asInt();
        if (recorded < given.size()) {
            recordApproval(page, given.get(recorded));
            return page.set(RECORDED, IntNode.valueOf(recorded + 1)).go(Approvals.AWAITING);
        }
        if (page.node(Approvals.REFUSAL).isObject()) {
            String comment = page.node(Approvals.REFUSAL).path("comment").asText();
            return end(
                    page,
                    Refusal.APPROVAL_REFUSED,
                    page.node(Approvals.REFUSAL).path("by").asText() + " refused that " + subject(page) + " becomes "
                            + request.to() + (comment.isBlank() ? "." : ": \"" + Texts.brief(comment, 300) + "\"."),
                    RECORDING_REFUSED);
        }
        if (bench.cancellation().requested()) {
            return page.go(RECORDING_CANCELLED);
        }
        if (late(page, given)) {
            return end(
                    page,
                    Refusal.APPROVAL_EXPIRED,
                    subject(page) + " may not become " + request.to() + ": not enough people approved until "
                            + page.get(Approvals.DEADLINE) + ".",
                    RECORDING_EXPIRED);
        }
        try {
            return decide(page);
        } catch (DeliveryException e) {
            if (e.problem() == Problem.CANCELLED && bench.cancellation().requested()) {
                return page.go(RECORDING_CANCELLED);
            }
            throw e;
        }
    }

    /** Asks no server, so that a registry that is away does not keep the promotion waiting. */
    private boolean late(Page page, List<Approval> given) {
        boolean over = deadline(page)
                .filter(time -> bench.clock().instant().isAfter(time))
                .isPresent();
        return over
                && decider()
                        .policy()
                        .flatMap(Policy::approvals)
                        .filter(rule -> !rule.isMet(given, requesters(page), bench.identities()))
                        .isPresent();
    }

    private static List<String> requesters(Page page) {
        List<String> requesters = new ArrayList<>();
        page.node(PromotionFactsReader.REQUESTERS).forEach(user -> requesters.add(user.asText()));
        return requesters;
    }

    private Progress end(Page page, Refusal why, String message, String state) {
        return page.set("refusal", why.name()).set("message", message).go(state);
    }

    private String subject(Page page) {
        return model() + "/" + page.get("version");
    }

    private void recordApproval(Page page, Approval approval) {
        EventDraft draft = draft(page, EventType.APPROVED, ApprovalEvents.approved(page, request.to(), approval));
        bench.records().appendOnce(draft, other -> ApprovalEvents.sameApproval(draft, other));
        log("approved     " + subject(page) + " as " + request.to() + " by " + approval.by()
                + (approval.override() ? ", as an override" : ""));
    }

    private Progress recordEnd(Page page, EventType type, String next) {
        event(page, type, ApprovalEvents.ended(page, request.to()));
        return page.go(next);
    }

    private Progress refuse(Page page, Decision decision) {
        String message =
                subject(page) + " may not become " + request.to() + ": " + PromotionDecider.unmet(decision) + ".";
        return request.dryRun()
                ? new Progress.Refused(Refusal.POLICY_UNMET, message, result(page, false))
                : end(page, Refusal.POLICY_UNMET, message, "recording-refusal");
    }

    @Override
    protected void describeMove(Page page, ObjectNode details) {
        page.find("policy").ifPresent(p -> details.put("policy", p));
        if (page.node("decision").isObject()) {
            details.set("decision", page.node("decision"));
        }
        if (page.node("approvals").isArray()) {
            details.set("approvals", page.node("approvals"));
        }
        ApprovalEvents.committers(bench.actor(), details);
    }

    @Override
    protected Progress moved(Page page) {
        log("promoted     " + model() + "@" + request.to() + ": "
                + page.find("move.from").orElse("none") + " → " + page.get("version"));
        return page.go("done");
    }

    @Override
    protected Progress conflict(Page page, Optional<String> actual) {
        if (overtaken(page) && actual.equals(page.find("move.from"))) {
            return end(
                    page,
                    Refusal.CONFLICT,
                    "The promotion of " + subject(page) + " was interrupted while it moved " + request.to()
                            + ", which points to " + actual.orElse("no version")
                            + " as before: the move did not arrive, or somebody moved it back. Nothing was changed since."
                            + " Look at the model's record, then promote again.",
                    "refused");
        }
        String message =
                "While " + subject(page) + " was being promoted, somebody else moved " + request.to() + " from "
                        + page.find("move.from").orElse("no version") + " to " + actual.orElse("no version")
                        + ". Nothing was overwritten. Look at the model's record, then promote again.";
        return end(page, Refusal.CONFLICT, message, "refused");
    }

    private Progress recordRefusal(Page page) {
        ObjectNode details = ApprovalEvents.about(page, request.to());
        details.set("decision", page.node("decision"));
        ApprovalEvents.committers(bench.actor(), details);
        event(page, EventType.PROMOTION_REFUSED, details);
        return page.go("refused");
    }

    private Progress recordRequest(Page page) {
        event(page, EventType.APPROVAL_REQUESTED, ApprovalEvents.requested(page, request.to(), bench.actor()));
        return page.go(Approvals.AWAITING);
    }

    private void event(Page page, EventType type, ObjectNode details) {
        record(page, type, registry().name(), model(), page.identity(), page.find("policyDigest"), details);
    }

    private EventDraft draft(Page page, EventType type, ObjectNode details) {
        return draft(page, type, registry().name(), model(), page.identity(), page.find("policyDigest"), details);
    }

    private ObjectNode result(Page page, boolean changed) {
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        result.put("name", model());
        result.put("version", page.get("version"));
        result.put("registry", registry().name());
        result.put("alias", request.to());
        result.put("changed", changed);
        result.put("dryRun", request.dryRun());
        page.find("move.from").ifPresent(v -> result.put("previous", v));
        if (page.node(PREVIOUS).isObject()) {
            result.set(PREVIOUS, page.node(PREVIOUS));
        }
        page.find("policy").ifPresent(v -> result.put("policy", v));
        page.find("policyDigest").ifPresent(v -> result.put("policyDigest", v));
        if (page.node("decision").isObject()) {
            result.set("decision", page.node("decision"));
            result.set(PromotionFactsReader.REQUESTERS, page.node(PromotionFactsReader.REQUESTERS));
        }
        return result;
    }
}
