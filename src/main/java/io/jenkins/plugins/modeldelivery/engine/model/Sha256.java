package io.jenkins.plugins.modeldelivery.engine.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 in lower-case hex, and the form {@code sha256:…} in which digests are written down. */
public final class Sha256 {
    public static final String PREFIX = "sha256:";

    private Sha256() {}

    /** For bytes that come in pieces. */
    public static MessageDigest start() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform must have it", e);
        }
    }

    /** Of what went through a digest, which is reset. */
    public static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }

    public static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(start().digest(bytes));
    }

    /** Of its UTF-8. */
    public static String hex(String text) {
        return hex(text.getBytes(StandardCharsets.UTF_8));
    }

    /** {@code sha256:} and the hash of its UTF-8. */
    public static String digest(String text) {
        return PREFIX + hex(text);
    }
}
