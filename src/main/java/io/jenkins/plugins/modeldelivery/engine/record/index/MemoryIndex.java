package io.jenkins.plugins.modeldelivery.engine.record.index;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.Arrays;

/**
 * An index that is read through faster than it is forced to the disk, so it is not forced: there may be many thousands of
 * them. Instead it is checked each time, since after a power cut it may be anything.
 */
final class MemoryIndex {
    /** What a page of memory holds. */
    private static final int MOST_EVENTS = 4096 / IndexEntry.BYTES;

    private MemoryIndex() {}

    static boolean is(IndexState state) {
        return state.events() <= MOST_EVENTS;
    }

    /** Whether the entries lead from the record's first line to where the state says that it was read to, line by line. */
    static boolean isWhole(IndexState state, IndexFiles files) throws IOException {
        byte[] all = Files.readAllBytes(files.entries());
        int length = Math.toIntExact(state.events() * IndexEntry.BYTES);
        if (all.length < length) {
            return false;
        }
        ByteBuffer buffer = ByteBuffer.wrap(Arrays.copyOf(all, length));
        int jobs = state.jobs().size();
        int types = state.types().size();
        long next = 0;
        while (buffer.hasRemaining()) {
            IndexEntry entry = IndexEntry.read(buffer);
            boolean known = entry.job() >= 0 && entry.job() < jobs && entry.type() >= 0 && entry.type() < types;
            if (!known || entry.offset() != next || entry.length() < 0) {
                return false;
            }
            next += entry.length() + 1L;
        }
        return next == state.size();
    }
}
