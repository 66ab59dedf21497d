package io.jenkins.plugins.modeldelivery.build.approval;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.model.Run;
import io.jenkins.plugins.modeldelivery.build.operation.OperationSlot;
import io.jenkins.plugins.modeldelivery.build.operation.OperationSlots;
import io.jenkins.plugins.modeldelivery.build.operation.OperationState;
import io.jenkins.plugins.modeldelivery.build.operation.RequestPreparer;
import io.jenkins.plugins.modeldelivery.build.provenance.Requester;
import io.jenkins.plugins.modeldelivery.build.runtime.DeliveryRuntime;
import io.jenkins.plugins.modeldelivery.engine.journal.Journal;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.operation.alias.Approvals;
import io.jenkins.plugins.modeldelivery.engine.operation.alias.AwaitedPromotion;
import io.jenkins.plugins.modeldelivery.engine.policy.Approval;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * A promotion that waited for people when the controller went down, as its build keeps it until its step goes on. What is
 * approved or refused meanwhile is kept in the build, where the step finds it.
 */
public final class StoredPromotion extends PendingApproval {
    private final AwaitedPromotion awaited;
    private final ObjectNode description;
    /** Dear to find out; null until somebody asks. */
    private volatile Requester asking;

    private StoredPromotion(OperationSlot slot, AwaitedPromotion awaited, ObjectNode description) {
        super(slot);
        this.awaited = awaited;
        this.description = description;
    }

    @Override
    protected Requester asking() {
        if (asking == null) {
            asking = Requester.of(
                    run(), Optional.ofNullable(description.path("alias").textValue()));
        }
        return asking;
    }

    /** Those of a build whose steps have not gone on after a restart. */
    public static List<StoredPromotion> of(Run<?, ?> run) {
        Instant begun = Instant.ofEpochMilli(run.getStartTimeInMillis());
        return run.isBuilding() && begun.isBefore(DeliveryRuntime.get().started())
                ? OperationSlots.of(run).stream()
                        .map(StoredPromotion::of)
                        .flatMap(Optional::stream)
                        .toList()
                : List.of();
    }

    /** Empty if it does not wait, or an operation of this process began it or has taken it up. */
    public static Optional<StoredPromotion> of(OperationSlot slot) {
        DeliveryRuntime runtime = DeliveryRuntime.get();
        return OperationState.of(slot.run(), slot)
                .filter(state -> state.outcome().isEmpty() && state.begun().isBefore(runtime.started()))
                .filter(state -> !runtime.slots().isResumed(slot))
                .flatMap(state -> AwaitedPromotion.of(state.journal())
                        .map(awaited -> new StoredPromotion(slot, awaited, description(state, awaited))));
    }

    private static ObjectNode description(OperationState state, AwaitedPromotion awaited) {
        ObjectNode request = state.request();
        JsonNode register = request.path("register");
        boolean registers = register.isObject();
        ObjectNode description = awaited.found().deepCopy();
        description.put(
                "name",
                registers
                        ? register.path("name").asText()
                        : RequestPreparer.model(request).name());
        description.put(
                "registry", (registers ? register : request).path("registry").asText());
        RequestPreparer.alias(state.type(), request).ifPresent(alias -> description.put("alias", alias));
        return description;
    }

    @Override
    public ObjectNode description() {
        return description;
    }

    @Override
    public List<String> requesters() {
        Set<String> all = new TreeSet<>(asking().all());
        description.path("requesters").forEach(user -> all.add(user.asText()));
        return List.copyOf(all);
    }

    @Override
    public Instant since() {
        return awaited.since();
    }

    @Override
    public Optional<Instant> deadline() {
        return awaited.deadline();
    }

    @Override
    public void approve(Approval approval) {
        keep(journal -> Approvals.add(journal, approval), active -> active.approve(approval));
    }

    @Override
    public void refuse(String by, List<String> groups, String comment) {
        Instant now = DeliveryRuntime.get().clock().instant();
        keep(
                journal -> Approvals.refuse(journal, by, groups, now, comment),
                active -> active.refuse(by, groups, comment));
    }

    /** Once its step goes on, the operation itself takes it. */
    private void keep(Consumer<Journal> stored, Consumer<PendingApproval> given) {
        if (DeliveryRuntime.get().slots().beforeItIsResumed(slot(), () -> stored.accept(slot().journal()))) {
            return;
        }
        PendingApproval active = PendingApprovals.get()
                .active(run(), id())
                .orElseThrow(() -> ErrorKind.UNREACHABLE.error(
                        "The build goes on after a restart in this very moment. Send it again in a few seconds."));
        given.accept(active);
    }
}
