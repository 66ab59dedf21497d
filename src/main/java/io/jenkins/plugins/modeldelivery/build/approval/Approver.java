package io.jenkins.plugins.modeldelivery.build.approval;

import hudson.model.Item;
import hudson.security.ACL;
import io.jenkins.plugins.modeldelivery.build.access.RealmIdentities;
import io.jenkins.plugins.modeldelivery.build.provenance.Requester;
import io.jenkins.plugins.modeldelivery.build.runtime.DeliveryRuntime;
import io.jenkins.plugins.modeldelivery.engine.access.Identities;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.policy.Approval;
import io.jenkins.plugins.modeldelivery.engine.policy.ApprovalRule;
import io.jenkins.plugins.modeldelivery.engine.policy.Policy;
import java.util.List;
import java.util.Optional;
import jenkins.model.Jenkins;
import org.springframework.security.core.Authentication;

/**
 * What somebody may do about a promotion that waits. Whom a policy names needs to be able to read the job, no more; where it
 * names nobody, the permission Approve decides.
 */
public final class Approver {
    /** For a policy that was deleted while the promotion waits: anybody who may approve lets it decide anew. */
    private static final ApprovalRule ANYBODY = new ApprovalRule(1, List.of(), false);

    private final Identities identities = new RealmIdentities();
    private final PendingApproval promotion;
    private final Authentication who;
    private final List<String> groups;
    private final ApprovalRule rule;

    Approver(PendingApproval promotion, Authentication who) {
        this.promotion = promotion;
        this.who = who;
        this.groups = Requester.groups(who);
        this.rule = promotion.policy().flatMap(Policy::approvals).orElse(ANYBODY);
    }

    /** The user of the present request. */
    public static Approver current(PendingApproval promotion) {
        return new Approver(promotion, Jenkins.getAuthentication2());
    }

    public String user() {
        return who.getName();
    }

    public boolean mayApprove() {
        return obstacle().isEmpty();
    }

    /** Anybody who could have approved may refuse, also who asked for it or has approved; and administrators. */
    public boolean mayRefuse() {
        return excluded().isEmpty() || administers();
    }

    /** An administrator whose approval would not count. */
    public boolean mayOverride() {
        return !mayApprove() && administers();
    }

    /** Why this user may not approve, in a sentence; empty for who may. */
    public Optional<String> obstacle() {
        Optional<String> excluded = excluded();
        if (excluded.isPresent()) {
            return excluded;
        }
        List<String> requesters = promotion.requesters();
        if (rule.notRequester() && requesters.isEmpty()) {
            return Optional.of(Messages.Approver_theRequesterOfThisPromotion());
        }
        if (!rule.accepts(user(), groups, requesters, identities)) {
            return Optional.of(Messages.Approver_thePolicyRequiresTheApproval(part()));
        }
        return rule.lacks(user(), groups, requesters, promotion.given(), identities)
                ? Optional.empty()
                : Optional.of(Messages.Approver_youHaveAlreadyApproved());
    }

    /** What this user has to do with what is promoted. */
    private String part() {
        if (identities.sameUser(user(), promotion.requester())) {
            return Messages.Approver_youRequestedThisPromotion();
        }
        return promotion.committers().stream().anyMatch(committer -> identities.sameUser(user(), committer))
                ? Messages.Approver_youCommittedChangesOfThis()
                : Messages.Approver_youStartedThisBuildOr();
    }

    private Optional<String> excluded() {
        if (ACL.isAnonymous2(who) || !promotion.run().getParent().getACL().hasPermission2(who, Item.READ)) {
            return Optional.of(Messages.Approver_logInAsAUser());
        }
        if (rule.from().isEmpty()) {
            return new ApprovePermission(promotion.run().getParent(), who).obstacle();
        }
        return rule.names(user(), groups, identities)
                ? Optional.empty()
                : Optional.of(Messages.Approver_thePolicyAcceptsApprovalsOnly(String.join(", ", rule.from())));
    }

    private boolean administers() {
        return !ACL.isAnonymous2(who) && Jenkins.get().getACL().hasPermission2(who, Jenkins.ADMINISTER);
    }

    /**
     * @param comment for the record, may be empty
     * @throws DeliveryException DENIED that says why not
     * @throws IllegalStateException if it does not wait any more
     */
    public void approve(String comment) {
        obstacle().ifPresent(why -> {
            throw denied(why + (administers() ? Messages.Approver_asAnAdministratorYouCan() : ""));
        });
        give(comment, false);
    }

    /** Lets the promotion go on without the approvals that are missing; otherwise as {@link #approve}. */
    public void override(String comment) {
        if (!administers()) {
            throw denied(Messages.Approver_onlyAdministratorsCanOverrideMissing());
        }
        if (mayApprove()) {
            throw denied(Messages.Approver_yourApprovalCountsApproveInstead());
        }
        give(comment, true);
    }

    private void give(String comment, boolean override) {
        promotion.approve(
                new Approval(user(), groups, DeliveryRuntime.get().clock().instant(), comment, override));
    }

    /** As {@link #approve}. */
    public void refuse(String comment) {
        if (!mayRefuse()) {
            throw denied(excluded().orElse(""));
        }
        promotion.refuse(user(), groups, comment);
    }

    private static DeliveryException denied(String why) {
        return ErrorKind.DENIED.error(why);
    }
}
