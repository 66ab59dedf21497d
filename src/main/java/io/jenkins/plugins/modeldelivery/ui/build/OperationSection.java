package io.jenkins.plugins.modeldelivery.ui.build;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.modeldelivery.build.operation.OperationState;
import io.jenkins.plugins.modeldelivery.build.operation.OperationType;
import io.jenkins.plugins.modeldelivery.build.operation.Outcome;
import io.jenkins.plugins.modeldelivery.engine.journal.RejectionReason;
import io.jenkins.plugins.modeldelivery.engine.model.TextSanitizer;
import io.jenkins.plugins.modeldelivery.ui.StatusMark;
import io.jenkins.plugins.modeldelivery.ui.Timestamps;
import io.jenkins.plugins.modeldelivery.ui.approvals.WaitingPromotion;
import io.jenkins.plugins.modeldelivery.ui.gate.GateTable;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/**
 * One operation of a build: what it came to, or how far it is. Callers must check first that the build may be read.
 * Parts that it has not are null.
 *
 * @param pending what waits for people
 * @param building whether what was interrupted may go on
 */
@ExportedBean(defaultVisibility = 2)
public record OperationSection(OperationState operation, Optional<WaitingPromotion> pending, boolean building) {
    /** More than any message that we write. */
    private static final int LONGEST = 4000;

    @Exported
    public String getId() {
        return operation.id();
    }

    /** As Jenkinsfiles name it. */
    @Exported
    public String getStep() {
        return operation.type().step();
    }

    /** {@code ended}, {@code waiting}, {@code running}, {@code interrupted} or {@code stopped}. */
    @Exported
    public String getState() {
        if (operation.outcome().isPresent()) {
            return "ended";
        }
        if (pending.isPresent()) {
            return "waiting";
        }
        if (operation.working()) {
            return "running";
        }
        return building ? "interrupted" : "stopped";
    }

    /** {@code SUCCESS}, {@code UNSTABLE} or {@code FAILURE}: what it does to the build; null as long as it has not ended. */
    @Exported
    public String getEffect() {
        return operation.outcome().map(outcome -> outcome.effect().name()).orElse(null);
    }

    /** Without characters that would turn round what stands beside a name. */
    @Exported
    public String getSummary() {
        return TextSanitizer.brief(summary(), LONGEST);
    }

    private String summary() {
        if (operation.outcome().isPresent()) {
            Outcome outcome = operation.outcome().get();
            GateTable gate = getGate();
            return operation.type() == OperationType.GATE && gate != null ? gate.getHeadline() : outcome.summary();
        }
        if (pending.isPresent()) {
            WaitingPromotion its = pending.get();
            return Messages.OperationSection_waitsForApprovalToBecome(its.getModel(), its.getVersion(), its.getAlias());
        }
        return switch (getState()) {
            case "running" -> doing();
            case "interrupted" -> Messages.OperationSection_interruptedItContinuesWhenIts(doing());
            default -> Messages.OperationSection_notFinishedSeeTheLog(doing());
        };
    }

    /** What it is in one line that stands alone, such as "Gate tabular: FAILED, 1 of 3 checks failed (auc 0.81, …)". */
    public String getLine() {
        boolean ended = operation.outcome().isPresent();
        if (ended && operation.type() == OperationType.GATE) {
            return getTitle() + " " + getSummary();
        }
        return ended || pending.isPresent() ? getSummary() : getTitle() + ": " + getSummary();
    }

    private String doing() {
        JsonNode journal = operation.journal();
        String state = journal.path("state").asText();
        if (operation.type() != OperationType.DELIVER) {
            return StateLabels.of(operation.type(), state);
        }
        for (OperationType part : OperationType.values()) {
            if (part.name().toLowerCase(Locale.ROOT).equals(state)) {
                return part.step() + ": "
                        + StateLabels.of(
                                part, operation.journal(part).path("state").asText());
            }
        }
        return StateLabels.of(OperationType.DELIVER, state);
    }

    public StatusMark getMark() {
        if (operation.outcome().isEmpty()) {
            return switch (getState()) {
                case "waiting" -> StatusMark.waiting(Messages.OperationSection_waitsForApproval());
                case "running" -> StatusMark.plain(Messages.OperationSection_running(), "sync");
                default ->
                    StatusMark.warning(
                            getState().equals("stopped")
                                    ? Messages.OperationSection_didNotEnd()
                                    : Messages.OperationSection_interrupted());
            };
        }
        Outcome outcome = operation.outcome().get();
        if (outcome.refusal().isPresent()) {
            return refused(outcome.refusal().get());
        }
        return outcome.warns()
                ? StatusMark.unsure(Messages.OperationSection_doneSeeTheGate())
                : StatusMark.good(done());
    }

    private String done() {
        return switch (operation.type()) {
            case REGISTER -> "Registered";
            case GATE -> "Passed";
            case PROMOTE ->
                getPromotion() != null && getPromotion().isDryRun()
                        ? Messages.OperationSection_wouldBePromoted()
                        : "Promoted";
            case DEPLOY -> "Live";
            case DELIVER -> "Delivered";
        };
    }

    private static StatusMark refused(RejectionReason why) {
        return switch (why) {
            case GATE_INCONCLUSIVE -> StatusMark.unsure(Messages.OperationSection_inconclusive());
            case POLICY_UNMET -> StatusMark.bad(Messages.OperationSection_rejectedByThePolicy());
            case APPROVAL_REFUSED -> StatusMark.bad(Messages.OperationSection_refused());
            case APPROVAL_EXPIRED -> StatusMark.bad(Messages.OperationSection_notApprovedInTime());
            case CONFLICT -> StatusMark.warning(Messages.OperationSection_conflict());
            case ROLLED_BACK -> StatusMark.bad(Messages.OperationSection_rolledBack());
            default -> StatusMark.bad(Messages.OperationSection_failed());
        };
    }

    /** What it does, for a heading. */
    public String getTitle() {
        return switch (operation.type()) {
            case REGISTER -> Messages.OperationSection_registration();
            case GATE -> Messages.OperationSection_gate();
            case PROMOTE -> Messages.OperationSection_promotion();
            case DEPLOY -> Messages.OperationSection_deployment();
            case DELIVER -> Messages.OperationSection_delivery();
        };
    }

    /** ISO 8601, as all times here. */
    @Exported
    public String getBegun() {
        return Timestamps.text(operation.begun());
    }

    /** Null as long as it has not ended. */
    @Exported
    public String getTime() {
        return ended(Timestamps::text);
    }

    private String ended(Function<Instant, String> form) {
        return operation.outcome().map(Outcome::time).map(form).orElse(null);
    }

    @Exported
    public RegistrationView getRegistration() {
        return RegistrationView.of(operation).orElse(null);
    }

    @Exported
    public GateTable getGate() {
        JsonNode ended = operation.result(OperationType.GATE);
        return GateTable.of(
                        ended.isObject()
                                ? ended
                                : operation.journal(OperationType.GATE).path("result"))
                .orElse(null);
    }

    @Exported
    public PromotionView getPromotion() {
        return PromotionView.of(operation).orElse(null);
    }

    @Exported
    public RolloutView getRollout() {
        return RolloutView.of(operation).orElse(null);
    }

    /** What people can do; null if nothing waits for them. */
    public WaitingPromotion getWaiting() {
        return pending.orElse(null);
    }
}
