package io.jenkins.plugins.modeldelivery.ui.models;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Names as one part of a path. Servlet containers and proxies refuse or rewrite slashes, percent signs, semicolons, dots and
 * the like even where they are percent-encoded, so what is no plain letter is written as {@code ~} and two hex digits a byte:
 * letters that every server passes on unchanged.
 */
public final class PathSegment {
    private static final Pattern ESCAPE = Pattern.compile("~[0-9a-fA-F]{2}");

    private PathSegment() {}

    /** ASCII letters, digits, {@code _ - . ~}; never empty for a name that is not, never a name of a directory. */
    public static String encode(String name) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain = c < 0x80 && (Character.isLetterOrDigit(c) || c == '_' || c == '-');
            if (plain || (c == '.' && !encoded.isEmpty())) {
                encoded.append(c);
            } else {
                encoded.append(String.format("~%02x", (int) c));
            }
        }
        return encoded.toString();
    }

    /** Of what {@link #encode} gave; leaves alone what it would not have written. */
    public static String decode(String part) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int at = 0;
        for (var escape = ESCAPE.matcher(part); escape.find(); at = escape.end()) {
            bytes.writeBytes(part.substring(at, escape.start()).getBytes(StandardCharsets.UTF_8));
            bytes.write(Integer.parseInt(escape.group().substring(1), 16));
        }
        bytes.writeBytes(part.substring(at).getBytes(StandardCharsets.UTF_8));
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
