package io.jenkins.plugins.modeldelivery.ui.version;

import hudson.model.Api;
import io.jenkins.plugins.modeldelivery.build.record.ModelRecord;
import io.jenkins.plugins.modeldelivery.engine.history.ComparedFact;
import io.jenkins.plugins.modeldelivery.engine.history.ComparedMetric;
import io.jenkins.plugins.modeldelivery.engine.history.VersionComparison;
import io.jenkins.plugins.modeldelivery.engine.history.VersionStory;
import io.jenkins.plugins.modeldelivery.engine.record.EventType;
import io.jenkins.plugins.modeldelivery.ui.model.ModelSubpage;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
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

    /** The comparison, or why there is none. */
    @ExportedBean(defaultVisibility = 2)
    public static final class Answer {
        private final Optional<VersionComparison> comparison;
        private final String problem;

        Answer(Optional<VersionComparison> comparison, String problem) {
            this.comparison = comparison;
            this.problem = problem;
        }

        public boolean isThere() {
            return comparison.isPresent();
        }

        /** Empty if all is well. */
        @Exported
        public String getProblem() {
            return problem;
        }

        @Exported
        public List<Row> getMetrics() {
            return rows(comparison.map(VersionComparison::metrics))
                    .map(Row::new)
                    .toList();
        }

        @Exported
        public List<Row> getFacts() {
            return texts(comparison.map(VersionComparison::facts));
        }

        @Exported
        public List<Row> getTags() {
            return texts(comparison.map(VersionComparison::tags));
        }

        @Exported
        public List<Row> getParameters() {
            return texts(comparison.map(VersionComparison::parameters));
        }

        @Exported
        public List<Row> getGates() {
            return texts(comparison.map(VersionComparison::gates));
        }

        @Exported
        public List<Row> getPolicies() {
            return texts(comparison.map(VersionComparison::policies));
        }

        private static List<Row> texts(Optional<List<ComparedFact>> rows) {
            return rows(rows).map(Row::new).toList();
        }

        private static <T> Stream<T> rows(Optional<List<T>> rows) {
            return rows.stream().flatMap(List::stream);
        }
    }

    /** One line of a comparison. */
    @ExportedBean(defaultVisibility = 3)
    public static final class Row {
        private final String name;
        private final Optional<String> a;
        private final Optional<String> b;
        private final String difference;

        Row(ComparedFact compared) {
            this(compared.name(), compared.a(), compared.b(), compared.same() ? "the same" : "different");
        }

        Row(ComparedMetric metric) {
            this(
                    metric.metric(),
                    metric.a().map(BigDecimal::toString),
                    metric.b().map(BigDecimal::toString),
                    metric.difference().map(Row::signed).orElse("–"));
        }

        private Row(String name, Optional<String> a, Optional<String> b, String difference) {
            this.name = name;
            this.a = a;
            this.b = b;
            this.difference = difference;
        }

        private static String signed(BigDecimal number) {
            return (number.signum() > 0 ? "+" : "") + number.toPlainString();
        }

        @Exported
        public String getName() {
            return name;
        }

        /** What A has; null if it has nothing. */
        @Exported
        public String getA() {
            return a.orElse(null);
        }

        /** What B has; null if it has nothing. */
        @Exported
        public String getB() {
            return b.orElse(null);
        }

        /** Of two numbers, such as {@code +0.012}; else in a word. */
        @Exported
        public String getDifference() {
            return difference;
        }

        @Exported
        public boolean isChanged() {
            return !a.equals(b);
        }
    }
}
