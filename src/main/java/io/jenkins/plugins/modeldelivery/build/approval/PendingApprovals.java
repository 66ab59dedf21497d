package io.jenkins.plugins.modeldelivery.build.approval;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Run;
import hudson.model.listeners.RunListener;
import io.jenkins.plugins.modeldelivery.build.operation.OperationSlots;
import io.jenkins.plugins.modeldelivery.build.runtime.DeliveryRuntime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * All promotions of this controller that wait for people. Not stored: after a restart every operation that still waits says
 * so again, and until then a build tells what it keeps of its own. Builds are known by what they are, since their jobs can be
 * renamed or moved meanwhile.
 */
@Extension
public final class PendingApprovals {
    private final Map<PendingApproval, Run<?, ?>> all = new ConcurrentHashMap<>();

    public static PendingApprovals get() {
        return ExtensionList.lookupSingleton(PendingApprovals.class);
    }

    /** @return takes it away again, also when its build is not known any more */
    public Runnable add(PendingApproval approval) {
        all.put(approval, approval.run());
        return () -> all.remove(approval);
    }

    /** Pages that show them ask for each whether it may be seen. */
    public Collection<PendingApproval> all() {
        return List.copyOf(all.keySet());
    }

    /** Those of a build, in the order in which they were begun. */
    public List<PendingApproval> of(Run<?, ?> run) {
        // In this order, so that what goes on in this very moment is not missed.
        Map<String, PendingApproval> found = new TreeMap<>();
        StoredPromotion.of(run).forEach(stored -> found.put(stored.id(), stored));
        active(run).forEach(active -> found.put(active.id(), active));
        return List.copyOf(found.values());
    }

    public Optional<PendingApproval> find(Run<?, ?> run, String id) {
        return of(run).stream().filter(approval -> approval.id().equals(id)).findFirst();
    }

    /** One that an operation of this process waits for. */
    Optional<PendingApproval> active(Run<?, ?> run, String id) {
        return active(run).filter(approval -> approval.id().equals(id)).findFirst();
    }

    private Stream<PendingApproval> active(Run<?, ?> run) {
        return all.entrySet().stream()
                .filter(entry -> OperationSlots.isSame(entry.getValue(), run))
                .map(Map.Entry::getKey);
    }

    /** A build that was killed tells its steps nothing. */
    @Extension
    public static final class Ended extends RunListener<Run<?, ?>> {
        @Override
        public void onFinalized(Run<?, ?> run) {
            get().all.values().removeIf(other -> OperationSlots.isSame(other, run));
            DeliveryRuntime.get().slots().forget(run);
        }
    }
}
