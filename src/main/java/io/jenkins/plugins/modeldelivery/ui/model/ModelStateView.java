package io.jenkins.plugins.modeldelivery.ui.model;

import io.jenkins.plugins.modeldelivery.engine.history.ModelSummary;
import io.jenkins.plugins.modeldelivery.engine.record.AliasTarget;
import io.jenkins.plugins.modeldelivery.ui.StatusMark;
import io.jenkins.plugins.modeldelivery.ui.event.EventView;
import io.jenkins.plugins.modeldelivery.ui.version.VerdictView;
import java.util.List;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** How a model stands, as far as the present user may see. */
@ExportedBean(defaultVisibility = 2)
public final class ModelStateView {
    private final ModelSummary summary;
    private final List<WaitingView> waiting;

    public ModelStateView(ModelSummary summary, List<WaitingView> waiting) {
        this.summary = summary;
        this.waiting = waiting.stream()
                .filter(promotion -> promotion.isOf(summary.registry(), summary.model()))
                .toList();
    }

    @Exported
    public List<AliasView> getAliases() {
        return summary.aliases().stream()
                .filter(target -> target.version().isPresent())
                .map(AliasView::new)
                .toList();
    }

    /** Moves of aliases that have begun, and whose outcome the record does not tell: they go on, or were broken off. */
    @Exported
    public List<EventView> getUnfinishedMoves() {
        return summary.unfinishedMoves().stream()
                .map(move -> new EventView(move, false))
                .toList();
    }

    /** Null if no version is. */
    public AliasView getChampion() {
        return alias(ModelSummary.CHAMPION);
    }

    /** Null if no version is. */
    public AliasView getChallenger() {
        return alias(ModelSummary.CHALLENGER);
    }

    private AliasView alias(String name) {
        return summary.alias(name)
                .filter((AliasTarget target) -> target.version().isPresent())
                .map(AliasView::new)
                .orElse(null);
    }

    /** Null if no version was gated. */
    @Exported
    public VerdictView getLastGate() {
        return summary.lastGate().map(VerdictView::new).orElse(null);
    }

    /** Null if nobody said. */
    @Exported
    public String getOwner() {
        return summary.owner().orElse(null);
    }

    @Exported
    public List<EndpointView> getEndpoints() {
        return summary.endpoints().stream().map(EndpointView::new).toList();
    }

    /** The gravest first; none if all is well. */
    @Exported
    public List<HealthIssueView> getConcerns() {
        return summary.concerns().stream().map(HealthIssueView::new).toList();
    }

    /** Said where there are no concerns. */
    public StatusMark getGood() {
        return summary.lastGate().isPresent() ? StatusMark.good("OK") : StatusMark.plain("Not gated yet", "ellipse");
    }

    /** The longest waiting first. */
    @Exported
    public List<WaitingView> getWaiting() {
        return waiting;
    }
}
