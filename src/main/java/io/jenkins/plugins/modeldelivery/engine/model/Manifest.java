package io.jenkins.plugins.modeldelivery.engine.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;

/**
 * Every file of a model with its hash and size, and the content digest over all of them: {@code sha256:} and the SHA-256 of
 * the manifest's text, one {@code sha256-hex  size  path} a line, UTF-8, sorted by the path's bytes.
 */
public record Manifest(List<Entry> entries) {
    /**
     * @param path relative, with {@code /}
     * @param size in bytes
     * @param sha256 lower-case hex
     */
    public record Entry(String path, long size, String sha256) {}

    public Manifest {
        entries = entries.stream()
                .sorted((a, b) -> Arrays.compareUnsigned(
                        a.path().getBytes(StandardCharsets.UTF_8), b.path().getBytes(StandardCharsets.UTF_8)))
                .toList();
    }

    public static Manifest of(Collection<Entry> entries) {
        return new Manifest(List.copyOf(entries));
    }

    public String text() {
        StringBuilder text = new StringBuilder();
        for (Entry entry : entries) {
            text.append(entry.sha256())
                    .append("  ")
                    .append(entry.size())
                    .append("  ")
                    .append(entry.path())
                    .append('\n');
        }
        return text.toString();
    }

    public String digest() {
        return digestOf(text());
    }

    public long size() {
        return entries.stream().mapToLong(Entry::size).sum();
    }

    /** A new SHA-256, which every Java platform must have. */
    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** SHA-256 in lower-case hex. */
    public static String hex(byte[] content) {
        return HexFormat.of().formatHex(sha256().digest(content));
    }

    /** {@code sha256:} and the SHA-256 of a text in UTF-8. */
    public static String digestOf(String text) {
        return "sha256:" + hex(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A digest as people can tell it from others: its first twelve digits. */
    public static String brief(String digest) {
        int end = "sha256:".length() + 12;
        return digest.length() <= end ? digest : digest.substring(0, end) + "…";
    }
}
