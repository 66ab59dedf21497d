package io.jenkins.plugins.modeldelivery.engine.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Quantiles against those of SciPy 1 ({@code scipy.stats.norm.ppf}, {@code scipy.stats.t.ppf}). */
class ConfidenceLimitsTest {
    private static final Percentage CLOSE = Percentage.withPercentage(1e-6);

    @ParameterizedTest
    @CsvSource({
        "0.500001, 2.5066282747057052e-06",
        "0.6, 0.2533471031357997",
        "0.9, 1.2815515655446004",
        "0.95, 1.6448536269514722",
        "0.99, 2.3263478740408408",
        "0.999999, 4.753424308817087"
    })
    void normalQuantilesAreThoseOfSciPy(double confidence, double expected) {
        assertThat(ConfidenceLimits.z(confidence)).isCloseTo(expected, CLOSE);
    }

    @ParameterizedTest
    @CsvSource({
        "0.500001, 1, 3.141592653648731e-06",
        "0.500001, 2, 2.8284271248331806e-06",
        "0.500001, 4.5, 2.6486781104990707e-06",
        "0.500001, 9, 2.5770877237522147e-06",
        "0.500001, 30, 2.527600226198535e-06",
        "0.500001, 1000, 2.5072550100085785e-06",
        "0.500001, 1000000.0, 2.506628901362853e-06",
        "0.500001, 1000000000.0, 2.506628275262289e-06",
        "0.6, 1, 0.32491969623290634",
        "0.6, 2, 0.2886751345948128",
        "0.6, 4.5, 0.2687518355421751",
        "0.6, 9, 0.260955336473911",
        "0.6, 30, 0.2556053649519128",
        "0.6, 1000, 0.25341451583949876",
        "0.6, 1000000.0, 0.25334717053784184",
        "0.6, 1000000000.0, 0.25334710320320153",
        "0.9, 1, 3.0776835371752544",
        "0.9, 2, 1.8856180831641272",
        "0.9, 4.5, 1.5008853175085577",
        "0.9, 9, 1.3830287383966329",
        "0.9, 30, 1.3104150253913955",
        "0.9, 1000, 1.2823987214609247",
        "0.9, 1000000.0, 1.281552412129939",
        "0.9, 1000000000.0, 1.2815515663911852",
        "0.95, 1, 6.313751514675037",
        "0.95, 2, 2.9199855803537242",
        "0.95, 4.5, 2.065575888878524",
        "0.95, 9, 1.833112932656237",
        "0.95, 30, 1.697260886593957",
        "0.95, 1000, 1.6463788172854643",
        "0.95, 1000000.0, 1.6448551507220404",
        "0.95, 1000000000.0, 1.6448536284752415",
        "0.99, 1, 31.820515953773935",
        "0.99, 2, 6.9645567342832715",
        "0.99, 4.5, 3.527050890626092",
        "0.99, 9, 2.821437925025809",
        "0.99, 30, 2.457261542400591",
        "0.99, 1000, 2.330082674755513",
        "0.99, 1000000.0, 2.326351603120805",
        "0.99, 1000000000.0, 2.326347877769915",
        "0.999999, 1, 318309.88617359026",
        "0.999999, 2, 707.1057205157672",
        "0.999999, 4.5, 31.081356582949844",
        "0.999999, 9, 10.720160409872824",
        "0.999999, 30, 5.871117120408624",
        "0.999999, 1000, 4.781608620452439",
        "0.999999, 1000000.0, 4.7534523482738695",
        "0.999999, 1000000000.0, 4.7534243368564"
    })
    void studentsQuantilesAreThoseOfSciPy(double confidence, double degreesOfFreedom, double expected) {
        assertThat(ConfidenceLimits.t(confidence, degreesOfFreedom)).isCloseTo(expected, CLOSE);
    }

    @Test
    void withoutEndOfDegreesOfFreedomStudentsQuantileIsTheNormalOne() {
        assertThat(ConfidenceLimits.t(0.95, Double.POSITIVE_INFINITY))
                .isCloseTo(ConfidenceLimits.z(0.95), within(1e-15));
    }
}
