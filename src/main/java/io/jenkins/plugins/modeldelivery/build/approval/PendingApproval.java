package io.jenkins.plugins.modeldelivery.build.approval;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.model.Run;
import io.jenkins.plugins.modeldelivery.build.operation.OperationSlot;
import io.jenkins.plugins.modeldelivery.build.provenance.Requester;
import io.jenkins.plugins.modeldelivery.configuration.ModelDeliveryConfiguration;
import io.jenkins.plugins.modeldelivery.engine.operation.alias.Approvals;
import io.jenkins.plugins.modeldelivery.engine.policy.Approval;
import io.jenkins.plugins.modeldelivery.engine.policy.Policy;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A promotion that waits for people, in the slot of its operation. */
public abstract class PendingApproval {
    private final OperationSlot slot;

    protected PendingApproval(OperationSlot slot) {
        this.slot = slot;
    }

    protected final OperationSlot slot() {
        return slot;
    }

    /** Unique within its build, the same after a restart. */
    public final String id() {
        return slot.name();
    }

    public final Run<?, ?> run() {
        return slot.run();
    }

    /**
     * What is asked for, with {@code name}, {@code version}, {@code registry}, {@code alias}, {@code policy} and, in the form
     * of the record, {@code decision}: the rules with what met or missed each.
     */
    public abstract ObjectNode description();

    /** On whose behalf the build works. */
    protected abstract Requester asking();

    /** The policy that guards the alias now; empty if it was deleted meanwhile. */
    public final Optional<Policy> policy() {
        return ModelDeliveryConfiguration.get()
                .rules()
                .guarding(description().path("alias").asText());
    }

    /** User id of who started the build, or {@code SYSTEM}. */
    public final String requester() {
        return asking().name();
    }

    /** Those whose own approvals do not count where the policy says so; empty if nobody is known. */
    public abstract List<String> requesters();

    /** Of the changes that are promoted, as far as known. */
    public final List<String> committers() {
        return asking().committers();
    }

    /** When approval was asked for. */
    public abstract Instant since();

    /** Oldest first. */
    public final List<Approval> given() {
        return Approvals.given(slot.journal());
    }

    /** When nobody may approve any more; empty if that is not limited. */
    public abstract Optional<Instant> deadline();

    /**
     * Callers must check who approves.
     *
     * @throws IllegalStateException if it does not wait any more
     */
    public abstract void approve(Approval approval);

    /**
     * Ends the promotion. Callers must check who refuses.
     *
     * @param by user id
     * @throws IllegalStateException if it does not wait any more
     */
    public abstract void refuse(String by, List<String> groups, String comment);
}
