package io.jenkins.plugins.modeldelivery.ui;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Times as pages and the API write them: ISO 8601 in UTC, to the second. */
public final class Times {
    private Times() {}

    public static String text(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
