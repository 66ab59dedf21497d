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
import java.util.function.Function;
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
            return new Answer(Optional.empty(), "");
        }
        Optional<VersionStory> a = record().story(getA());
        Optional<VersionStory> b = record().story(getB());
        String unknown = a.isEmpty() ? getA() : getB();
        return a.isPresent() && b.isPresent()
                ? new Answer(Optional.of(VersionComparison.of(a.get(), b.get())), "")
                : new Answer(Optional.empty(), "Nothing that you may see is recorded of the version " + unknown + ".");
    }

    public Api getApi() {
        return new Api(this);
    }

    @Override
    public String getDisplayName() {
        return "Compare versions of " + record().model();
    }

    /**
     * The comparison, or why there is none.
     *
     * @param problem empty if all is well
     */
    @ExportedBean(defaultVisibility = 2)
    public record Answer(
            Optional<VersionComparison> comparison,
            @Exported String problem) {
        public boolean isThere() {
            return comparison.isPresent();
        }

        @Exported
        public List<Row> getMetrics() {
            return rows(VersionComparison::metrics, Row::of);
        }

        @Exported
        public List<Row> getFacts() {
            return rows(VersionComparison::facts, Row::of);
        }

        @Exported
        public List<Row> getTags() {
            return rows(VersionComparison::tags, Row::of);
        }

        @Exported
        public List<Row> getParameters() {
            return rows(VersionComparison::parameters, Row::of);
        }

        @Exported
        public List<Row> getGates() {
            return rows(VersionComparison::gates, Row::of);
        }

        @Exported
        public List<Row> getPolicies() {
            return rows(VersionComparison::policies, Row::of);
        }

        private <T> List<Row> rows(Function<VersionComparison, List<T>> part, Function<T, Row> row) {
            return comparison.stream()
                    .flatMap(its -> part.apply(its).stream())
                    .map(row)
                    .toList();
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
                    fact.name(), fact.a().orElse(null), fact.b().orElse(null), fact.same() ? "the same" : "different");
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
