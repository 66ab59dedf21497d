package io.jenkins.plugins.modeldelivery.engine.record;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Takes a record apart into its lines, in one pass and with no more memory than its longest line needs. */
final class Lines {
    /** Longest line, in bytes; a longer one is no event. */
    static final int MAX = 16 * 1024 * 1024;

    private static final int START = 1 << 16;

    private Lines() {}

    /** What the last line was. */
    enum End {
        WHOLE,
        /** It has no end: a crash in the middle of an append. */
        TORN,
        TOO_LONG,
        /** Whoever took the lines wanted no more. */
        STOPPED
    }

    /** Takes a line without its line feed. */
    @FunctionalInterface
    interface Sink {
        /** @return false to stop */
        boolean line(byte[] buffer, int from, int to) throws IOException;
    }

    static End read(InputStream in, Sink sink) throws IOException {
        byte[] buffer = new byte[START];
        int filled = 0;
        for (int read = in.read(buffer, 0, buffer.length);
                read >= 0;
                read = in.read(buffer, filled, buffer.length - filled)) {
            filled += read;
            int start = 0;
            for (int at = filled - read; at < filled; at++) {
                if (buffer[at] == '\n') {
                    if (!sink.line(buffer, start, at)) {
                        return End.STOPPED;
                    }
                    start = at + 1;
                }
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
}
