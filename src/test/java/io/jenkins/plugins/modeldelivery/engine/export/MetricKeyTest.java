package io.jenkins.plugins.modeldelivery.engine.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.modeldelivery.engine.metrics.Metric;
import io.jenkins.plugins.modeldelivery.engine.metrics.Slice;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class MetricKeyTest {
    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings().withChars("ab{}\"\\=,*. ").ofMinLength(1).ofMaxLength(6);
    }

    @Provide
    Arbitrary<Map<String, String>> slices() {
        return Arbitraries.maps(texts(), texts()).ofMaxSize(2);
    }

    @Property
    void aKeyComesApartAsItWasPutTogether(@ForAll("texts") String name, @ForAll("slices") Map<String, String> keys) {
        Slice slice = Slice.of(keys);
        assertThat(MetricKey.of(new Metric.Key(name, slice).toString()))
                .isEqualTo(new MetricKey(name, slice.toString()));
    }

    @Test
    void aForeignNameIsTakenAsItIs() {
        assertThat(MetricKey.of("\"open")).isEqualTo(new MetricKey("\"open", ""));
        assertThat(MetricKey.of("open}")).isEqualTo(new MetricKey("open}", ""));
    }
}
