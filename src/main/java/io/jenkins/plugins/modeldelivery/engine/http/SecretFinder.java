package io.jenkins.plugins.modeldelivery.engine.http;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Marks the secrets in one text: those that are known, and what looks like one. The text is read once from its start to its
 * end; whatever it holds, the steps grow no faster than its length.
 */
final class SecretFinder {
    private static final String AUTHORIZATION = "authorization";
    private static final List<String> SCHEMES = List.of("bearer", "basic", "token", "apikey", "negotiate", "digest");
    /** A parameter of a URL whose name holds one of these. */
    private static final List<String> WORDS = List.of("sig", "token", "credential", "key", "secret", "password");

    private final CharSequence text;
    private final int end;
    private final BitSet found = new BitSet();
    /** Where the value of the last parameter ends, and of the last header: another that begins before ends there, too. */
    private int parameterEnd;

    private int headerEnd;

    /** @param end where looking stops; beyond it, only the rest of a known secret is read */
    SecretFinder(CharSequence text, int end) {
        this.text = text;
        this.end = end;
    }

    /**
     * The places before the end that must not be seen.
     *
     * @param secrets that are known, none of them empty
     */
    BitSet find(List<String> secrets) {
        Map<Character, List<String>> byFirst = new HashMap<>();
        for (String secret : secrets) {
            byFirst.computeIfAbsent(secret.charAt(0), first -> new ArrayList<>())
                    .add(secret);
        }
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            for (String secret : byFirst.getOrDefault(c, List.of())) {
                if (holds(i, secret)) {
                    hide(i, i + secret.length());
                }
            }
            switch (c) {
                case ':' -> userInfo(i);
                case '?', '&', ';' -> parameter(i + 1);
                case 'a', 'A' -> header(i);
                default -> {}
            }
        }
        return found;
    }

    private boolean holds(int at, String secret) {
        if (secret.length() > text.length() - at) {
            return false;
        }
        for (int i = 0; i < secret.length(); i++) {
            if (text.charAt(at + i) != secret.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private void hide(int from, int to) {
        found.set(Math.min(from, end), Math.min(to, end));
    }

    /** {@code ://name:password@}; at the end of what is looked at, the {@code @} may have been cut away. */
    private void userInfo(int colon) {
        if (colon + 3 > end || text.charAt(colon + 1) != '/' || text.charAt(colon + 2) != '/') {
            return;
        }
        int at = colon + 3;
        while (at < end && "/@\"'<>".indexOf(text.charAt(at)) < 0 && !isBlank(text.charAt(at))) {
            at++;
        }
        boolean cut = at == end && end < text.length();
        if (cut || (at < end && text.charAt(at) == '@')) {
            hide(colon + 3, at);
        }
    }

    /** {@code X-Amz-Signature=…} after a {@code ?}, {@code &} or {@code ;}. */
    private void parameter(int start) {
        int equals = start;
        while (equals < end && isOfName(text.charAt(equals))) {
            equals++;
        }
        if (equals == end || text.charAt(equals) != '=') {
            return;
        }
        String name = text.subSequence(start, equals).toString().toLowerCase(Locale.ROOT);
        if (WORDS.stream().anyMatch(name::contains)) {
            int to = Math.max(equals + 1, parameterEnd);
            while (to < end && "&\"'<>".indexOf(text.charAt(to)) < 0 && !isBlank(text.charAt(to))) {
                to++;
            }
            parameterEnd = to;
            hide(equals + 1, to);
        }
    }

    /** {@code Authorization: Bearer …}, also as JSON has it. */
    private void header(int start) {
        if (!isWord(start, AUTHORIZATION)) {
            return;
        }
        int at = blanks(quote(start + AUTHORIZATION.length()));
        if (at >= end || ":=".indexOf(text.charAt(at)) < 0) {
            return;
        }
        int value = scheme(quote(blanks(at + 1)));
        int to = Math.max(value, headerEnd);
        while (to < end && "\"',;".indexOf(text.charAt(to)) < 0 && !isBlank(text.charAt(to))) {
            to++;
        }
        headerEnd = to;
        hide(value, to);
    }

    private int quote(int at) {
        return at < end && "\"'".indexOf(text.charAt(at)) >= 0 ? at + 1 : at;
    }

    private int blanks(int from) {
        int at = from;
        while (at < end && isBlank(text.charAt(at))) {
            at++;
        }
        return at;
    }

    /** Behind the name of a scheme and the blanks after it, if there is one. */
    private int scheme(int at) {
        for (String scheme : SCHEMES) {
            int after = at + scheme.length();
            if (isWord(at, scheme) && after < end && isBlank(text.charAt(after))) {
                return blanks(after);
            }
        }
        return at;
    }

    private boolean isWord(int at, String lowerCase) {
        if (lowerCase.length() > end - at) {
            return false;
        }
        for (int i = 0; i < lowerCase.length(); i++) {
            char c = text.charAt(at + i);
            if ((c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c) != lowerCase.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isOfName(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '_'
                || c == '.'
                || c == '-';
    }

    private static boolean isBlank(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }
}
