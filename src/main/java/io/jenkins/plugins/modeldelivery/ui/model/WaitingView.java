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

/** A promotion of a model that waits for people. */
@ExportedBean(defaultVisibility = 3)
public record WaitingView(PendingApproval approval, ObjectNode promotion) {

    /** All that the present user may see, the longest waiting first. */
    public static List<WaitingView> all() {
        return PendingApprovals.get().all().stream()
                .filter(approval -> JobAccess.mayRead(approval.run().getParent()))
                .sorted(Comparator.comparing(PendingApproval::since))
                .map(approval -> new WaitingView(approval, approval.description()))
                .toList();
    }

    boolean isOf(String registry, String model) {
        return promotion.path("registry").asText().equals(registry)
                && promotion.path("name").asText().equals(model);
    }

    @Exported
    public String getVersion() {
        return promotion.path("version").asText();
    }

    @Exported
    public String getAlias() {
        return promotion.path("alias").asText();
    }

    @Exported
    public String getSince() {
        return Timestamps.text(approval.since());
    }

    public String getSinceText() {
        return Timestamps.forPeople(approval.since());
    }

    @Exported
    public String getBuild() {
        return approval.run().getFullDisplayName();
    }

    /** Where it is approved, relative to Jenkins' root. */
    @Exported
    public String getPath() {
        return BuildLink.path(approval.run()) + "#promotion-" + approval.id();
    }
}
