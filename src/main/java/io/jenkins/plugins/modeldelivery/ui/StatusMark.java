package io.jenkins.plugins.modeldelivery.ui;

/**
 * A word with a symbol and a colour that say the same.
 *
 * @param tone a class of the style sheet
 */
public record StatusMark(String text, String symbol, String tone) {
    private static StatusMark of(String text, String symbol, String tone) {
        return new StatusMark(
                text, "symbol-" + symbol + "-outline plugin-ionicons-api", "model-delivery-mark--" + tone);
    }

    /** @param verdict name of a {@link io.jenkins.plugins.modeldelivery.engine.gate.Verdict} */
    public static StatusMark ofVerdict(String verdict) {
        return switch (verdict) {
            case "PASSED" -> good("passed");
            case "FAILED" -> bad("failed");
            default -> unsure("inconclusive");
        };
    }

    public static StatusMark good(String text) {
        return of(text, "checkmark-circle", "good");
    }

    public static StatusMark bad(String text) {
        return of(text, "close-circle", "bad");
    }

    public static StatusMark unsure(String text) {
        return of(text, "help-circle", "unsure");
    }

    public static StatusMark warning(String text) {
        return of(text, "warning", "unsure");
    }

    public static StatusMark waiting(String text) {
        return of(text, "hourglass", "plain");
    }

    public static StatusMark plain(String text, String symbol) {
        return of(text, symbol, "plain");
    }

    /** The same with a word before it. */
    public StatusMark saying(String before) {
        return new StatusMark(before + " " + text, symbol, tone);
    }
}
