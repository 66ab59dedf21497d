package io.jenkins.plugins.modeldelivery.engine.model;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Files that are either as they were or as they shall be, also after a power cut. */
public final class DurableFiles {
    private DurableFiles() {}

    /**
     * Replaces a file as a whole: written aside, forced to disk, renamed.
     *
     * @param aside in the same directory; whatever bears this name after a crash is rubbish
     */
    public static void replace(Path file, Path aside, String text) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        write(aside, text);
        rename(aside, file);
    }

    /** Writes a file, replacing what there is, and forces it to disk. */
    public static void write(Path file, String text) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    /** Renames a file, replacing another, or a directory, and makes the rename durable. */
    public static void rename(Path from, Path to) throws IOException {
        Files.createDirectories(to.toAbsolutePath().getParent());
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        forceDirectory(to.toAbsolutePath().getParent());
    }

    /** Makes durable which files a directory holds. */
    public static void forceDirectory(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
