package io.jenkins.plugins.modeldelivery.engine.record;

import io.jenkins.plugins.modeldelivery.engine.io.DurableFiles;
import io.jenkins.plugins.modeldelivery.engine.io.FileLocks;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.Optional;

/** One record, locked against other threads and processes. */
final class RecordFile implements AutoCloseable {
    /** The file is read back from its end in pieces of this size. */
    private static final int PIECE = 8192;

    private final Path path;
    private final FileLocks.Held lock;
    private final FileChannel data;

    private RecordFile(Path path, FileLocks.Held lock, FileChannel data) {
        this.path = path;
        this.lock = lock;
        this.data = data;
    }

    /**
     * @param sequence of the last line, 0 if there is none
     * @param hash of the last line
     */
    record Tail(long sequence, String hash) {}

    static RecordFile lock(Path path) throws IOException {
        Files.createDirectories(path.getParent());
        FileLocks.Held lock = FileLocks.exclusive(path.resolveSibling(path.getFileName() + ".lock"));
        try {
            boolean fresh = !Files.exists(path);
            FileChannel data = FileChannel.open(
                    path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (fresh) {
                DurableFiles.forceDirectory(path.getParent());
            }
            return new RecordFile(path, lock, data);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    Path path() {
        return path;
    }

    /** Finds the last line; a torn one (a crash in the middle of an append) is set aside in a file of its own. */
    Tail repair(Clock clock) throws IOException {
        long size = data.size();
        long end = lineFeedBefore(size) + 1;
        if (end < size) {
            Path aside = path.resolveSibling(
                    path.getFileName() + ".torn-" + clock.instant().toEpochMilli());
            try (FileChannel out = FileChannel.open(aside, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
                for (long from = end; from < size; ) {
                    from += data.transferTo(from, size - from, out);
                }
                out.force(true);
            }
            data.truncate(end);
            data.force(true);
        }
        Tail tail = end == 0 ? new Tail(0, ChainLine.GENESIS) : tail(end);
        Optional<ChainHead> head = ChainHead.read(path);
        if (head.isPresent() && head.get().sequence() > tail.sequence()) {
            throw new CorruptRecordException("it ends at event " + tail.sequence() + ", but there was an event "
                    + head.get().sequence()
                    + ": its end was removed. Run record verify, and restore the end from a backup");
        }
        return tail;
    }

    /** Position of the last line feed before that one; -1 if there is none. */
    private long lineFeedBefore(long position) throws IOException {
        for (long to = position; to > 0; ) {
            int length = (int) Math.min(PIECE, to);
            byte[] piece = read(to - length, length);
            for (int i = length - 1; i >= 0; i--) {
                if (piece[i] == '\n') {
                    return to - length + i;
                }
            }
            to -= length;
        }
        return -1;
    }

    private Tail tail(long end) throws IOException {
        long start = lineFeedBefore(end - 1) + 1;
        byte[] line = end - 1 - start <= RecordLines.MAX ? read(start, (int) (end - 1 - start)) : new byte[0];
        String hash = ChainLine.statedHash(line, 0, line.length);
        long sequence = ChainLine.statedSequence(line, 0, line.length);
        if (hash == null || sequence < 0) {
            throw new CorruptRecordException(
                    "its last line is not an event. Run record verify, and restore the end from a backup");
        }
        return new Tail(sequence, hash);
    }

    private byte[] read(long position, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining()) {
            if (data.read(buffer, position + buffer.position()) < 0) {
                throw new IOException("the file shrank while it was read");
            }
        }
        return buffer.array();
    }

    /** Writes one line after the last and forces it to the disk; what a full disk took of it is taken back. */
    void append(String line, ChainHead head) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
        long end = data.size();
        try {
            for (long position = end; bytes.hasRemaining(); ) {
                position += data.write(bytes, position);
            }
            data.force(false);
        } catch (IOException e) {
            data.truncate(end);
            throw e;
        }
        head.write(path);
    }

    @Override
    public void close() throws IOException {
        try {
            data.close();
        } finally {
            lock.close();
        }
    }
}
