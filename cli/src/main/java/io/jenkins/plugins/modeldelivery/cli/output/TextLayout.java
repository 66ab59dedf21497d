package io.jenkins.plugins.modeldelivery.cli.output;

import java.util.ArrayList;
import java.util.List;

/**
 * Text that fits a width of 100 columns. It wraps at blanks only: a path, a URL or a digest that is longer than its place
 * stays in one piece, so that it can be copied.
 */
public final class TextLayout {
    public static final int WIDTH = 100;
    /** Width of the word that begins a line: "registered   ". */
    private static final int LABEL = 13;
    /** Of the lines that go on. */
    private static final String INDENT = "  ";

    private TextLayout() {}

    /** A line that begins with a label; what is too long goes on under the text, not under the label. */
    public static String labelled(String line) {
        boolean fits = line.lines().allMatch(l -> l.length() <= WIDTH);
        return fits || line.length() < LABEL
                ? line
                : row(new int[] {LABEL, WIDTH - LABEL}, line.substring(0, LABEL), line.substring(LABEL));
    }

    /** One row of a table; every cell wraps within its width, but for long words of the last one. */
    public static String row(int[] widths, String... cells) {
        List<List<String>> columns = new ArrayList<>();
        int height = 0;
        for (int i = 0; i < cells.length; i++) {
            List<String> lines = wrapped(cells[i], widths[i], i == cells.length - 1);
            columns.add(lines);
            height = Math.max(height, lines.size());
        }
        StringBuilder text = new StringBuilder();
        for (int line = 0; line < height; line++) {
            StringBuilder row = new StringBuilder();
            int start = 0;
            for (int i = 0; i < cells.length; i++) {
                row.append(" ".repeat(Math.max(0, start - row.length())));
                row.append(line < columns.get(i).size() ? columns.get(i).get(line) : "");
                start += widths[i];
            }
            text.append(row.toString().stripTrailing()).append('\n');
        }
        return text.toString().stripTrailing();
    }

    private static List<String> wrapped(String cell, int width, boolean last) {
        List<String> lines = new ArrayList<>();
        for (String line : cell.split("\\R", -1)) {
            String indent = "";
            String rest = line;
            while (indent.length() + rest.length() > width) {
                int end = end(rest, width - indent.length(), last);
                if (end == rest.length()) {
                    break;
                }
                lines.add(indent + rest.substring(0, end).stripTrailing());
                rest = rest.substring(end).stripLeading();
                indent = INDENT;
            }
            lines.add(indent + rest);
        }
        return lines;
    }

    /** Where a text is cut: at the last blank that fits, else after its first word. */
    private static int end(String text, int width, boolean last) {
        int word = 0;
        while (word < text.length() && text.charAt(word) == ' ') {
            word++;
        }
        int blank = text.lastIndexOf(' ', width);
        if (blank > word) {
            return blank;
        }
        int next = text.indexOf(' ', word);
        return !last ? width : next < 0 ? text.length() : next;
    }
}
