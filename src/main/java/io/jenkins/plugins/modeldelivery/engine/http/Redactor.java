package io.jenkins.plugins.modeldelivery.engine.http;

import io.jenkins.plugins.modeldelivery.engine.model.TextSanitizer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** Takes secrets out of foreign text: those it knows, and what looks like one. Immutable. */
public final class Redactor {
    /** Knows no secret; still hides what looks like one. */
    public static final Redactor NONE = new Redactor(List.of());

    /** Shorter secrets are not masked: they would blot out ordinary words without hiding anything. */
    static final int SHORTEST = 4;

    private static final int SHORTEST_LINE = 16;

    private static final String MASK = "[hidden]";
    /** Characters that are looked at; the rest is never shown. */
    static final int LOOKED_AT = 64 * 1024;

    private final List<String> secrets;

    public Redactor(List<String> secrets) {
        List<String> forms = new ArrayList<>();
        for (String secret : secrets) {
            forms.add(secret);
            forms.add(base64(secret));
            forms.addAll(lines(secret));
            forms.add(URLEncoder.encode(secret, StandardCharsets.UTF_8));
            forms.add(secret.replace("\\", "\\\\").replace("\"", "\\\"").replace("/", "\\/"));
            forms.add(secret.replace("\\", "\\\\").replace("\"", "\\\""));
        }
        this.secrets = forms.stream()
                .filter(form -> form.length() >= SHORTEST)
                .distinct()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    /** Servers quote what they have decoded or encoded, too. Without padding, so that it is found with it as well. */
    private static String base64(String secret) {
        return Base64.getEncoder().withoutPadding().encodeToString(secret.getBytes(StandardCharsets.UTF_8));
    }

    /** A secret of many lines, as a key, is seldom quoted with its line breaks as they were. */
    private static List<String> lines(String secret) {
        return secret.lines()
                .filter(line -> line.length() >= SHORTEST_LINE && !line.startsWith("-----"))
                .toList();
    }

    /**
     * The text with every secret masked; null gives "". No more than {@value #LOOKED_AT} characters are looked at; "…" stands
     * for the rest.
     */
    public String mask(String text) {
        String given = Objects.requireNonNullElse(text, "");
        int end = Math.min(given.length(), LOOKED_AT);
        BitSet hidden = new SecretFinder(given, end).find(secrets);
        StringBuilder masked = new StringBuilder(end);
        for (int shown = 0; shown < end; ) {
            int from = hidden.nextSetBit(shown);
            masked.append(given, shown, from < 0 ? end : from);
            if (from >= 0) {
                masked.append(MASK);
            }
            shown = from < 0 ? end : hidden.nextClearBit(from);
        }
        return end < given.length() ? masked.append('…').toString() : masked.toString();
    }

    /** Foreign text for a message: masked, on one line, at most 300 characters. */
    public String brief(String text) {
        return TextSanitizer.brief(mask(text), 300);
    }

    /** The body of a reply, read as UTF-8, for a message. */
    public String brief(HttpReply reply) {
        byte[] body = reply.body();
        return brief(new String(body, 0, Math.min(body.length, LOOKED_AT), StandardCharsets.UTF_8));
    }
}
