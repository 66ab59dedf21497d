package io.jenkins.plugins.modeldelivery.engine.model;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/**
 * Names of files for names that people give. Percent-encoded but for {@code a-z 0-9 _ -}, upper case included, so that no
 * name leaves its directory, two names never meet on a file system that ignores case, and none is a device of Windows. Long names are cut and get a hash.
 */
public final class FileNames {
    private static final int MAX = 120;
    private static final int HASH_DIGITS = 32;
    private static final Set<String> DEVICES = Set.of("CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", "CLOCK$");

    private FileNames() {}

    /** Whether Windows takes a file of this name, with any ending, for a device. */
    public static boolean isReserved(String name) {
        String base = name.split("\\.", 2)[0].strip().toUpperCase(Locale.ROOT);
        boolean numbered = base.length() == 4
                && (base.startsWith("COM") || base.startsWith("LPT"))
                && "0123456789\u00b9\u00b2\u00b3".indexOf(base.charAt(3)) >= 0;
        return numbered || DEVICES.contains(base);
    }

    /** Never empty, at most {@value #MAX} characters. */
    public static String encode(String name) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
            encoded.append(plain ? String.valueOf(c) : String.format("%%%02x", (int) c));
        }
        if (isReserved(encoded.toString())) {
            encoded.replace(0, 1, String.format("%%%02x", (int) encoded.charAt(0)));
        }
        if (encoded.length() <= MAX) {
            return encoded.isEmpty() ? "%" : encoded.toString();
        }
        return encoded.substring(0, MAX / 2) + "%~" + Sha256.hex(name).substring(0, HASH_DIGITS);
    }
}
