package io.jenkins.plugins.modeldelivery.build.operation;

import java.time.Duration;
import jenkins.util.SystemProperties;

/** How long what was aborted may take back what it has begun. */
public final class AbortTimeout {
    /** Seconds; a system property of the controller. */
    public static final String PROPERTY = "io.jenkins.plugins.modeldelivery.graceSeconds";

    private static final int SECONDS = 120;

    private AbortTimeout() {}

    public static Duration period() {
        return Duration.ofSeconds(SystemProperties.getInteger(PROPERTY, SECONDS));
    }
}
