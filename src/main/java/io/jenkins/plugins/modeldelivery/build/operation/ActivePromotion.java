package io.jenkins.plugins.modeldelivery.build.operation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.build.approval.PendingApproval;
import io.jenkins.plugins.modeldelivery.build.approval.PendingApprovals;
import io.jenkins.plugins.modeldelivery.build.approval.StoredPromotion;
import io.jenkins.plugins.modeldelivery.build.provenance.Requester;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.journal.Progress;
import io.jenkins.plugins.modeldelivery.engine.operation.alias.Approvals;
import io.jenkins.plugins.modeldelivery.engine.policy.Approval;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The promotion of an operation of this process, on the list of all that wait for as long as it does. Thread-safe. */
final class ActivePromotion extends PendingApproval {
    private final Supplier<Requester> asking;
    private final Object operation;
    private final Runnable wake;
    private final Clock clock;

    private volatile Progress.NeedsApproval needed;
    /** What waited when the process before ended, until this one has looked itself; null if nothing did. */
    private volatile StoredPromotion stored;
    /** Takes it off the list. */
    private volatile Runnable listed = () -> {};

    /**
     * @param operation whose lock guards the journal
     * @param wake has the operation decide again; returns at once
     */
    ActivePromotion(OperationSlot slot, Supplier<Requester> asking, Object operation, Runnable wake, Clock clock) {
        super(slot);
        this.asking = asking;
        this.operation = operation;
        this.wake = wake;
        this.clock = clock;
    }

    void restore(StoredPromotion before) {
        stored = before;
        listed = PendingApprovals.get().add(this);
    }

    /** @return whether it begins to wait */
    boolean ask(Progress.NeedsApproval now) {
        boolean begins = needed == null;
        needed = now;
        if (begins) {
            listed = PendingApprovals.get().add(this);
        }
        return begins;
    }

    boolean waits() {
        return needed != null || stored != null;
    }

    void end() {
        needed = null;
        stored = null;
        withdraw();
    }

    /** Nobody may approve any more. */
    void withdraw() {
        listed.run();
    }

    /** Such as "churn/7 → champion". */
    String subject() {
        ObjectNode promotion = description();
        return promotion.path("name").asText() + "/" + promotion.path("version").asText() + " → "
                + promotion.path("alias").asText();
    }

    @Override
    protected Requester asking() {
        return asking.get();
    }

    @Override
    public ObjectNode description() {
        Progress.NeedsApproval now = needed;
        StoredPromotion before = stored;
        return now != null ? now.promotion() : before != null ? before.description() : Json.object();
    }

    @Override
    public List<String> requesters() {
        List<String> all = new ArrayList<>();
        description().path("requesters").forEach(user -> all.add(user.asText()));
        return all;
    }

    @Override
    public Instant since() {
        Progress.NeedsApproval now = needed;
        StoredPromotion before = stored;
        return now != null ? now.since() : before != null ? before.since() : clock.instant();
    }

    @Override
    public Optional<Instant> deadline() {
        Progress.NeedsApproval now = needed;
        StoredPromotion before = stored;
        return now != null ? now.deadline() : before != null ? before.deadline() : Optional.empty();
    }

    @Override
    public void approve(Approval approval) {
        synchronized (operation) {
            Approvals.add(slot().journal(), approval);
        }
        wake.run();
    }

    @Override
    public void refuse(String by, List<String> groups, String comment) {
        synchronized (operation) {
            Approvals.refuse(slot().journal(), by, groups, clock.instant(), comment);
        }
        wake.run();
    }
}
