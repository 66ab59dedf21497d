package io.jenkins.plugins.modeldelivery.ui.models;

import hudson.model.ModelObject;
import io.jenkins.plugins.modeldelivery.engine.history.Compared;
import io.jenkins.plugins.modeldelivery.engine.history.ComparedMetric;
import io.jenkins.plugins.modeldelivery.engine.history.VersionComparison;
import io.jenkins.plugins.modeldelivery.engine.history.VersionStory;
import io.jenkins.plugins.modeldelivery.run.ModelRecord;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import jenkins.security.stapler.StaplerAccessibleType;
import org.kohsuke.stapler.Stapler;

/** Two versions side by side. */
@StaplerAccessibleType
public final class ComparePage implements ModelObject {
    /** Of the newest versions, so many are offered; others can be typed. */
    private static final int OFFERED = 100;

    private final ModelRecord record;

    ComparePage(ModelRecord record) {
        this.record = record;
    }

    public String getModel() {
        return record.model();
    }

    public String getModelPath() {
        return Links.model(record.registry(), record.model());
    }

    /** The first version that was asked for; may be empty. */
    public String getA() {
        return parameter("a");
    }

    public String getB() {
        return parameter("b");
    }

    private static String parameter(String name) {
        String value = Stapler.getCurrentRequest2().getParameter(name);
        return value == null ? "" : value.strip();
    }

    /** The newest versions that were registered, newest first. */
    public List<String> getVersions() {
        return record.page(record.query().types(Set.of("registered")), OptionalLong.empty(), OFFERED).events().stream()
                .flatMap(event -> event.draft().version().stream())
                .distinct()
                .toList();
    }

    /** What was asked for; read once a page. */
    public Answer getAnswer() {
        if (getA().isEmpty() || getB().isEmpty()) {
            return new Answer(Optional.empty(), "");
        }
        Optional<VersionStory> a = record.story(getA());
        Optional<VersionStory> b = record.story(getB());
        String unknown = a.isEmpty() ? getA() : getB();
        return a.isPresent() && b.isPresent()
                ? new Answer(Optional.of(VersionComparison.of(a.get(), b.get())), "")
                : new Answer(Optional.empty(), "Nothing that you may see is recorded of the version " + unknown + ".");
    }

    @Override
    public String getDisplayName() {
        return "Compare versions of " + record.model();
    }

    /** The comparison, or why there is none. */
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
        public String getProblem() {
            return problem;
        }

        public List<Row> getMetrics() {
            return rows(comparison.map(VersionComparison::metrics))
                    .map(Row::new)
                    .toList();
        }

        public List<Row> getFacts() {
            return texts(comparison.map(VersionComparison::facts));
        }

        public List<Row> getTags() {
            return texts(comparison.map(VersionComparison::tags));
        }

        public List<Row> getParameters() {
            return texts(comparison.map(VersionComparison::parameters));
        }

        public List<Row> getGates() {
            return texts(comparison.map(VersionComparison::gates));
        }

        public List<Row> getPolicies() {
            return texts(comparison.map(VersionComparison::policies));
        }

        private static List<Row> texts(Optional<List<Compared>> rows) {
            return rows(rows).map(Row::new).toList();
        }

        private static <T> Stream<T> rows(Optional<List<T>> rows) {
            return rows.stream().flatMap(List::stream);
        }
    }

    /** One line of a comparison. */
    public static final class Row {
        private final String name;
        private final Optional<String> a;
        private final Optional<String> b;
        private final String difference;

        Row(Compared compared) {
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

        public String getName() {
            return name;
        }

        public String getA() {
            return a.orElse("absent");
        }

        public String getB() {
            return b.orElse("absent");
        }

        public String getDifference() {
            return difference;
        }

        public boolean isChanged() {
            return !a.equals(b);
        }
    }
}
