package io.jenkins.plugins.modeldelivery.engine.record.index;

import io.jenkins.plugins.modeldelivery.engine.record.Event;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** A record and its index while they are read. */
final class OpenIndex implements AutoCloseable {
    private final IndexState state;
    private final List<FileChannel> open = new ArrayList<>();
    private final FileChannel lines;
    private final FileChannel entries;
    /** Null if there are none. */
    private final FileChannel pieces;

    /** @param state as it was read before */
    OpenIndex(IndexFiles files, IndexState state) throws IOException {
        this.state = state;
        try {
            lines = open(files.record());
            entries = open(files.entries());
            pieces = IndexBlock.count(state) > 0 ? open(files.pieces()) : null;
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private FileChannel open(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        open.add(channel);
        return channel;
    }

    /** @param sequence from 1 */
    IndexEntry entry(long sequence) throws IOException {
        return entries(entries, sequence, 1).get(0);
    }

    /**
     * The entries of a piece; none if it is known that no one matches.
     *
     * @param number from 0; the piece begins with the entry {@code number * }{@link IndexBlock#ENTRIES}{@code  + 1}
     * @param last no entry after this one is wanted
     */
    List<IndexEntry> piece(long number, long last, EntryFilter filter) throws IOException {
        if (number < IndexBlock.count(state)) {
            ByteBuffer summary = read(pieces, number * IndexBlock.BYTES, IndexBlock.BYTES);
            if (!filter.mayMatchAny(IndexBlock.read(summary))) {
                return List.of();
            }
        }
        long first = number * IndexBlock.ENTRIES + 1;
        return entries(entries, first, (int) Math.min(IndexBlock.ENTRIES, last - first + 1));
    }

    Event event(long sequence, IndexEntry entry) throws IOException {
        byte[] line = read(lines, entry.offset(), entry.length()).array();
        return IndexUpdate.event(line, 0, line.length, sequence);
    }

    /** @param first of them, from 1 */
    static List<IndexEntry> entries(FileChannel index, long first, int count) throws IOException {
        ByteBuffer buffer = read(index, (first - 1) * IndexEntry.BYTES, count * IndexEntry.BYTES);
        List<IndexEntry> read = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            read.add(IndexEntry.read(buffer));
        }
        return read;
    }

    private static ByteBuffer read(FileChannel from, long position, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining()) {
            if (from.read(buffer, position + buffer.position()) < 0) {
                throw new IOException("it shrank while it was read");
            }
        }
        return buffer.flip();
    }

    @Override
    public void close() throws IOException {
        IOException problem = null;
        for (FileChannel channel : open) {
            try {
                channel.close();
            } catch (IOException e) {
                problem = e;
            }
        }
        if (problem != null) {
            throw problem;
        }
    }
}
