package io.jenkins.plugins.modeldelivery.configuration;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which items may use something: patterns of full names, one a line. {@code *} stands for any characters within one folder,
 * {@code **} for any at all. Without a pattern every item may.
 */
record ItemPatterns(List<String> patterns) {
    private static final Pattern STARS = Pattern.compile("\\*+");

    static ItemPatterns parse(String text) {
        return new ItemPatterns(Fields.lines(text));
    }

    boolean admits(String fullName) {
        return patterns.isEmpty()
                || patterns.stream()
                        .anyMatch(p -> regex(p, "[^/]*").matcher(fullName).matches());
    }

    @Override
    public String toString() {
        return String.join(", ", patterns);
    }

    /** @param star what a single {@code *} stands for */
    static Pattern regex(String glob, String star) {
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
