package io.jenkins.plugins.modeldelivery.engine.access;

import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.TextSanitizer;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which items of Jenkins may do something: patterns of full names. {@code *} stands for any characters within one folder,
 * {@code **} for any at all. Without a pattern every item may.
 */
public record ItemPatterns(List<String> patterns) {
    private static final Pattern STARS = Pattern.compile("\\*+");

    /** @throws DeliveryException INVALID_INPUT for a pattern that no full name can match */
    public ItemPatterns {
        patterns = List.copyOf(patterns);
        for (String pattern : patterns) {
            if (pattern.startsWith("/") || pattern.endsWith("/") || pattern.contains("//")) {
                throw ErrorKind.INVALID_INPUT.error("The pattern " + TextSanitizer.brief(pattern, 80)
                        + " fits no item: in a full name each / stands between"
                        + " a folder and what is in it, as in team-a/train or team-a/**.");
            }
        }
    }

    public boolean admits(String fullName) {
        return patterns.isEmpty()
                || patterns.stream()
                        .anyMatch(p -> regex(p, "[^/]*").matcher(fullName).matches());
    }

    /** Of the patterns, those that admit the item. */
    public List<String> admitting(String fullName) {
        return patterns.stream()
                .filter(pattern -> new ItemPatterns(List.of(pattern)).admits(fullName))
                .toList();
    }

    @Override
    public String toString() {
        return String.join(", ", patterns);
    }

    /** @param star what a single {@code *} stands for */
    public static Pattern regex(String glob, String star) {
        StringBuilder regex = new StringBuilder();
        Matcher stars = STARS.matcher(glob);
        int from = 0;
        while (stars.find()) {
            regex.append(Pattern.quote(glob.substring(from, stars.start())))
                    .append(stars.end() - stars.start() > 1 ? ".*" : star);
            from = stars.end();
        }
        return Pattern.compile(regex.append(Pattern.quote(glob.substring(from))).toString(), Pattern.DOTALL);
    }
}
