package io.jenkins.plugins.modeldelivery.engine.record;

import io.jenkins.plugins.modeldelivery.engine.model.Manifest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;

/**
 * Where records lie. Names are percent-encoded but for {@code a-z 0-9 _ -}, upper case included, so that no name leaves the
 * directory and two names never meet on a file system that ignores case. Long names are cut and get a hash.
 */
final class RecordFiles {
    private static final int MAX = 120;
    private static final int HASH_BYTES = 16;

    private RecordFiles() {}

    static Path of(Path directory, String registry, String model) {
        return directory.resolve(encode(registry)).resolve(encode(model) + ".jsonl");
    }

    static String encode(String name) {
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
