package io.jenkins.plugins.modeldelivery.engine.record.index;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.record.ChainLine;
import io.jenkins.plugins.modeldelivery.engine.record.Event;
import io.jenkins.plugins.modeldelivery.engine.record.EventDraft;
import io.jenkins.plugins.modeldelivery.engine.record.EventType;
import io.jenkins.plugins.modeldelivery.engine.record.FileRecordStore;
import io.jenkins.plugins.modeldelivery.engine.record.RecordLines;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;

/** Brings an index up to date with its record: reads what the record has more than it had, once, line by line. */
record IndexUpdate(IndexFiles files) {
    /** Of a line that is no event. */
    private static final int BUFFERED = 2048;

    /** @return whether there was anything to do */
    boolean bring(IndexState state) throws IOException {
        long before = state.events();
        long summedUp = IndexBlock.count(state);
        try (FileChannel out = FileChannel.open(files.entries(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileChannel in = FileChannel.open(files.record(), StandardOpenOption.READ)) {
            out.truncate(before * IndexEntry.BYTES);
            out.position(before * IndexEntry.BYTES);
            in.position(state.size());
            ByteBuffer buffer = ByteBuffer.allocate(BUFFERED * IndexEntry.BYTES);
            InputStream stream = Channels.newInputStream(in);
            RecordLines.read(stream, (line, from, to) -> {
                String hash = ChainLine.statedHash(line, from, to);
                Event event = event(line, from, to, state.events() + 1);
                state.add(event, to - from, hash == null ? "" : hash).write(buffer);
                if (!buffer.hasRemaining()) {
                    write(buffer, out);
                }
                return true;
            });
            write(buffer, out);
            if (!state.isSmall()) {
                out.force(true);
            }
        }
        sumUp(summedUp, IndexBlock.count(state));
        return state.events() > before;
    }

    /** @param first of the pieces that are not summed up yet; the last one is not included */
    private void sumUp(long first, long last) throws IOException {
        if (first == last) {
            return;
        }
        try (FileChannel out = FileChannel.open(files.pieces(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileChannel in = FileChannel.open(files.entries(), StandardOpenOption.READ)) {
            out.truncate(first * IndexBlock.BYTES);
            out.position(first * IndexBlock.BYTES);
            ByteBuffer buffer = ByteBuffer.allocate(IndexBlock.BYTES);
            for (long piece = first; piece < last; piece++) {
                IndexBlock.of(OpenIndex.entries(in, piece * IndexBlock.ENTRIES + 1, IndexBlock.ENTRIES))
                        .write(buffer);
                write(buffer, out);
            }
            out.force(true);
        }
    }

    private static void write(ByteBuffer buffer, FileChannel out) throws IOException {
        buffer.flip();
        while (buffer.hasRemaining()) {
            out.write(buffer);
        }
        buffer.clear();
    }

    /** A line that is no event is not passed over: it stands in the index as damage that no job wrote. */
    static Event event(byte[] line, int from, int to, long number) {
        try {
            return FileRecordStore.parse(line, from, to);
        } catch (IllegalArgumentException e) {
            ObjectNode details = Json.object().put("line", number).put("reason", e.getMessage());
            EventDraft draft = new EventDraft(
                    EventType.DAMAGED,
                    "",
                    "",
                    Optional.empty(),
                    "",
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    details);
            return new Event(number, Instant.EPOCH, draft, "", "");
        }
    }
}
