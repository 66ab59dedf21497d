package io.jenkins.plugins.modeldelivery.engine.model;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as users write them: {@code 7d}, {@code 24h}, {@code 90s}, {@code 500ms}, or ISO 8601 ({@code PT24H}). */
public final class Durations {
    private static final Pattern SHORT = Pattern.compile("([0-9]{1,9})\\s*(ms|s|m|h|d)");

    private Durations() {}

    /** @throws DeliveryException INVALID_INPUT with the forms; a duration is positive */
    public static Duration parse(String text) {
        Matcher matcher = SHORT.matcher(text.strip());
        Duration duration = matcher.matches() ? of(Long.parseLong(matcher.group(1)), matcher.group(2)) : iso(text);
        if (duration.isZero() || duration.isNegative()) {
            throw wrong(text);
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
            throw wrong(text);
        }
    }

    private static DeliveryException wrong(String text) {
        return new DeliveryException(
                Problem.INVALID_INPUT,
                "\"" + Texts.brief(text, 40) + "\" is no duration. Write one as 7d, 24h, 30m, 90s or 500ms.");
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
