package io.jenkins.plugins.modeldelivery.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.model.Run;
import io.jenkins.plugins.modeldelivery.engine.promotion.Approval;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A promotion that waits for people. */
public interface PendingApproval {
    /** Unique within its build, the same after a restart. */
    String id();

    Run<?, ?> run();

    /** The rules with what met or missed each, as the record has them; with model, version, alias and policy. */
    ObjectNode description();

    /** Who asked for the promotion; approvals are compared with it. */
    String requester();

    /** Oldest first. */
    List<Approval> given();

    /** When nobody may approve any more; empty if that is not limited. */
    Optional<Instant> deadline();

    /**
     * Whoever calls has checked who approves.
     *
     * @throws IllegalStateException if it does not wait any more
     */
    void approve(Approval approval);

    /**
     * Ends the promotion. Whoever calls has checked who refuses.
     *
     * @param by user id
     * @throws IllegalStateException if it does not wait any more
     */
    void refuse(String by, List<String> groups, String comment);
}
