package io.jenkins.plugins.modeldelivery.engine.model;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Names of files for names that people give. Percent-encoded but for {@code a-z 0-9 _ -}, upper case included, so that no
 * name leaves its directory and two names never meet on a file system that ignores case. Long names are cut and get a hash.
 */
public final class FileNames {
    private static final int MAX = 120;
    private static final int HASH_BYTES = 16;

    private FileNames() {}

    /** Never empty, at most {@value #MAX} characters. */
    public static String encode(String name) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
            encoded.append(plain ? String.valueOf(c) : String.format("%%%02x", (int) c));
        }
        if (encoded.length() <= MAX) {
            return encoded.isEmpty() ? "%" : encoded.toString();
        }
        byte[] hash = Manifest.sha256().digest(name.getBytes(StandardCharsets.UTF_8));
        return encoded.substring(0, MAX / 2) + "%~" + HexFormat.of().formatHex(hash, 0, HASH_BYTES);
    }
}
