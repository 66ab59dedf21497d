package io.jenkins.plugins.modeldelivery.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class TimestampsTest {
    private static final String TIME = "2026-11-24T18:30:15Z";

    @Test
    void programsReadUtcToTheSecond() {
        assertThat(Timestamps.text(Instant.parse("2026-11-24T18:30:15.123Z"))).isEqualTo(TIME);
    }

    @Test
    void peopleReadTheTimeOfTheirZone() {
        assertThat(Timestamps.forPeople(TIME, "Asia/Kolkata")).contains("25", "2026", ":00");
        assertThat(Timestamps.forPeople(TIME, "America/New_York")).contains("24", "2026", ":30");
        assertThat(Timestamps.forPeople(TIME, "EST"))
                .contains("24", "2026", ":30")
                .doesNotContain(" ");
    }
}
