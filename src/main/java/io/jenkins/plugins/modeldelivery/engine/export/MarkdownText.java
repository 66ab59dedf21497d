package io.jenkins.plugins.modeldelivery.engine.export;

import io.jenkins.plugins.modeldelivery.engine.model.TextSanitizer;

/** Foreign text in Markdown that shows itself and does nothing: no markup, no HTML, no link, no mention of anybody. */
public final class MarkdownText {
    /** Between a sign and what it would point to; it is not seen. */
    private static final String NOTHING = "&#8203;";

    private MarkdownText() {}

    /** On one line, cut to {@code max} characters of the text. */
    public static String of(String text, int max) {
        StringBuilder shown = new StringBuilder();
        TextSanitizer.brief(text, max).codePoints().forEach(c -> {
            if (Character.isLetterOrDigit(c) || isPlain(c, shown)) {
                shown.appendCodePoint(c);
            } else {
                // A character reference is never read as a sign of Markdown, only shown.
                shown.append("&#").append(c).append(';');
            }
            if (c == '@' || c == '#') {
                shown.append(NOTHING);
            }
        });
        return shown.toString();
    }

    /** A colon after a digit is a time's and begins neither a link nor a picture. A hyphen begins a list only where a line begins; {@code www.} begins a link anywhere. */
    private static boolean isPlain(int c, StringBuilder before) {
        return switch (c) {
            case ' ', ',', '…' -> true;
            case '-' -> !before.isEmpty();
            case '.' -> before.isEmpty() || Character.toLowerCase(before.charAt(before.length() - 1)) != 'w';
            case ':' -> !before.isEmpty() && Character.isDigit(before.charAt(before.length() - 1));
            default -> false;
        };
    }
}
