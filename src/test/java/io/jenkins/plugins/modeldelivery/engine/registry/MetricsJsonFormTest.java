package io.jenkins.plugins.modeldelivery.engine.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.metrics.Metric;
import io.jenkins.plugins.modeldelivery.engine.metrics.Metrics;
import io.jenkins.plugins.modeldelivery.engine.metrics.Slice;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetricsJsonFormTest {
    private static JsonNode json(String text) {
        return Json.read(text.getBytes(StandardCharsets.UTF_8), ErrorKind.CORRUPT, "The metrics");
    }

    @Provide
    Arbitrary<List<Metric>> metrics() {
        Arbitrary<String> texts = Arbitraries.strings().ofMinLength(1).ofMaxLength(5);
        Arbitrary<Double> numbers = Arbitraries.oneOf(
                Arbitraries.doubles(),
                Arbitraries.of(
                        Double.NaN,
                        Double.POSITIVE_INFINITY,
                        Double.NEGATIVE_INFINITY,
                        Double.MAX_VALUE,
                        -Double.MAX_VALUE,
                        Double.MIN_VALUE,
                        -0.0));
        Arbitrary<Double> errors = Arbitraries.oneOf(
                Arbitraries.doubles().between(0, 1e300),
                Arbitraries.of(Double.POSITIVE_INFINITY, Double.MAX_VALUE, 0.0));
        return Combinators.combine(
                        texts,
                        Arbitraries.maps(texts, texts).ofMaxSize(2),
                        numbers,
                        Arbitraries.longs().greaterOrEqual(0).optional(),
                        errors.optional(),
                        numbers.list().ofMaxSize(3),
                        texts.optional(),
                        texts.optional())
                .as((name, slice, value, n, stderr, values, dataset, datasetName) -> new Metric(
                        name,
                        Slice.of(slice),
                        value,
                        n.map(OptionalLong::of).orElse(OptionalLong.empty()),
                        stderr.map(OptionalDouble::of).orElse(OptionalDouble.empty()),
                        values,
                        dataset,
                        datasetName))
                .list()
                .ofMaxSize(4)
                .uniqueElements(Metric::key);
    }

    @Property
    void whatIsWrittenReadsBackAsTheSame(@ForAll("metrics") List<Metric> list) {
        Metrics metrics = Metrics.of(list);
        assertThat(MetricsJsonForm.read(json(Json.text(MetricsJsonForm.write(metrics)))))
                .isEqualTo(metrics);
    }

    /** A standard error that is read as zero because it cannot be read would make any limit hold. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[{\"value\": 1}]",
                "[{\"name\": 1, \"value\": 1}]",
                "[{\"name\": \"m\"}]",
                "[{\"name\": \"m\", \"value\": \"high\"}]",
                "[{\"name\": \"m\", \"value\": true}]",
                "[{\"name\": \"m\", \"value\": 1, \"stderr\": \"small\"}]",
                "[{\"name\": \"m\", \"value\": 1, \"stderr\": -1}]",
                "[{\"name\": \"m\", \"value\": 1, \"stderr\": \"NaN\"}]",
                "[{\"name\": \"m\", \"value\": 1, \"stderr\": null}]",
                "[{\"name\": \"m\", \"value\": 1, \"n\": \"5\"}]",
                "[{\"name\": \"m\", \"value\": 1, \"n\": 1.5}]",
                "[{\"name\": \"m\", \"value\": 1, \"n\": -1}]",
                "[{\"name\": \"m\", \"value\": 1, \"n\": 18446744073709551617}]",
                "[{\"name\": \"m\", \"value\": 1, \"values\": [\"x\"]}]",
                "[{\"name\": \"m\", \"value\": 1}, {\"name\": \"m\", \"value\": 2}]"
            })
    void whatItNeverWritesIsDamage(String text) {
        assertThatThrownBy(() -> MetricsJsonForm.read(json(text)))
                .isInstanceOfSatisfying(
                        DeliveryException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.CORRUPT))
                .hasMessageContaining("The metrics that are kept with the version are damaged");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theLargestDoubleOfAForeignWriterIsAnInfinity(boolean negative) {
        String number = negative ? "-1.7976931348623157e308" : "1.7976931348623157e308";
        Metric read = MetricsJsonForm.read(json("[{\"name\": \"m\", \"value\": " + number + "}]"))
                .find("m", Slice.of(Map.of()))
                .orElseThrow();
        assertThat(read.value()).isInfinite();
        assertThat(read.value() < 0).isEqualTo(negative);
    }
}
