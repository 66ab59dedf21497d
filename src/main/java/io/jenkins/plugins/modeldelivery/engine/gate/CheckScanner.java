package io.jenkins.plugins.modeldelivery.engine.gate;

import io.jenkins.plugins.modeldelivery.engine.metrics.NameQuoting;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.TextSanitizer;
import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes a check's text apart from left to right, and marks the place of an error under it. */
final class CheckScanner {
    /** Longer lines are refused. */
    static final int MAX_LENGTH = 2000;

    private static final Pattern DIGITS = Pattern.compile("[+-]?\\.?[0-9]");
    private static final int SHOWN = 200;

    private final String text;
    private int at;

    CheckScanner(String line) {
        if (line.length() > MAX_LENGTH) {
            throw ErrorKind.INVALID_INPUT.error("A check has at most " + MAX_LENGTH + " characters, this one "
                    + line.length() + ": " + TextSanitizer.brief(line, 80));
        }
        this.text = withoutComment(line);
    }

    /** A # outside of quotes starts a comment. */
    private static String withoutComment(String line) {
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (quoted && c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == '#' && !quoted) {
                return line.substring(0, i);
            }
        }
        return line;
    }

    String rest() {
        skipBlanks();
        return text.substring(at);
    }

    boolean atEnd() {
        skipBlanks();
        return at == text.length();
    }

    int position() {
        skipBlanks();
        return at;
    }

    void back(int position) {
        at = position;
    }

    private void skipBlanks() {
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
    }

    /** Takes the symbol if it comes next. */
    boolean take(String symbol) {
        skipBlanks();
        if (text.startsWith(symbol, at)) {
            at += symbol.length();
            return true;
        }
        return false;
    }

    /** Takes the word if it comes next and ends there. */
    boolean takeWord(String word) {
        skipBlanks();
        int end = at + word.length();
        if (text.startsWith(word, at) && (end == text.length() || !Character.isLetterOrDigit(text.charAt(end)))) {
            at = end;
            return true;
        }
        return false;
    }

    void expect(String symbol, String after) {
        if (!take(symbol)) {
            throw error("expected " + symbol + " " + after, "");
        }
    }

    /** A name, plain or in quotes; never empty. */
    String name(String what) {
        int start = position();
        String name = value(what);
        if (name.isEmpty()) {
            throw errorAt(start, "expected " + what + ", not empty quotes", "");
        }
        return name;
    }

    /** As a name, but it may be empty quotes. */
    String value(String what) {
        skipBlanks();
        if (at < text.length() && text.charAt(at) == '"') {
            return quoted();
        }
        Matcher matcher = NameQuoting.PLAIN.matcher(text).region(at, text.length());
        if (!matcher.lookingAt()) {
            throw error("expected " + what, "");
        }
        at = matcher.end();
        return matcher.group();
    }

    private String quoted() {
        int start = at;
        StringBuilder name = new StringBuilder();
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '"') {
                at++;
                return name.toString();
            }
            if (c == '\\' && at + 1 < text.length()) {
                at++;
                c = text.charAt(at);
            }
            name.append(c);
        }
        throw errorAt(start, "the quotes are not closed", "");
    }

    /** A decimal number that comes next; null if none does. */
    BigDecimal numberOrNull() {
        skipBlanks();
        Matcher matcher = NameQuoting.NUMBER.matcher(text).region(at, text.length());
        if (matcher.lookingAt()) {
            at = matcher.end();
            return new BigDecimal(matcher.group());
        }
        if (DIGITS.matcher(text).region(at, text.length()).lookingAt()) {
            throw error("a number has at most 40 digits, and 3 in its exponent", "");
        }
        return null;
    }

    BigDecimal number(String what) {
        BigDecimal number = numberOrNull();
        if (number == null) {
            throw error("expected " + what, "");
        }
        return number;
    }

    /** As {@link #error}, at an earlier position. */
    DeliveryException errorAt(int position, String what, String suggestion) {
        at = position;
        return error(what, suggestion);
    }

    /**
     * @param what what is wrong at the present position
     * @param suggestion what was probably meant, or ""
     */
    DeliveryException error(String what, String suggestion) {
        skipBlanks();
        String shown = TextSanitizer.brief(text, SHOWN);
        StringBuilder message = new StringBuilder("Cannot read the check, ")
                .append(what)
                .append(":\n  ")
                .append(shown);
        if (at <= shown.length()) {
            message.append("\n  ").append(" ".repeat(at)).append('^');
        }
        if (!suggestion.isEmpty()) {
            message.append("\n").append(suggestion);
        }
        return ErrorKind.INVALID_INPUT.error(message.toString());
    }
}
