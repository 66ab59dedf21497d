package io.jenkins.plugins.modeldelivery.run;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Run;
import hudson.model.listeners.RunListener;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * All promotions of this controller that wait for people. Not stored: after a restart every operation that still waits says
 * so again.
 */
@Extension
public final class PendingApprovals {
    /** By build, then by id. */
    private final Map<String, ConcurrentNavigableMap<String, PendingApproval>> all = new ConcurrentSkipListMap<>();

    public static PendingApprovals get() {
        return ExtensionList.lookupSingleton(PendingApprovals.class);
    }

    /** @return takes it away again, also when its build is not known any more */
    Runnable add(PendingApproval approval) {
        String build = approval.run().getExternalizableId();
        String id = approval.id();
        all.compute(build, (key, present) -> {
            ConcurrentNavigableMap<String, PendingApproval> waiting =
                    present == null ? new ConcurrentSkipListMap<>() : present;
            waiting.put(id, approval);
            return waiting;
        });
        return () -> all.computeIfPresent(build, (key, waiting) -> {
            waiting.remove(id, approval);
            return waiting.isEmpty() ? null : waiting;
        });
    }

    /** Whoever shows them asks for each whether it may be seen. */
    public Collection<PendingApproval> all() {
        return all.values().stream()
                .flatMap(waiting -> waiting.values().stream())
                .toList();
    }

    /** Those of a build, in the order in which they were begun. */
    public List<PendingApproval> of(Run<?, ?> run) {
        ConcurrentNavigableMap<String, PendingApproval> waiting = all.get(run.getExternalizableId());
        return waiting == null ? List.of() : List.copyOf(waiting.values());
    }

    public Optional<PendingApproval> find(Run<?, ?> run, String id) {
        return of(run).stream().filter(approval -> approval.id().equals(id)).findFirst();
    }

    /** A build that was killed tells its steps nothing. */
    @Extension
    public static final class Ended extends RunListener<Run<?, ?>> {
        @Override
        public void onFinalized(Run<?, ?> run) {
            get().all.remove(run.getExternalizableId());
        }
    }
}
