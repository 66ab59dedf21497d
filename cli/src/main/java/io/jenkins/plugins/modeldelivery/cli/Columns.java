package io.jenkins.plugins.modeldelivery.cli;

import java.util.Arrays;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.ColorScheme;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.Column.Overflow;
import picocli.CommandLine.Help.TextTable;

/** Text that fits a width of 100 columns. */
final class Columns {
    static final int WIDTH = 100;
    /** Width of the word that begins a line: "registered   ". */
    private static final int LABEL = 13;

    private static final ColorScheme PLAIN = new ColorScheme.Builder(Ansi.OFF).build();

    private Columns() {}

    /** A line that begins with a label; what is too long goes on under the text, not under the label. */
    static String labelled(String line) {
        boolean fits = line.lines().allMatch(l -> l.length() <= WIDTH);
        return fits || line.length() < LABEL
                ? line
                : row(new int[] {LABEL, WIDTH - LABEL}, line.substring(0, LABEL), line.substring(LABEL));
    }

    /** One row of a table; every cell wraps within its width. */
    static String row(int[] widths, String... cells) {
        Column[] columns = Arrays.stream(widths)
                .mapToObj(width -> new Column(width, 0, Overflow.WRAP))
                .toArray(Column[]::new);
        TextTable table = TextTable.forColumns(PLAIN, columns);
        table.addRowValues(cells);
        return table.toString().stripTrailing();
    }
}
