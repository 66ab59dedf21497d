package io.jenkins.plugins.modeldelivery.engine.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VersionComparisonTest {
    @TempDir
    Path directory;

    private static VersionComparison.Fact row(List<VersionComparison.Fact> rows, String name) {
        return rows.stream().filter(row -> row.name().equals(name)).findFirst().orElseThrow();
    }

    private VersionComparison compare() {
        Written record = new Written(directory)
                .registered("1", "{\"auc\": 0.85, \"recall{c=DE}\": 0.7}")
                .registered("2", "{\"auc\": 0.8, \"f1\": 0.5}")
                .gated("1", "PASSED", "[]")
                .gated("2", "FAILED", "[]")
                .promoted("1", null);
        return VersionComparison.of(record.story("1"), record.story("2"));
    }

    @Test
    void metricsAreSubtractedInDecimalsAndAbsentOnesStayAbsent() {
        List<VersionComparison.Metric> metrics = compare().metrics();
        assertThat(metrics).extracting(VersionComparison.Metric::metric).containsExactly("auc", "f1", "recall{c=DE}");
        assertThat(metrics.get(0).difference()).contains(new BigDecimal("-0.05"));
        assertThat(metrics.get(1).a()).isEmpty();
        assertThat(metrics.get(1).difference()).isEmpty();
        assertThat(metrics.get(2).b()).isEmpty();
    }

    @Test
    void gatesPoliciesTagsAndFactsStandSideBySide() {
        VersionComparison comparison = compare();
        assertThat(row(comparison.gates(), "tabular: verdict"))
                .isEqualTo(
                        new VersionComparison.Fact("tabular: verdict", Optional.of("PASSED"), Optional.of("FAILED")));
        assertThat(row(comparison.gates(), "tabular: digest").same()).isFalse();
        assertThat(row(comparison.policies(), "champion: digest").a()).contains("policy-1");
        assertThat(row(comparison.policies(), "champion: digest").b()).isEmpty();
        assertThat(row(comparison.tags(), "owner").same()).isTrue();
        assertThat(comparison.tags()).noneMatch(row -> row.name().startsWith("model-delivery."));
        assertThat(row(comparison.parameters(), "depth").same()).isTrue();
        assertThat(row(comparison.facts(), "digest").same()).isFalse();
        assertThat(row(comparison.facts(), "size in bytes").a()).contains("2207");
        assertThat(row(comparison.facts(), "dataset digest").b()).contains("sha256:data");
        assertThat(comparison.toJson().at("/metrics/0/difference").decimalValue())
                .isEqualByComparingTo("-0.05");
    }
}
