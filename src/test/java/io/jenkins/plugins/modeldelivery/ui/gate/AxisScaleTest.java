package io.jenkins.plugins.modeldelivery.ui.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AxisScaleTest {
    private static List<BigDecimal> numbers(String... texts) {
        return Stream.of(texts).map(BigDecimal::new).toList();
    }

    private static double position(String number, String... all) {
        return AxisScale.of(numbers(all)).position(new BigDecimal(number));
    }

    @Test
    void theOutermostNumbersAreALittleWayFromTheEnds() {
        assertThat(position("0.8", "0.8", "0.9")).isCloseTo(0.115, within(0.001));
        assertThat(position("0.9", "0.8", "0.9")).isCloseTo(0.885, within(0.001));
    }

    @Test
    void distancesAreKept() {
        assertThat(position("0.85", "0.9", "0.8", "0.85")).isCloseTo(0.5, within(1e-9));
        assertThat(position("-1", "-3", "1", "-1")).isCloseTo(0.5, within(1e-9));
    }

    @Test
    void equalNumbersAreInTheMiddle() {
        assertThat(position("0.85", "0.85", "0.850")).isEqualTo(0.5);
        assertThat(position("0", "0")).isEqualTo(0.5);
    }

    @Test
    void anOrderIsKeptHoweverCloseTheNumbersAre() {
        assertThat(position("0.1000000000001", "0.1000000000001", "0.1000000000002"))
                .isLessThan(position("0.1000000000002", "0.1000000000001", "0.1000000000002"));
    }

    @Test
    void numbersOfAnySizeStayOnTheLine() {
        assertThat(position("1e308", "-1e308", "1e308")).isBetween(0.8, 1.0);
        assertThat(position("1e-300", "1e300", "1e-300")).isBetween(0.0, 0.2);
        assertThat(position("1e-999999", "1e999999", "1e-999999")).isBetween(0.0, 0.2);
    }
}
