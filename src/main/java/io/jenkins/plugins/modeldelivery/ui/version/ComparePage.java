package io.jenkins.plugins.modeldelivery.ui.version;

import hudson.model.Api;
import io.jenkins.plugins.modeldelivery.build.record.ModelRecord;
import io.jenkins.plugins.modeldelivery.engine.history.VersionComparison;
import io.jenkins.plugins.modeldelivery.engine.history.VersionStory;
import io.jenkins.plugins.modeldelivery.engine.record.EventType;
import io.jenkins.plugins.modeldelivery.ui.model.ModelSubpage;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import jenkins.security.stapler.StaplerAccessibleType;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** Two versions side by side. */
@StaplerAccessibleType
@ExportedBean
public final class ComparePage extends ModelSubpage {
    /** Of the newest versions, so many are offered; others can be typed. */
    private static final int OFFERED = 100;

    public ComparePage(ModelRecord record) {
        super(record);
    }

    /** The first version that was asked for; may be empty. */
    @Exported
    public String getA() {
        return parameter("a");
    }

    @Exported
    public String getB() {
        return parameter("b");
    }

    /** The newest versions that were registered, newest first. */
    @Exported
    public List<String> getVersions() {
        return record()
                .page(record().query().types(Set.of(EventType.REGISTERED)), OptionalLong.empty(), OFFERED)
                .events()
                .stream()
                .flatMap(event -> event.draft().version().stream())
                .distinct()
                .toList();
    }

    /** What was asked for; read once a page. */
    @Exported
    public Answer getAnswer() {
        if (getA().isEmpty() || getB().isEmpty()) {
            return Answer.none("");
        }
        Optional<VersionStory> a = record().story(getA());
        Optional<VersionStory> b = record().story(getB());
        String unknown = a.isEmpty() ? getA() : getB();
        return a.isPresent() && b.isPresent()
                ? Answer.of(VersionComparison.of(a.get(), b.get()))
                : Answer.none(Messages.ComparePage_theRecordHasNoEvents(unknown));
    }

    public Api getApi() {
        return new Api(this);
    }

    @Override
    public String getDisplayName() {
        return Messages.ComparePage_compareVersionsOf(record().model());
    }

    /**
     * The comparison, or why there is none.
     *
     * @param there whether there is a comparison; if not, all lists are empty
     * @param problem empty if all is well
     */
    @ExportedBean(defaultVisibility = 2)
    public record Answer(
            boolean there,
            @Exported String problem,
            @Exported List<Row> metrics,
            @Exported List<Row> facts,
            @Exported List<Row> tags,
            @Exported List<Row> parameters,
            @Exported List<Row> gates,
            @Exported List<Row> policies) {
        private static Answer of(VersionComparison comparison) {
            return new Answer(
                    true,
                    "",
                    comparison.metrics().stream().map(Row::of).toList(),
                    rows(comparison.facts()),
                    rows(comparison.tags()),
                    rows(comparison.parameters()),
                    rows(comparison.gates()),
                    rows(comparison.policies()));
        }

        private static Answer none(String problem) {
            return new Answer(false, problem, List.of(), List.of(), List.of(), List.of(), List.of(), List.of());
        }

        private static List<Row> rows(List<VersionComparison.Fact> facts) {
            return facts.stream().map(Row::of).toList();
        }
    }

    /**
     * One line of a comparison.
     *
     * @param a null if version A has nothing
     * @param b null if version B has nothing
     * @param difference of two numbers, such as {@code +0.012}; else in a word
     */
    @ExportedBean(defaultVisibility = 3)
    public record Row(
            @Exported String name,
            @Exported String a,
            @Exported String b,
            @Exported String difference) {
        private static Row of(VersionComparison.Fact fact) {
            return new Row(
                    fact.name(),
                    fact.a().orElse(null),
                    fact.b().orElse(null),
                    fact.same() ? Messages.ComparePage_theSame() : "different");
        }

        private static Row of(VersionComparison.Metric metric) {
            return new Row(
                    metric.metric(),
                    metric.a().map(BigDecimal::toString).orElse(null),
                    metric.b().map(BigDecimal::toString).orElse(null),
                    metric.difference()
                            .map(number -> (number.signum() > 0 ? "+" : "") + number.toPlainString())
                            .orElse("–"));
        }

        @Exported
        public boolean isChanged() {
            return !Objects.equals(a, b);
        }
    }
}
