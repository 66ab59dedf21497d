package io.jenkins.plugins.modeldelivery.engine.http;

import io.jenkins.plugins.modeldelivery.engine.model.Texts;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/** Takes secrets out of foreign text: those it knows, and what looks like one. Immutable. */
public final class Redactor {
    /** Knows no secret; still hides what looks like one. */
    public static final Redactor NONE = new Redactor(List.of());

    /** Shorter secrets are not masked: they would blot out ordinary words without hiding anything. */
    static final int SHORTEST = 4;

    private static final int SHORTEST_LINE = 16;

    private static final String MASK = "[hidden]";
    /** Text of a reply that is looked at; the rest is never shown. */
    private static final int LOOKED_AT = 64 * 1024;

    private static final Pattern USER_INFO = Pattern.compile("(?<=://)[^/\\s@\"'<>]*@");
    private static final Pattern AUTHORIZATION =
            Pattern.compile("(?i)(authorization[\"']?\\s*[:=]\\s*[\"']?(?:(?:bearer|basic)\\s+)?)[^\\s\"',;]+");
    private static final Pattern SIGNED = Pattern.compile(
            "(?i)([?&;][\\w.-]*(?:sig|signature|token|credential|key|secret|password)[\\w.-]*=)[^&\\s\"'<>]+");

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

    /** The text with every secret masked; null gives "". */
    public String mask(String text) {
        String masked = Objects.requireNonNullElse(text, "");
        for (String secret : secrets) {
            masked = masked.replace(secret, MASK);
        }
        masked = USER_INFO.matcher(masked).replaceAll(MASK + "@");
        masked = AUTHORIZATION.matcher(masked).replaceAll("$1" + MASK);
        return SIGNED.matcher(masked).replaceAll("$1" + MASK);
    }

    /** Foreign text for a message: masked, on one line, at most 300 characters. */
    public String brief(String text) {
        return Texts.brief(mask(text), 300);
    }

    /** The body of a reply, read as UTF-8, for a message. */
    public String brief(HttpReply reply) {
        byte[] body = reply.body();
        return brief(new String(body, 0, Math.min(body.length, LOOKED_AT), StandardCharsets.UTF_8));
    }
}
