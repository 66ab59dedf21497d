package io.jenkins.plugins.modeldelivery.engine.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jenkins.plugins.modeldelivery.engine.journal.Progress;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Only what passes by itself is waited for. */
class RetryingOperationTest {
    private static RetryingOperation fails(ErrorKind problem) {
        Operation operation = journal -> {
            throw problem.error("The reason.");
        };
        return new RetryingOperation(
                operation, Duration.ofMinutes(1), Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC));
    }

    @ParameterizedTest
    @EnumSource(names = {"UNREACHABLE", "TIMED_OUT"})
    void waitsForAServerThatIsAway(ErrorKind problem) {
        assertThat(fails(problem).advance(null))
                .isInstanceOfSatisfying(
                        Progress.Waiting.class,
                        waiting -> assertThat(waiting.reason()).isEqualTo("The reason."));
    }

    @ParameterizedTest
    @EnumSource(
            names = {"UNREACHABLE", "TIMED_OUT"},
            mode = EnumSource.Mode.EXCLUDE)
    void endsAtOnceWithWhatNoWaitingMends(ErrorKind problem) {
        assertThatExceptionOfType(DeliveryException.class)
                .isThrownBy(() -> fails(problem).advance(null))
                .extracting(DeliveryException::kind)
                .isEqualTo(problem);
    }
}
