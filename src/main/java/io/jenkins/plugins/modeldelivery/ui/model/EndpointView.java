package io.jenkins.plugins.modeldelivery.ui.model;

import io.jenkins.plugins.modeldelivery.engine.history.EventDescriptions;
import io.jenkins.plugins.modeldelivery.engine.record.EndpointStatus;
import io.jenkins.plugins.modeldelivery.ui.StatusMark;
import io.jenkins.plugins.modeldelivery.ui.Timestamps;
import io.jenkins.plugins.modeldelivery.ui.event.BuildView;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** What an endpoint serves of a model. */
@ExportedBean(defaultVisibility = 3)
public record EndpointView(EndpointStatus status) {
    @Exported
    public String getTarget() {
        return status.target();
    }

    @Exported
    public String getEndpoint() {
        return status.endpoint();
    }

    /** Null if nothing is known to be served. */
    @Exported
    public String getVersion() {
        return status.version().orElse(null);
    }

    @Exported
    public String getSince() {
        return status.since().map(Timestamps::text).orElse(null);
    }

    /** {@code LIVE}, {@code UNDER_WAY} or {@code FAILED}: how the last rollout there stands. */
    @Exported
    public String getRollout() {
        if (status.failed()) {
            return "FAILED";
        }
        return status.underWay() ? "UNDER_WAY" : "LIVE";
    }

    public StatusMark getMark() {
        return switch (getRollout()) {
            case "FAILED" -> StatusMark.bad(Messages.EndpointView_lastRolloutFailed());
            case "UNDER_WAY" -> StatusMark.waiting(Messages.EndpointView_rolloutInProgress());
            default -> StatusMark.good("live");
        };
    }

    /** What went wrong with the last rollout; empty if nothing did. */
    public String getReason() {
        return EventDescriptions.reason(status.rollout());
    }

    public BuildView getBuild() {
        return BuildView.of(status.rollout());
    }
}
