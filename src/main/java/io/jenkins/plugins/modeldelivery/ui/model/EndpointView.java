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
public final class EndpointView {
    private final EndpointStatus endpoint;

    public EndpointView(EndpointStatus endpoint) {
        this.endpoint = endpoint;
    }

    @Exported
    public String getTarget() {
        return endpoint.target();
    }

    @Exported
    public String getEndpoint() {
        return endpoint.endpoint();
    }

    /** Null if nothing is known to be served. */
    @Exported
    public String getVersion() {
        return endpoint.version().orElse(null);
    }

    @Exported
    public String getSince() {
        return endpoint.since().map(Timestamps::text).orElse(null);
    }

    public String getSinceText() {
        return endpoint.since().map(Timestamps::forPeople).orElse("");
    }

    /** {@code LIVE}, {@code UNDER_WAY} or {@code FAILED}: how the last rollout there stands. */
    @Exported
    public String getRollout() {
        if (endpoint.failed()) {
            return "FAILED";
        }
        return endpoint.underWay() ? "UNDER_WAY" : "LIVE";
    }

    public StatusMark getMark() {
        return switch (getRollout()) {
            case "FAILED" -> StatusMark.bad("last rollout failed");
            case "UNDER_WAY" -> StatusMark.waiting("rollout under way");
            default -> StatusMark.good("live");
        };
    }

    /** What went wrong with the last rollout; empty if nothing did. */
    public String getReason() {
        return EventDescriptions.reason(endpoint.rollout());
    }

    public BuildView getBuild() {
        return BuildView.of(endpoint.rollout());
    }
}
