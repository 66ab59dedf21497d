package io.jenkins.plugins.modeldelivery.ui;

/** A word with a symbol and a colour that say the same. */
public final class Mark {
    private final String text;
    private final String symbol;
    private final String tone;

    private Mark(String text, String symbol, String tone) {
        this.text = text;
        this.symbol = symbol;
        this.tone = tone;
    }

    public static Mark good(String text) {
        return new Mark(text, "checkmark-circle", "good");
    }

    public static Mark bad(String text) {
        return new Mark(text, "close-circle", "bad");
    }

    public static Mark unsure(String text) {
        return new Mark(text, "help-circle", "unsure");
    }

    public static Mark warning(String text) {
        return new Mark(text, "warning", "unsure");
    }

    public static Mark waiting(String text) {
        return new Mark(text, "hourglass", "plain");
    }

    public static Mark plain(String text, String symbol) {
        return new Mark(text, symbol, "plain");
    }

    /** The same with a word before it. */
    public Mark saying(String before) {
        return new Mark(before + " " + text, symbol, tone);
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
