package io.jenkins.plugins.modeldelivery.engine.record;

import io.jenkins.plugins.modeldelivery.engine.model.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * The form of a line: {@code <content>,"hash":"<64 hex>"}}, where the hash is the SHA-256 of the line's bytes with
 * everything from {@code ,"hash":"} on replaced by {@code }}. The content holds the hash of the line before, so the lines
 * form a chain, and any tool that knows SHA-256 can check it without knowing JSON.
 */
public final class ChainLine {
    /** What the first line names as its predecessor. */
    public static final String GENESIS = "0".repeat(64);

    private static final byte[] HASH_KEY = ",\"hash\":\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PREVIOUS_KEY = ",\"previous\":\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SEQUENCE_KEY = "{\"sequence\":".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final int HEX = 64;
    /** Bytes from the hash's key to the end of the line. */
    private static final int TAIL = HASH_KEY.length + HEX + 2;
    /** Bytes from the predecessor's key to the end of the line. */
    private static final int CHAIN = PREVIOUS_KEY.length + HEX + 1 + TAIL;

    private ChainLine() {}

    /** @param content one JSON object as text, its last member {@code previous} */
    static String seal(String content) {
        return content.substring(0, content.length() - 1) + ",\"hash\":\"" + Sha256.hex(content) + "\"}";
    }

    /** Whether it ends as a line of a record does. */
    static boolean isLine(byte[] line, int from, int to) {
        int at = to - TAIL;
        return at > from && matches(line, at, HASH_KEY) && line[to - 1] == '}' && line[to - 2] == '"';
    }

    /** The line's own word on its hash; null if it has not the form of a line. */
    public static String statedHash(byte[] line, int from, int to) {
        return isLine(line, from, to)
                ? new String(line, to - TAIL + HASH_KEY.length, HEX, StandardCharsets.US_ASCII)
                : null;
    }

    /** What the line that ends there states as its hash; "" if what ends there is no line. */
    public static String hashBefore(FileChannel record, long end) throws IOException {
        int length = (int) Math.min(CHAIN + 1L, end);
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining() && record.read(buffer, end - length + buffer.position()) >= 0) {
            // Until all of it is read.
        }
        String hash = statedHash(buffer.array(), 0, length - 1);
        return hash == null || buffer.get(length - 1) != '\n' ? "" : hash;
    }

    /**
     * Whether the line names this predecessor.
     *
     * @param previous hash of the line before, 64 bytes of ASCII
     */
    static boolean follows(byte[] line, int from, int to, byte[] previous) {
        int at = to - CHAIN;
        int hash = at + PREVIOUS_KEY.length;
        return at > from && matches(line, at, PREVIOUS_KEY) && Arrays.equals(line, hash, hash + HEX, previous, 0, HEX);
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

    /** Whether the line states the hash of its content; only for a line that {@link #isLine}. */
    static boolean isIntact(byte[] line, int from, int to, MessageDigest digest) {
        digest.reset();
        digest.update(line, from, to - TAIL - from);
        digest.update((byte) '}');
        byte[] computed = digest.digest();
        int at = to - TAIL + HASH_KEY.length;
        for (int i = 0; i < computed.length; i++) {
            if (line[at + 2 * i] != DIGITS[computed[i] >> 4 & 15] || line[at + 2 * i + 1] != DIGITS[computed[i] & 15]) {
                return false;
            }
        }
        return true;
    }

    /** Copies the hash that the line states; only of a line that {@link #isLine}. */
    static void copyHash(byte[] line, int to, byte[] into) {
        System.arraycopy(line, to - TAIL + HASH_KEY.length, into, 0, HEX);
    }

    private static boolean matches(byte[] line, int at, byte[] key) {
        return Arrays.equals(line, at, at + key.length, key, 0, key.length);
    }
}
