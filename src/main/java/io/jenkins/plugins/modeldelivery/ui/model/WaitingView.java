package io.jenkins.plugins.modeldelivery.ui.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.build.access.JobAccess;
import io.jenkins.plugins.modeldelivery.build.approval.PendingApproval;
import io.jenkins.plugins.modeldelivery.build.approval.PendingApprovals;
import io.jenkins.plugins.modeldelivery.build.operation.BuildLink;
import io.jenkins.plugins.modeldelivery.ui.Timestamps;
import java.util.Comparator;
import java.util.List;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/**
 * A promotion of a model that waits for people.
 *
 * @param path where it is approved, relative to Jenkins' root
 */
@ExportedBean(defaultVisibility = 3)
public record WaitingView(
        String registry,
        String model,
        @Exported String version,
        @Exported String alias,
        @Exported String since,
        @Exported String build,
        @Exported String path) {
    /** All that the present user may see, the longest waiting first. */
    public static List<WaitingView> all() {
        return PendingApprovals.get().all().stream()
                .filter(approval -> JobAccess.mayRead(approval.run().getParent()))
                .sorted(Comparator.comparing(PendingApproval::since))
                .map(WaitingView::of)
                .toList();
    }

    private static WaitingView of(PendingApproval approval) {
        ObjectNode promotion = approval.description();
        return new WaitingView(
                promotion.path("registry").asText(),
                promotion.path("name").asText(),
                promotion.path("version").asText(),
                promotion.path("alias").asText(),
                Timestamps.text(approval.since()),
                approval.run().getFullDisplayName(),
                BuildLink.path(approval.run()) + "#promotion-" + approval.id());
    }
}
