package io.jenkins.plugins.modeldelivery.ui.model;

import io.jenkins.plugins.modeldelivery.engine.history.HealthIssue;
import io.jenkins.plugins.modeldelivery.engine.history.ModelSummary;
import io.jenkins.plugins.modeldelivery.engine.record.AliasTarget;
import io.jenkins.plugins.modeldelivery.ui.StatusMark;
import io.jenkins.plugins.modeldelivery.ui.Timestamps;
import io.jenkins.plugins.modeldelivery.ui.event.BuildView;
import io.jenkins.plugins.modeldelivery.ui.event.EventView;
import io.jenkins.plugins.modeldelivery.ui.version.VerdictView;
import java.util.List;
import java.util.Locale;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/**
 * How a model stands, as far as the present user may see.
 *
 * @param promotions that wait for approval, of whichever model, the longest waiting first
 */
@ExportedBean(defaultVisibility = 2)
public record ModelStateView(ModelSummary summary, List<WaitingView> promotions) {

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
        return summary.lastGate().map(VerdictView::of).orElse(null);
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
    public List<ConcernView> getConcerns() {
        return summary.concerns().stream().map(ConcernView::of).toList();
    }

    /** Said where there are no concerns. */
    public StatusMark getGood() {
        return summary.lastGate().isPresent()
                ? StatusMark.good("OK")
                : StatusMark.plain(Messages.ModelStateView_notGatedYet(), "ellipse");
    }

    /** The longest waiting first. */
    @Exported
    public List<WaitingView> getWaiting() {
        return promotions.stream()
                .filter(promotion -> promotion.registry().equals(summary.registry())
                        && promotion.model().equals(summary.model()))
                .toList();
    }

    /** An alias and the version that it points to. */
    @ExportedBean(defaultVisibility = 3)
    public record AliasView(AliasTarget target) {
        @Exported
        public String getAlias() {
            return target.alias();
        }

        /** Null if nobody has it. */
        @Exported
        public String getVersion() {
            return target.version().orElse(null);
        }

        @Exported
        public String getSince() {
            return Timestamps.text(target.since());
        }

        /** Who moved it. */
        @Exported
        public String getBy() {
            return target.move().draft().actor();
        }

        public BuildView getBuild() {
            return BuildView.of(target.move());
        }
    }

    /** Why somebody should look at a model, and what to do then. */
    @ExportedBean(defaultVisibility = 3)
    public record ConcernView(
            @Exported String name,
            @Exported String text,
            @Exported String advice,
            StatusMark mark) {
        private static ConcernView of(HealthIssue issue) {
            return new ConcernView(issue.name(), issue.text(), issue.advice(), mark(issue));
        }

        /** Uncertain verdicts and old evidence ask for a look; everything else is wrong. */
        private static StatusMark mark(HealthIssue issue) {
            String text = issue.text().substring(0, 1).toUpperCase(Locale.ROOT)
                    + issue.text().substring(1);
            return switch (issue) {
                case GATE_INCONCLUSIVE -> StatusMark.unsure(text);
                case EVIDENCE_EXPIRED, SERVES_OTHER_VERSION -> StatusMark.warning(text);
                default -> StatusMark.bad(text);
            };
        }
    }
}
