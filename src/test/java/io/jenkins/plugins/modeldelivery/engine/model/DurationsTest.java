package io.jenkins.plugins.modeldelivery.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
    @ParameterizedTest
    @CsvSource({
        "7d, PT168H",
        "24h, PT24H",
        "30m, PT30M",
        "90s, PT90S",
        "500ms, PT0.5S",
        "1ms, PT0.001S",
        "' 5 m ', PT5M",
        "PT24H, PT24H",
        "P1DT1S, PT24H1S",
        "3650d, PT87600H",
        "87600h, PT87600H"
    })
    void readsWhatPeopleWrite(String text, Duration duration) {
        assertThat(Durations.parse(text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0s",
                "0ms",
                "PT0S",
                "-PT5S",
                "PT-5S",
                "PT0.0009S",
                "PT-9223372036854775808S",
                "PT9223372036854775807S",
                "PT87600H0.000000001S",
                "P3651D",
                "3651d",
                "999999999d",
                "999999999999999d",
                "999999999999999h",
                "999999999999999m",
                "999999999999999s",
                "999999999999999ms"
            })
    void whatNoTimeCanBeMovedByIsRefused(String text) {
        assertThatThrownBy(() -> Durations.parse(text))
                .isInstanceOfSatisfying(
                        DeliveryException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_INPUT))
                .hasMessage("The duration \"" + text + "\" is out of range. It is at least 1ms and at most 3650d.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "soon",
                "7",
                "7 days",
                "1.5h",
                "-5s",
                "PT99999999999999999999S",
                "PT9223372036854775808S",
                "9999999999999999s",
                "٣d"
            })
    void anotherTextIsNone(String text) {
        assertThatThrownBy(() -> Durations.parse(text))
                .isInstanceOfSatisfying(
                        DeliveryException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_INPUT))
                .hasMessageContaining("is not a duration. Examples: 7d, 24h, 30m, 90s, 500ms.");
    }

    @Property(tries = 2000)
    void anyTextIsADurationThatTimesCanBeMovedByOrTheDocumentedError(@ForAll @StringLength(max = 25) String text) {
        parse(text);
    }

    @Property(tries = 2000)
    void anyNumberOfSecondsToo(@ForAll long seconds) {
        parse("PT" + seconds + "S");
        parse(seconds + "s");
    }

    private static void parse(String text) {
        try {
            Duration duration = Durations.parse(text);
            assertThat(duration).isPositive().isLessThanOrEqualTo(Duration.ofDays(3650));
            assertThat(duration.toMillis()).isPositive();
            assertThat(Instant.parse("2026-03-01T12:00:00Z").plus(duration)).isBefore("2036-03-01T12:00:00Z");
        } catch (DeliveryException e) {
            assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_INPUT);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "PT168H, 7 d",
        "PT25H, 25 h",
        "PT90M, 90 min",
        "PT61S, 61 s",
        "PT0.25S, 250 ms",
        "PT1.5S, 1500 ms",
        "PT0S, 0 ms"
    })
    void isWrittenInTheLargestUnitThatDividesIt(Duration duration, String text) {
        assertThat(Durations.text(duration)).isEqualTo(text);
    }

    @Property
    void whatIsWrittenReadsBack(@ForAll @LongRange(min = 1, max = 3650L * 86_400_000) long millis) {
        Duration duration = Duration.ofMillis(millis);
        assertThat(Durations.parse(Durations.text(duration).replace("min", "m")))
                .isEqualTo(duration);
    }

    @Test
    void theShortestIsWrittenAsOne() {
        assertThat(Durations.text(Duration.ofMillis(1))).isEqualTo("1 ms");
    }
}
