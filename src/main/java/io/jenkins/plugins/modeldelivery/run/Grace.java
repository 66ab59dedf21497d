package io.jenkins.plugins.modeldelivery.run;

import java.time.Duration;
import jenkins.util.SystemProperties;

/** How long what was aborted may take back what it has begun. */
public final class Grace {
    /** Seconds; a system property of the controller. */
    public static final String PROPERTY = "io.jenkins.plugins.modeldelivery.graceSeconds";

    private static final int SECONDS = 120;

    private Grace() {}

    public static Duration period() {
        return Duration.ofSeconds(SystemProperties.getInteger(PROPERTY, SECONDS));
    }
}
