package io.jenkins.plugins.modeldelivery.engine.record;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Takes a record apart into its lines, in one pass and with no more memory than its longest line needs. */
public final class RecordLines {
    /** Longest line, in bytes; a longer one is no event. */
    static final int MAX = 16 * 1024 * 1024;

    private static final int START = 1 << 16;
    private static final VarHandle EIGHT_BYTES =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long LINE_FEEDS = '\n' * ONES;
    private static final long HIGHEST_BITS = 0x80 * ONES;

    private RecordLines() {}

    /** What the last line was. */
    enum End {
        WHOLE,
        /** It has no end: a crash in the middle of an append. */
        TORN,
        TOO_LONG,
        /** Anybody who took the lines wanted no more. */
        STOPPED
    }

    /** Takes a line without its line feed. */
    @FunctionalInterface
    public interface Sink {
        /** @return false to stop */
        boolean line(byte[] buffer, int from, int to) throws IOException;
    }

    public static End read(InputStream in, Sink sink) throws IOException {
        byte[] buffer = new byte[START];
        int filled = 0;
        for (int read = in.read(buffer, 0, buffer.length);
                read >= 0;
                read = in.read(buffer, filled, buffer.length - filled)) {
            filled += read;
            int start = 0;
            for (int at = end(buffer, filled - read, filled); at >= 0; at = end(buffer, start, filled)) {
                if (!sink.line(buffer, start, at)) {
                    return End.STOPPED;
                }
                start = at + 1;
            }
            System.arraycopy(buffer, start, buffer, 0, filled - start);
            filled -= start;
            if (filled == buffer.length) {
                if (filled >= MAX) {
                    return End.TOO_LONG;
                }
                buffer = Arrays.copyOf(buffer, buffer.length * 2);
            }
        }
        return filled > 0 ? End.TORN : End.WHOLE;
    }

    /**
     * Where the next line feed is; -1 if there is none. Looks at eight bytes at once, since looking at each takes as long as
     * SHA-256 of them. The lowest of the highest bits that {@code (w - 0x01…01) & ~w} leaves set is that of the first byte of
     * {@code w} that is zero (Warren, Hacker's Delight, section 6-1).
     */
    private static int end(byte[] buffer, int from, int to) {
        int at = from;
        for (; at <= to - Long.BYTES; at += Long.BYTES) {
            long w = (long) EIGHT_BYTES.get(buffer, at) ^ LINE_FEEDS;
            long zeros = (w - ONES) & ~w & HIGHEST_BITS;
            if (zeros != 0) {
                return at + Long.numberOfTrailingZeros(zeros) / Byte.SIZE;
            }
        }
        for (; at < to; at++) {
            if (buffer[at] == '\n') {
                return at;
            }
        }
        return -1;
    }
}
