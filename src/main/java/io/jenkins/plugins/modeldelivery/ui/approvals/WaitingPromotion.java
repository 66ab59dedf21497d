package io.jenkins.plugins.modeldelivery.ui.approvals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.build.access.JobAccess;
import io.jenkins.plugins.modeldelivery.build.access.RealmIdentities;
import io.jenkins.plugins.modeldelivery.build.approval.Approver;
import io.jenkins.plugins.modeldelivery.build.approval.PendingApproval;
import io.jenkins.plugins.modeldelivery.engine.policy.ApprovalRule;
import io.jenkins.plugins.modeldelivery.engine.policy.Policy;
import io.jenkins.plugins.modeldelivery.ui.RuleLine;
import io.jenkins.plugins.modeldelivery.ui.Timestamps;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A promotion that waits, as pages and the API show it to the user who asks. Callers must check first that it may be seen. */
@ExportedBean(defaultVisibility = 2)
public record WaitingPromotion(
        PendingApproval approval, ObjectNode promotion, Optional<Policy> policy, Approver approver) {
    public WaitingPromotion(PendingApproval approval) {
        this(approval, approval.description(), approval.policy(), Approver.current(approval));
    }

    @Exported
    public String getId() {
        return approval.id();
    }

    /** As people call the build. */
    @Exported
    public String getBuild() {
        return approval.run().getFullDisplayName();
    }

    /** Relative to Jenkins, with a slash at its end. */
    public String getBuildUrl() {
        return approval.run().getUrl();
    }

    @Exported
    public String getModel() {
        return promotion.path("name").asText();
    }

    @Exported
    public String getVersion() {
        return promotion.path("version").asText();
    }

    @Exported
    public String getRegistry() {
        return promotion.path("registry").asText();
    }

    @Exported
    public String getAlias() {
        return promotion.path("alias").asText();
    }

    @Exported
    public String getPolicy() {
        return promotion.path("policy").asText();
    }

    /** What the policy means, as it is configured now. */
    @Exported
    public String getSentence() {
        return policy.map(present -> JobAccess.sentence(present, approval.run().getParent()))
                .orElse(Messages.WaitingPromotion_noPolicyGuardsThisAlias());
    }

    @Exported
    public List<RuleLine> getRules() {
        return RuleLine.of(promotion.path("decision").path("rules"));
    }

    @Exported
    public String getRequester() {
        return approval.requester();
    }

    @Exported
    public List<String> getCommitters() {
        return approval.committers();
    }

    /** ISO 8601, as all times here. */
    @Exported
    public String getSince() {
        return Timestamps.text(approval.since());
    }

    /** Null if there is none. */
    @Exported
    public String getDeadline() {
        return approval.deadline().map(Timestamps::text).orElse(null);
    }

    /** How many people must approve. */
    @Exported
    public int getNeeded() {
        return policy.flatMap(Policy::approvals).map(ApprovalRule::count).orElse(0);
    }

    /** Whether nobody else need approve, so that it goes on as soon as its build is at it. */
    @Exported
    public boolean isEnough() {
        return policy.flatMap(Policy::approvals)
                .map(rule -> rule.isMet(approval.given(), approval.requesters(), new RealmIdentities()))
                .orElse(false);
    }

    @Exported
    public List<GivenApproval> getApprovals() {
        return approval.given().stream().map(GivenApproval::of).toList();
    }

    @Exported
    public boolean isMayApprove() {
        return approver.mayApprove();
    }

    @Exported
    public boolean isMayRefuse() {
        return approver.mayRefuse();
    }

    @Exported
    public boolean isMayOverride() {
        return approver.mayOverride();
    }

    /** Why the one who looks may not approve; null for who may. */
    @Exported
    public String getObstacle() {
        return approver.obstacle().orElse(null);
    }

    Instant since() {
        return approval.since();
    }
}
