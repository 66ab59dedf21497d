package io.jenkins.plugins.modeldelivery.engine.export;

import io.jenkins.plugins.modeldelivery.engine.record.Event;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Collects lines of Markdown. Texts of others are shown and do nothing. */
final class Markdown {
    private static final int LONGEST = 2000;
    private static final Pattern CODE = Pattern.compile("[^`|\\\\\\s\\p{C}]([^`|\\\\\\p{C}]*[^`|\\\\\\s\\p{C}])?");

    private static final Pattern LINK = Pattern.compile("https?://[A-Za-z0-9:._~%/?=&+-]+");

    private final StringBuilder lines = new StringBuilder();

    /** Of others. */
    static String text(String text) {
        return MarkdownText.of(text, LONGEST);
    }

    /** As code where nothing in it can end the code, else as text. */
    static String code(String said) {
        boolean plain = said.length() <= LONGEST && CODE.matcher(said).matches();
        return plain ? "`" + said + "`" : text(said);
    }

    /** When and by whom. */
    static String when(Event event) {
        return event.time() + " by " + event.draft().actor();
    }

    /** An empty line, unless there is one. */
    Markdown gap() {
        if (!lines.isEmpty() && lines.indexOf("\n\n", lines.length() - 2) < 0) {
            lines.append('\n');
        }
        return this;
    }

    /** @param line as it is */
    Markdown line(String line) {
        lines.append(line).append('\n');
        return this;
    }

    Markdown raw(String text) {
        lines.append(text);
        return this;
    }

    Markdown heading(String heading) {
        return gap().line("## " + heading).gap();
    }

    void paragraph(String said) {
        gap().line(text(said)).gap();
    }

    void item(String said) {
        line("- " + text(said));
    }

    /** Nothing if there is no value. */
    void fact(String name, Optional<String> value) {
        value.ifPresent(said -> line("- **" + text(name) + ":** " + text(said)));
    }

    void code(String name, Optional<String> value) {
        value.ifPresent(said -> line("- **" + text(name) + ":** " + code(said)));
    }

    /** As a link if it is one that can do no harm. */
    void link(String name, Optional<String> address) {
        address.ifPresent(said ->
                line("- **" + text(name) + ":** " + (LINK.matcher(said).matches() ? "<" + said + ">" : text(said))));
    }

    /** Nothing if there are no rows. */
    void table(String name, String value, Map<String, String> rows) {
        if (!rows.isEmpty()) {
            head(List.of(name, value), List.of(":--", ":--"));
            rows.forEach((key, said) -> row(text(key), text(said)));
        }
    }

    /** Begins a table. */
    void head(List<String> columns, List<String> alignments) {
        gap();
        row(columns.toArray(String[]::new));
        row(alignments.toArray(String[]::new));
    }

    /** @param cells as they are */
    void row(String... cells) {
        line("| " + String.join(" | ", cells) + " |");
    }

    @Override
    public String toString() {
        return lines.toString();
    }
}
