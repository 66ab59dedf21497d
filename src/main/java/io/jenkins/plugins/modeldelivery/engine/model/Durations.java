package io.jenkins.plugins.modeldelivery.engine.model;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as users write them: {@code 7d}, {@code 24h}, {@code 90s}, {@code 500ms}, or ISO 8601 ({@code PT24H}). */
public final class Durations {
    private static final Pattern SHORT = Pattern.compile("([0-9]{1,15})\\s*(ms|s|m|h|d)");

    /** Ten years: a time that far away is a mistake, and sums of times stay in range. */
    private static final int MOST_DAYS = 3650;

    private static final Duration LONGEST = Duration.ofDays(MOST_DAYS);
    private static final Duration SHORTEST = Duration.ofMillis(1);

    private Durations() {}

    /** @throws DeliveryException INVALID_INPUT with the forms; a duration is from 1 ms to {@value #MOST_DAYS} days */
    public static Duration parse(String text) {
        Matcher matcher = SHORT.matcher(text.strip());
        Duration duration;
        try {
            duration = matcher.matches() ? of(Long.parseLong(matcher.group(1)), matcher.group(2)) : iso(text);
        } catch (ArithmeticException e) {
            throw outOfRange(text);
        }
        if (duration.compareTo(SHORTEST) < 0 || duration.compareTo(LONGEST) > 0) {
            throw outOfRange(text);
        }
        return duration;
    }

    private static Duration of(long count, String unit) {
        return switch (unit) {
            case "ms" -> Duration.ofMillis(count);
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
        };
    }

    private static Duration iso(String text) {
        try {
            return Duration.parse(text.strip());
        } catch (DateTimeParseException e) {
            // Too many digits are reported like any other text that is not a duration.
            throw wrong(text);
        }
    }

    private static DeliveryException outOfRange(String text) {
        return ErrorKind.INVALID_INPUT.error("The duration \"" + TextSanitizer.brief(text, 40)
                + "\" is out of range. It is at least 1ms and at most " + MOST_DAYS + "d.");
    }

    private static DeliveryException wrong(String text) {
        return ErrorKind.INVALID_INPUT.error(
                "\"" + TextSanitizer.brief(text, 40) + "\" is not a duration. Examples: 7d, 24h, 30m, 90s, 500ms.");
    }

    /** In the largest unit that divides it. */
    public static String text(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds == 0 || duration.toNanosPart() != 0) {
            return duration.toMillis() + " ms";
        }
        if (seconds % 86400 == 0) {
            return seconds / 86400 + " d";
        }
        if (seconds % 3600 == 0) {
            return seconds / 3600 + " h";
        }
        return seconds % 60 == 0 ? seconds / 60 + " min" : seconds + " s";
    }
}
