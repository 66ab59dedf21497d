package io.jenkins.plugins.modeldelivery.run;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Run;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * All promotions of this controller that wait for people. Not stored: after a restart every operation that still waits says
 * so again.
 */
@Extension
public final class PendingApprovals {
    private final Map<String, PendingApproval> all = new ConcurrentSkipListMap<>();

    public static PendingApprovals get() {
        return ExtensionList.lookupSingleton(PendingApprovals.class);
    }

    private static String key(PendingApproval approval) {
        return approval.run().getExternalizableId() + "\n" + approval.id();
    }

    void add(PendingApproval approval) {
        all.put(key(approval), approval);
    }

    void remove(PendingApproval approval) {
        all.remove(key(approval), approval);
    }

    /** Whoever shows them asks for each whether it may be seen. */
    public Collection<PendingApproval> all() {
        return List.copyOf(all.values());
    }

    public List<PendingApproval> of(Run<?, ?> run) {
        return all.values().stream()
                .filter(approval -> approval.run().equals(run))
                .toList();
    }

    public Optional<PendingApproval> find(Run<?, ?> run, String id) {
        return of(run).stream().filter(approval -> approval.id().equals(id)).findFirst();
    }
}
