package io.jenkins.plugins.modeldelivery.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** A page of the documentation, taken apart as far as tests need. */
record MarkdownPage(Path path, String text) {
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```$");
    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} (.+)$");

    static MarkdownPage read(Path path) {
        try {
            return new MarkdownPage(path, Files.readString(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Everything but the blocks of code. */
    String prose() {
        return BLOCK.matcher(text).replaceAll("");
    }

    /** The blocks of code in this language. */
    List<String> blocks(String language) {
        return BLOCK.matcher(text)
                .results()
                .filter(match -> match.group(1).equals(language))
                .map(match -> match.group(2))
                .toList();
    }

    /** Where links can point to, named as GitHub names headings. */
    List<String> anchors() {
        return HEADING.matcher(prose())
                .results()
                .map(match -> match.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .toList();
    }

    /** From a heading, given with its signs, to the next one of any level. */
    String section(String heading) {
        String prose = prose();
        int start = prose.indexOf(heading + "\n");
        if (start < 0) {
            throw new IllegalArgumentException(path + " has no section " + heading);
        }
        int end = prose.indexOf("\n#", start + heading.length());
        return prose.substring(start, end < 0 ? prose.length() : end);
    }

    @Override
    public String toString() {
        return path.getFileName().toString();
    }
}
