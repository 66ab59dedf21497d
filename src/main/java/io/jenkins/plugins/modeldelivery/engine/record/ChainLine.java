package io.jenkins.plugins.modeldelivery.engine.record;

import io.jenkins.plugins.modeldelivery.engine.model.Manifest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * The form of a line: {@code <content>,"hash":"<64 hex>"}}, where the hash is the SHA-256 of the line's bytes with
 * everything from {@code ,"hash":"} on replaced by {@code }}. The content holds the hash of the line before, so the lines
 * form a chain, and any tool that knows SHA-256 can check it without knowing JSON.
 */
final class ChainLine {
    /** What the first line names as its predecessor. */
    static final String GENESIS = "0".repeat(64);

    private static final byte[] HASH_KEY = ",\"hash\":\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PREVIOUS_KEY = ",\"previous\":\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SEQUENCE_KEY = "{\"sequence\":".getBytes(StandardCharsets.US_ASCII);
    private static final int HEX = 64;
    /** Bytes from the hash's key to the end of the line. */
    private static final int TAIL = HASH_KEY.length + HEX + 2;
    /** Bytes from the predecessor's key to the end of the line. */
    private static final int CHAIN = PREVIOUS_KEY.length + HEX + 1 + TAIL;

    private ChainLine() {}

    /** @param content one JSON object as text, its last member {@code previous} */
    static String seal(String content) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        String hash = HexFormat.of().formatHex(Manifest.sha256().digest(bytes));
        return content.substring(0, content.length() - 1) + ",\"hash\":\"" + hash + "\"}";
    }

    /** The line's own word on its hash; null if it has not the form of a line. */
    static String statedHash(byte[] line, int from, int to) {
        int at = to - TAIL;
        return at > from && matches(line, at, HASH_KEY) && line[to - 1] == '}' && line[to - 2] == '"'
                ? new String(line, at + HASH_KEY.length, HEX, StandardCharsets.US_ASCII)
                : null;
    }

    /** What the line that ends there states as its hash; "" if what ends there is no line. */
    static String hashBefore(FileChannel record, long end) throws IOException {
        int length = (int) Math.min(CHAIN + 1L, end);
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining() && record.read(buffer, end - length + buffer.position()) >= 0) {
            // Until all of it is read.
        }
        String hash = statedHash(buffer.array(), 0, length - 1);
        return hash == null || buffer.get(length - 1) != '\n' ? "" : hash;
    }

    /** The line's own word on its predecessor; null if it has not the form of a line. */
    static String statedPrevious(byte[] line, int from, int to) {
        int at = to - CHAIN;
        return at > from && matches(line, at, PREVIOUS_KEY)
                ? new String(line, at + PREVIOUS_KEY.length, HEX, StandardCharsets.US_ASCII)
                : null;
    }

    /** The line's own word on its place in the chain; -1 if it has not the form of a line. */
    static long statedSequence(byte[] line, int from, int to) {
        if (to - from <= SEQUENCE_KEY.length || !matches(line, from, SEQUENCE_KEY)) {
            return -1;
        }
        long sequence = 0;
        int at = from + SEQUENCE_KEY.length;
        while (at < to && line[at] >= '0' && line[at] <= '9' && sequence < Long.MAX_VALUE / 100) {
            sequence = sequence * 10 + (line[at] - '0');
            at++;
        }
        return at < to && line[at] == ',' ? sequence : -1;
    }

    /** The hash that the line should state; only for lines of which {@link #statedHash} is not null. */
    static String computedHash(byte[] line, int from, int to, MessageDigest digest) {
        digest.reset();
        digest.update(line, from, to - TAIL - from);
        digest.update((byte) '}');
        return HexFormat.of().formatHex(digest.digest());
    }

    private static boolean matches(byte[] line, int at, byte[] key) {
        for (int i = 0; i < key.length; i++) {
            if (line[at + i] != key[i]) {
                return false;
            }
        }
        return true;
    }
}
