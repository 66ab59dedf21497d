package io.jenkins.plugins.modeldelivery.integrations.checks;

import io.jenkins.plugins.modeldelivery.engine.model.Texts;

/** Foreign text in Markdown that shows itself and does nothing: no markup, no HTML, no link, no mention of anybody. */
final class MarkdownText {
    /** Between a sign and what it would point to; it is not seen. */
    private static final String NOTHING = "&#8203;";

    private MarkdownText() {}

    /** On one line, cut to {@code max} characters of the text. */
    static String of(String text, int max) {
        StringBuilder shown = new StringBuilder();
        Texts.brief(text, max).codePoints().forEach(c -> {
            if (Character.isLetterOrDigit(c) || c == ' ' || c == '.' || c == ',' || c == '…') {
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
}
