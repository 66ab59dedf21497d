package io.jenkins.plugins.modeldelivery.ui;

/** A word with a symbol and a colour that say the same. */
public final class StatusMark {
    private final String text;
    private final String symbol;
    private final String tone;

    private StatusMark(String text, String symbol, String tone) {
        this.text = text;
        this.symbol = symbol;
        this.tone = tone;
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
        return new StatusMark(text, "checkmark-circle", "good");
    }

    public static StatusMark bad(String text) {
        return new StatusMark(text, "close-circle", "bad");
    }

    public static StatusMark unsure(String text) {
        return new StatusMark(text, "help-circle", "unsure");
    }

    public static StatusMark warning(String text) {
        return new StatusMark(text, "warning", "unsure");
    }

    public static StatusMark waiting(String text) {
        return new StatusMark(text, "hourglass", "plain");
    }

    public static StatusMark plain(String text, String symbol) {
        return new StatusMark(text, symbol, "plain");
    }

    /** The same with a word before it. */
    public StatusMark saying(String before) {
        return new StatusMark(before + " " + text, symbol, tone);
    }

    public String getText() {
        return text;
    }

    public String getSymbol() {
        return "symbol-" + symbol + "-outline plugin-ionicons-api";
    }

    /** A class of the style sheet. */
    public String getTone() {
        return "model-delivery-mark--" + tone;
    }
}
