package io.jenkins.plugins.modeldelivery.engine.io;

import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.Sleeper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Comparator;
import java.util.Set;
import java.util.stream.Stream;

/** Files that are either as they were or as they shall be, also after a power cut. */
public final class DurableFiles {
    /** How a file is opened whose content is replaced. */
    static final Set<OpenOption> REPLACE =
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);

    private static final int PIECE = 1 << 18;
    /** How often a file is renamed at most while another program holds it, and the pause between. */
    private static final int MOVES = 20;

    private static final Duration HELD = Duration.ofMillis(50);

    private DurableFiles() {}

    /**
     * Replaces a file as a whole: written aside, forced to disk, renamed.
     *
     * @param aside in the same directory; whatever has this name after a crash is rubbish
     */
    public static void replace(Path file, Path aside, String text) throws IOException {
        replace(file, aside, text.getBytes(StandardCharsets.UTF_8));
    }

    /** As {@link #replace(Path, Path, String)}. */
    public static void replace(Path file, Path aside, byte[] content) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        try {
            write(aside, content);
            rename(aside, file);
        } finally {
            // On a full disk its half would only take away more room.
            Files.deleteIfExists(aside);
        }
    }

    private static void write(Path file, byte[] content) throws IOException {
        try (FileChannel channel = FileChannel.open(file, REPLACE)) {
            write(channel, ByteBuffer.wrap(content));
            channel.force(true);
        }
    }

    static void write(SeekableByteChannel file, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            file.write(bytes);
        }
    }

    /** Deletes a directory with all that is in it, or a file; it need not be there. Links go, and not what they lead to. */
    public static void deleteTree(Path tree) throws IOException {
        if (!Files.exists(tree, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> walk = Files.walk(tree)) {
            for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }

    /**
     * Copies a stream into a new file, hashing it on the way, and forces it to disk.
     *
     * @param out of the new file; callers must close it
     * @param expected how many bytes there should be; no more than one beyond is read, so that a source that grows for ever
     *     has an end
     * @return bytes copied
     */
    public static long copy(
            InputStream in, SeekableByteChannel out, long expected, MessageDigest digest, Cancellation cancellation)
            throws IOException {
        byte[] piece = new byte[PIECE];
        long copied = 0;
        for (int read = in.read(piece); read >= 0 && copied <= expected; read = in.read(piece)) {
            cancellation.throwIfRequested();
            digest.update(piece, 0, read);
            write(out, ByteBuffer.wrap(piece, 0, read));
            copied += read;
        }
        force(out);
        return copied;
    }

    /** Of a file that is open; those of file systems in memory have nothing to force. */
    static void force(SeekableByteChannel file) throws IOException {
        if (file instanceof FileChannel channel) {
            channel.force(true);
        }
    }

    /** Renames a file, replacing another, or a directory, and makes the rename durable. */
    public static void rename(Path from, Path to) throws IOException {
        rename(
                from,
                to,
                (source, target) ->
                        Files.move(source, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING),
                Sleeper.REAL);
    }

    @FunctionalInterface
    interface Move {
        void move(Path from, Path to) throws IOException;
    }

    static void rename(Path from, Path to, Move move, Sleeper pause) throws IOException {
        Files.createDirectories(to.toAbsolutePath().getParent());
        for (int tries = 1; ; tries++) {
            try {
                move.move(from, to);
                break;
            } catch (FileSystemException e) {
                if (tries == MOVES || !heldByAnother(from, e)) {
                    throw e;
                }
                pause.pause(HELD, Cancellation.NONE);
            }
        }
        forceDirectory(to.toAbsolutePath().getParent());
    }

    /** On Windows nobody can rename a file that another program, such as a virus scanner, has open just now. */
    private static boolean heldByAnother(Path file, FileSystemException e) {
        boolean isOfAnotherKind = e instanceof NoSuchFileException
                || e instanceof FileAlreadyExistsException
                || e instanceof DirectoryNotEmptyException
                || e instanceof AtomicMoveNotSupportedException;
        return !opensDirectories(file) && !isOfAnotherKind;
    }

    /**
     * Makes durable which files a directory holds. Where a directory cannot be opened, as on Windows, that is left to the
     * file system; what is in the files is forced to disk there, too.
     */
    public static void forceDirectory(Path directory) throws IOException {
        if (!opensDirectories(directory)) {
            return;
        }
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** POSIX lets a process open a directory, and force it to disk; Windows does not, and has no such file system. */
    private static boolean opensDirectories(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
