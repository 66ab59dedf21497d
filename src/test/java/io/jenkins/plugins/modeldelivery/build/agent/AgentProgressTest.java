package io.jenkins.plugins.modeldelivery.build.agent;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.util.StreamTaskListener;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class AgentProgressTest {
    private static final Instant BEGIN = Instant.parse("2030-01-01T00:00:00Z");

    @Test
    void saysEveryTenSecondsHowFarATransferIs() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Duration[] passed = {Duration.ZERO};
        Clock clock = new Clock() {
            @Override
            public java.time.ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return BEGIN.plus(passed[0]);
            }
        };
        AgentProgress progress = new AgentProgress(new StreamTaskListener(out, StandardCharsets.UTF_8), clock);
        for (int second = 0; second <= 25; second++) {
            passed[0] = Duration.ofSeconds(second);
            progress.transferred(second * 1000L, 25_000);
        }
        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "transfer      40 %  10,000 of 25,000 bytes", "transfer      80 %  20,000 of 25,000 bytes");
    }
}
