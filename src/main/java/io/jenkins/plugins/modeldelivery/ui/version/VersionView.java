package io.jenkins.plugins.modeldelivery.ui.version;

import io.jenkins.plugins.modeldelivery.engine.history.VersionState;
import io.jenkins.plugins.modeldelivery.engine.record.AliasTarget;
import io.jenkins.plugins.modeldelivery.ui.Timestamps;
import io.jenkins.plugins.modeldelivery.ui.event.BuildView;
import io.jenkins.plugins.modeldelivery.ui.model.EndpointView;
import io.jenkins.plugins.modeldelivery.ui.models.ModelLinks;
import io.jenkins.plugins.modeldelivery.ui.models.PathSegment;
import io.jenkins.plugins.modeldelivery.ui.models.QueryString;
import java.util.List;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A version of a model. */
@ExportedBean(defaultVisibility = 2)
public final class VersionView {
    private final VersionState state;

    VersionView(VersionState state) {
        this.state = state;
    }

    @Exported
    public String getVersion() {
        return state.version();
    }

    /** Of its events in the timeline. */
    public String getQuery() {
        return QueryString.of("version", state.version());
    }

    /** Of its page, relative to that of the model. */
    @Exported
    public String getPath() {
        return ModelLinks.VERSION + PathSegment.encode(getVersion()) + "/";
    }

    @Exported
    public String getRegistered() {
        return Timestamps.text(state.registered().time());
    }

    public String getRegisteredText() {
        return Timestamps.forPeople(state.registered().time());
    }

    /** Who registered it. */
    @Exported
    public String getBy() {
        return state.registered().draft().actor();
    }

    /** In which it was registered; null if in none. */
    @Exported
    public BuildView getBuild() {
        return BuildView.of(state.registered());
    }

    /** Null if the registry told none. */
    @Exported
    public String getDigest() {
        return state.registered().draft().digest().orElse(null);
    }

    /** Null if it was not gated. */
    @Exported
    public VerdictView getLastGate() {
        return state.lastGate().map(VerdictView::new).orElse(null);
    }

    @Exported
    public List<String> getAliases() {
        return state.aliases().stream().map(AliasTarget::alias).toList();
    }

    /** Those that serve it. */
    @Exported
    public List<EndpointView> getEndpoints() {
        return state.endpoints().stream().map(EndpointView::new).toList();
    }
}
