package io.jenkins.plugins.modeldelivery.ui.models;

import io.jenkins.plugins.modeldelivery.engine.history.VersionState;
import io.jenkins.plugins.modeldelivery.engine.record.AliasTarget;
import io.jenkins.plugins.modeldelivery.ui.Times;
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
        return Query.of("version", state.version());
    }

    /** Of its page, relative to that of the model. */
    @Exported
    public String getPath() {
        return Links.VERSION + PathName.encode(getVersion()) + "/";
    }

    @Exported
    public String getRegistered() {
        return Times.text(state.registered().time());
    }

    public String getRegisteredText() {
        return Times.forPeople(state.registered().time());
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
