package io.jenkins.plugins.modeldelivery.engine.model;

/** Making foreign text safe to show. */
public final class TextSanitizer {
    private TextSanitizer() {}

    /**
     * The text on one line, control characters replaced by blanks, cut to {@code max} UTF-16 units with "…" in place of the
     * rest. Never null; null gives "".
     */
    public static String brief(String text, int max) {
        if (text == null) {
            return "";
        }
        StringBuilder clean = new StringBuilder(Math.min(text.length(), max));
        for (int i = 0; i < text.length() && clean.length() < max; i++) {
            char c = text.charAt(i);
            boolean unsafe = Character.isISOControl(c) || Character.getType(c) == Character.FORMAT;
            clean.append(unsafe ? ' ' : c);
        }
        if (text.length() <= max) {
            return clean.toString();
        }
        int end = Math.max(0, Math.min(clean.length(), max - 1));
        boolean half = end > 0 && Character.isHighSurrogate(clean.charAt(end - 1));
        return clean.substring(0, half ? end - 1 : end) + "…";
    }
}
