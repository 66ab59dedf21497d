package io.jenkins.plugins.modeldelivery.engine.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.gate.Gate;
import io.jenkins.plugins.modeldelivery.engine.gate.GateEvaluator;
import io.jenkins.plugins.modeldelivery.engine.gate.OnMissingBaseline;
import io.jenkins.plugins.modeldelivery.engine.gate.Verdict;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.metrics.Metrics;
import io.jenkins.plugins.modeldelivery.engine.metrics.MetricsFile;
import io.jenkins.plugins.modeldelivery.engine.model.VersionIdentity;
import io.jenkins.plugins.modeldelivery.engine.record.Event;
import io.jenkins.plugins.modeldelivery.engine.record.EventDraft;
import io.jenkins.plugins.modeldelivery.engine.record.EventType;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MetricTrendTest {
    private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

    private final List<Event> gates = new ArrayList<>();
    private final List<Event> outcomes = new ArrayList<>();
    private long sequence;

    private Event event(String type, String version, String build, String operation, ObjectNode details) {
        sequence++;
        return new Event(
                sequence,
                START.plusSeconds(sequence),
                new EventDraft(
                        EventType.of(type),
                        "main",
                        "churn",
                        Optional.ofNullable(version).map(v -> new VersionIdentity(v, "created " + v, Optional.empty())),
                        "ann",
                        Optional.ofNullable(build),
                        Optional.of("train"),
                        Optional.ofNullable(operation),
                        Optional.empty(),
                        details),
                "",
                "");
    }

    /** Records what a real gate says. */
    private void gated(String version, String build, String gate, String metrics, String baseline, String... checks) {
        Gate asked = Gate.of(gate, List.of(checks))
                .withOnMissingBaseline(OnMissingBaseline.INCONCLUSIVE)
                .withSameDataset(false);
        Optional<Metrics> compared = baseline.isEmpty() ? Optional.empty() : Optional.of(metrics(baseline));
        gates.add(event(
                "gated",
                version,
                build,
                null,
                GateEvaluator.evaluate(asked, metrics(metrics), compared).toJson()));
    }

    private static Metrics metrics(String json) {
        return MetricsFile.parse("m.json", json.getBytes(StandardCharsets.UTF_8));
    }

    private void outcome(String type, String version, String operation, String... details) {
        ObjectNode json = Json.object();
        for (int i = 0; i < details.length; i += 2) {
            json.put(details[i], details[i + 1]);
        }
        outcomes.add(event(type, version, null, operation, json));
    }

    private MetricTrend trend() {
        Collections.reverse(gates);
        return MetricTrend.of(gates, outcomes);
    }

    private static List<String> names(MetricTrend trend) {
        return trend.series().stream().map(MetricTrend.Series::name).toList();
    }

    private static List<Optional<BigDecimal>> bounds(MetricTrend trend, String series, String line) {
        return trend.versions().stream()
                .map(version -> version.points().get(series).bounds().stream()
                        .filter(bound -> bound.line().equals(line))
                        .findFirst()
                        .flatMap(MetricTrend.Bound::bound))
                .toList();
    }

    private static Optional<BigDecimal> number(String text) {
        return Optional.of(new BigDecimal(text));
    }

    @Test
    void withoutGatesThereIsNothing() {
        assertThat(trend()).isEqualTo(new MetricTrend(List.of(), List.of()));
    }

    @Test
    void versionsComeOldestFirstWithWhatTheirGateSaid() {
        gated("1", "b/1/", "g", "{\"auc\": 0.9}", "", "auc >= 0.85");
        gated("2", "b/2/", "g", "{\"auc\": 0.8}", "", "auc >= 0.85");
        MetricTrend trend = trend();
        assertThat(trend.versions()).extracting(MetricTrend.Version::version).containsExactly("1", "2");
        assertThat(trend.versions())
                .extracting(MetricTrend.Version::verdict)
                .containsExactly(Verdict.PASSED, Verdict.FAILED);
        assertThat(trend.versions().get(1).gate().draft().build()).contains("b/2/");
        assertThat(trend.versions().get(1).gate().time()).isEqualTo(START.plusSeconds(2));
        MetricTrend.Point point = trend.versions().get(1).points().get("auc");
        assertThat(point.value()).isEqualTo(number("0.8"));
        assertThat(point.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(point.reason()).contains("0.8");
    }

    @Test
    void aBoundThatIsMadeStricterIsStillOneLine() {
        gated("1", "b/1/", "g", "{\"auc\": 0.9}", "", "auc >= 0.80");
        gated("2", "b/2/", "g", "{\"auc\": 0.9}", "", "auc >= 0.85");
        assertThat(bounds(trend(), "auc", "at least")).containsExactly(number("0.80"), number("0.85"));
    }

    @Test
    void severalChecksOnOneMetricAreLinesOfTheirOwn() {
        gated(
                "1",
                "b/1/",
                "g",
                "{\"auc\": 0.9}",
                "{\"auc\": 0.91}",
                "auc >= 0.80",
                "auc >= 0.85",
                "auc >= baseline",
                "auc <= 1");
        MetricTrend.Point point = trend().versions().get(0).points().get("auc");
        assertThat(point.bounds())
                .extracting(MetricTrend.Bound::line)
                .containsExactly("at least", "at least (2)", "at least, from the baseline", "at most");
        assertThat(point.baseline()).isEqualTo(number("0.91"));
        assertThat(point.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(point.reason()).contains("0.91");
    }

    @Test
    void withoutABaselineThereIsNoBoundFromIt() {
        gated("1", "b/1/", "g", "{\"auc\": 0.9}", "", "auc >= baseline - 0.01");
        gated("2", "b/2/", "g", "{\"auc\": 0.9}", "{\"auc\": 0.91}", "auc >= baseline - 0.01");
        MetricTrend trend = trend();
        assertThat(bounds(trend, "auc", "at least, from the baseline"))
                .containsExactly(Optional.empty(), number("0.90"));
        MetricTrend.Point first = trend.versions().get(0).points().get("auc");
        assertThat(first.baseline()).isEmpty();
        assertThat(first.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void slicesAndAggregatesAreSeriesOfTheirOwn() {
        String metrics = "[{\"name\": \"auc\", \"value\": 0.9},"
                + "{\"name\": \"auc\", \"value\": 0.8, \"slice\": {\"country\": \"DE\"}},"
                + "{\"name\": \"auc\", \"value\": 0.7, \"slice\": {\"country\": \"FR\"}}]";
        gated("1", "b/1/", "g", metrics, "", "auc >= 0.5", "auc{country=*} >= 0.5", "min(auc{country=*}) >= 0.6");
        MetricTrend trend = trend();
        assertThat(trend.series())
                .containsExactly(
                        new MetricTrend.Series("auc", "auc", true),
                        new MetricTrend.Series("auc{country=DE}", "auc", false),
                        new MetricTrend.Series("auc{country=FR}", "auc", false),
                        new MetricTrend.Series("min(auc{country=*})", "min(auc{country=*})", false));
        assertThat(trend.versions().get(0).points().get("min(auc{country=*})").value())
                .isEqualTo(number("0.7"));
        assertThat(trend.versions().get(0).points().get("auc").value()).isEqualTo(number("0.9"));
    }

    @Test
    void whatOnlyOlderGatesLookedAtComesLast() {
        gated("1", "b/1/", "g", "{\"old\": 1, \"auc\": 0.9}", "", "old >= 1", "auc >= 0.5");
        gated("2", "b/2/", "g", "{\"f1\": 1, \"auc\": 0.9}", "", "f1 >= 1", "auc >= 0.5");
        MetricTrend trend = trend();
        assertThat(names(trend)).containsExactly("f1", "auc", "old");
        assertThat(trend.versions().get(1).points()).doesNotContainKey("old");
    }

    @Test
    void severalGatesOfOneBuildAreOnePointAndTheLastWordOnACheckCounts() {
        gated("1", "b/1/", "quality", "{\"auc\": 0.7}", "", "auc >= 0.8");
        gated("1", "b/1/", "speed", "{\"ms\": 9}", "", "ms <= 10");
        gated("1", "b/1/", "quality", "{\"auc\": 0.9}", "", "auc >= 0.8");
        MetricTrend trend = trend();
        assertThat(trend.versions()).singleElement().satisfies(version -> {
            assertThat(version.points()).containsOnlyKeys("auc", "ms");
            assertThat(version.points().get("auc").value()).isEqualTo(number("0.9"));
            assertThat(version.points().get("auc").bounds()).hasSize(1);
            assertThat(version.verdict()).isEqualTo(Verdict.PASSED);
        });
    }

    @Test
    void aVersionThatIsGatedAgainInAnotherBuildIsThereTwice() {
        gated("1", "b/1/", "g", "{\"auc\": 0.7}", "", "auc >= 0.8");
        gated("1", "b/2/", "g", "{\"auc\": 0.9}", "", "auc >= 0.8");
        assertThat(trend().versions())
                .extracting(version -> version.gate().draft().build())
                .containsExactly(Optional.of("b/1/"), Optional.of("b/2/"));
    }

    @Test
    void aNumberThatIsNoneIsAPointWithoutAValue() {
        gated("1", "b/1/", "g", "{\"auc\": NaN}", "", "auc >= 0.8");
        MetricTrend.Point point = trend().versions().get(0).points().get("auc");
        assertThat(point.value()).isEmpty();
        assertThat(point.verdict()).isEqualTo(Verdict.FAILED);
    }

    @Test
    void promotionsAndRollbacksAreMarkedOnTheVersionThatTheyHappenedTo() {
        gated("1", "b/1/", "g", "{\"auc\": 0.9}", "", "auc >= 0.8");
        outcome("promoted", "1", "a", "alias", "champion", "to", "1");
        gated("2", "b/2/", "g", "{\"auc\": 0.9}", "", "auc >= 0.8");
        outcome("promoted", "2", "b", "alias", "champion", "from", "1", "to", "2");
        outcome("deployment-rolled-back", "2", "c", "target", "prod", "endpoint", "scores");
        outcome("rolled-back", "1", "d", "alias", "champion", "from", "2", "to", "1");
        MetricTrend trend = trend();
        assertThat(trend.versions().get(0).marks())
                .extracting(MetricTrend.Outcome::kind, MetricTrend.Outcome::where)
                .containsExactly(tuple(MetricTrend.Outcome.Kind.PROMOTED, "champion"));
        assertThat(trend.versions().get(1).marks())
                .extracting(MetricTrend.Outcome::kind, MetricTrend.Outcome::where)
                .containsExactly(
                        tuple(MetricTrend.Outcome.Kind.PROMOTED, "champion"),
                        tuple(MetricTrend.Outcome.Kind.ROLLED_BACK, "prod/scores"),
                        tuple(MetricTrend.Outcome.Kind.ROLLED_BACK, "champion"));
    }

    @Test
    void aPromotionThatMetAnotherOneDidNotHappen() {
        gated("1", "b/1/", "g", "{\"auc\": 0.9}", "", "auc >= 0.8");
        outcome("alias-move-started", "1", "a", "alias", "champion", "to", "1");
        outcome("alias-move-conflict", "1", "a", "alias", "champion", "actual", "9");
        assertThat(trend().versions().get(0).marks()).isEmpty();
    }

    @Test
    void aMarkIsPutOnTheLastGateBeforeItAndElseOnTheFirst() {
        gated("1", "b/1/", "g", "{\"auc\": 0.9}", "", "auc >= 0.8");
        gated("1", "b/2/", "g", "{\"auc\": 0.9}", "", "auc >= 0.8");
        outcome("promoted", "1", "a", "alias", "champion", "to", "1");
        gated("1", "b/3/", "g", "{\"auc\": 0.9}", "", "auc >= 0.8");
        outcome("alias-moved", "2", "b", "alias", "challenger", "to", "2");
        gated("2", "b/4/", "g", "{\"auc\": 0.9}", "", "auc >= 0.8");
        assertThat(trend().versions())
                .extracting(version ->
                        version.marks().stream().map(MetricTrend.Outcome::where).toList())
                .containsExactly(List.of(), List.of("champion"), List.of(), List.of("challenger"));
    }

    @Test
    void aReportOfALaterReleaseIsLeftOutAndACheckOfOneIsStillDrawn() {
        gates.add(event("gated", "1", "b/1/", null, Json.object().put("verdict", "UNHEARD_OF")));
        ObjectNode later = Json.object().put("verdict", "PASSED");
        later.putArray("checks")
                .addObject()
                .put("check", "auc ~ 0.8")
                .put("metric", "auc")
                .put("value", new BigDecimal("0.8"))
                .put("bound", new BigDecimal("0.7"))
                .put("verdict", "PASSED");
        gates.add(event("gated", "2", "b/2/", null, later));
        MetricTrend trend = trend();
        assertThat(trend.versions()).extracting(MetricTrend.Version::version).containsExactly("2");
        assertThat(bounds(trend, "auc", "bound")).containsExactly(number("0.7"));
    }
}
