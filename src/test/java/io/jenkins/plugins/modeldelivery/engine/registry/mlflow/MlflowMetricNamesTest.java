package io.jenkins.plugins.modeldelivery.engine.registry.mlflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.modeldelivery.engine.metrics.Metric;
import io.jenkins.plugins.modeldelivery.engine.metrics.Slice;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class MlflowMetricNamesTest {
    private static Metric metric(String name, Map<String, String> slice) {
        return new Metric(
                name, Slice.of(slice), 0.5, OptionalLong.empty(), OptionalDouble.empty(), List.of(), Optional.empty());
    }

    @Test
    void aSliceIsPartOfTheName() {
        Metric sliced = metric("auc", Map.of("country", "New York", "age", "18-25"));
        assertThat(MlflowMetrics.keys(List.of(sliced))).containsEntry(sliced.key(), "auc/age.18-25/country.New York");
    }

    @Test
    void slicesThatMlflowCannotTellApartGetAHashAndAPlainNameStays() {
        Metric plain = metric("auc/a.1", Map.of());
        Metric sliced = metric("auc", Map.of("a", "1"));
        Metric comma = metric("m", Map.of("a", "1,b=2"));
        Metric equals = metric("m", Map.of("a", "1=b,2"));
        Map<Metric.Key, String> keys = MlflowMetrics.keys(List.of(plain, sliced, comma, equals));
        assertThat(keys).containsEntry(plain.key(), "auc/a.1");
        assertThat(keys.get(sliced.key())).matches("auc/a\\.1-[0-9a-f]{8}");
        assertThat(keys.get(comma.key())).matches("m/a\\.1_b_2-[0-9a-f]{8}");
        assertThat(keys.values()).doesNotHaveDuplicates();
    }

    @Provide
    Arbitrary<List<Metric>> metrics() {
        Arbitrary<String> texts =
                Arbitraries.strings().withChars("ab./,=_{\"").ofMinLength(1).ofMaxLength(4);
        return Combinators.combine(texts, Arbitraries.maps(texts, texts).ofMaxSize(2))
                .as(MlflowMetricNamesTest::metric)
                .list()
                .ofMaxSize(12)
                .uniqueElements(Metric::key);
    }

    @Property(tries = 500)
    void namesAreAcceptedAndAllDifferent(@ForAll("metrics") List<Metric> list) {
        Map<Metric.Key, String> keys = MlflowMetrics.keys(list);
        assertThat(keys).hasSameSizeAs(list);
        assertThat(keys.values()).doesNotHaveDuplicates().allMatch(key -> key.matches("[\\p{L}\\p{N}_\\-. /]{1,250}"));
    }
}
