package io.jenkins.plugins.modeldelivery.build.approval;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.model.Run;
import io.jenkins.plugins.modeldelivery.engine.policy.Approval;
import io.jenkins.plugins.modeldelivery.engine.policy.Policy;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A promotion that waits for people. */
public interface PendingApproval {
    /** Unique within its build, the same after a restart. */
    String id();

    Run<?, ?> run();

    /**
     * What is asked for, with {@code name}, {@code version}, {@code registry}, {@code alias}, {@code policy} and, in the form
     * of the record, {@code decision}: the rules with what met or missed each.
     */
    ObjectNode description();

    /** The policy that guards the alias now; empty if it was deleted meanwhile. */
    Optional<Policy> policy();

    /** User id of who started the build, or {@code SYSTEM}. */
    String requester();

    /** Those whose own approvals do not count where the policy says so; empty if nobody is known. */
    List<String> requesters();

    /** Of the changes that are promoted, as far as known. */
    List<String> committers();

    /** When approval was asked for. */
    Instant since();

    /** Oldest first. */
    List<Approval> given();

    /** When nobody may approve any more; empty if that is not limited. */
    Optional<Instant> deadline();

    /**
     * Callers must check who approves.
     *
     * @throws IllegalStateException if it does not wait any more
     */
    void approve(Approval approval);

    /**
     * Ends the promotion. Callers must check who refuses.
     *
     * @param by user id
     * @throws IllegalStateException if it does not wait any more
     */
    void refuse(String by, List<String> groups, String comment);
}
