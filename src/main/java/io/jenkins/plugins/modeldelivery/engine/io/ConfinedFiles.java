package io.jenkins.plugins.modeldelivery.engine.io;

import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ModelPaths;
import io.jenkins.plugins.modeldelivery.engine.model.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Files below directories in which others write, too, as those of a serving target or of a registry. No link is followed below
 * them: anybody who shares such a directory can change what lies in it, and nothing else.
 *
 * <p>Each access compares the real path with the root first. Where the system opens files relative to an open directory (all of
 * POSIX), reads, writes, renames and deletions then go through directories that are opened one by one from the root, so that a
 * link which appears meanwhile is not followed either. For new directories and hard links that moment remains: a directory
 * without content, or a further name of a file on the same file system, is the most that it can lead to.
 *
 * <p>A link in the way is reported as a {@link DeliveryException} with CONFLICT.
 */
public final class ConfinedFiles {
    /** A manifest of the most files that a model may have is smaller. */
    private static final long LARGEST = 128L << 20;

    private final ConfinedPaths paths;

    private ConfinedFiles(ConfinedPaths paths) {
        this.paths = paths;
    }

    /** @param roots need not exist; where links lead to one of them, it is the directory at their end that counts from now on */
    public static ConfinedFiles in(Path... roots) {
        return new ConfinedFiles(ConfinedPaths.of(roots));
    }

    /** The first root, as everybody reaches it. */
    public Path root() {
        return paths.roots().get(0);
    }

    /** As {@link ConfinedPaths#real}. */
    public static Path real(Path path) {
        return ConfinedPaths.real(path);
    }

    /** Without following a link. */
    public boolean exists(Path path) {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }

    /** Of a directory, sorted; empty if there is none. */
    public List<Path> list(Path directory) throws IOException {
        paths.check(directory);
        try (Stream<Path> list = Files.list(directory)) {
            return list.sorted().toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    /**
     * A regular file: to open a pipe may never end.
     *
     * @throws NoSuchFileException if there is none
     */
    public InputStream open(Path file, long largest) throws IOException {
        paths.check(file);
        BasicFileAttributes attributes =
                Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!attributes.isRegularFile()) {
            throw new FileSystemException(file.toString(), null, "not a regular file");
        }
        if (attributes.size() > largest) {
            throw new FileSystemException(file.toString(), null, attributes.size() + " bytes are too many");
        }
        return Channels.newInputStream(paths.channel(file, Set.of(StandardOpenOption.READ)));
    }

    /** Of one of this program's own small files. */
    public byte[] read(Path file) throws IOException {
        try (InputStream in = open(file, LARGEST)) {
            return in.readNBytes((int) LARGEST);
        }
    }

    /** In lower-case hex. */
    public String sha256(Path file) throws IOException {
        MessageDigest digest = Sha256.start();
        try (InputStream in = new DigestInputStream(open(file, Long.MAX_VALUE), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return Sha256.hex(digest);
    }

    /**
     * Something in a directory that is no directory.
     *
     * @param name relative, with {@code /}
     * @param isFile false for a link, a pipe and the like
     */
    public record Found(Path path, String name, boolean isFile, long size, Instant modified) {}

    /** Everything in a directory, at any depth; empty if there is none. */
    public List<Found> files(Path directory) throws IOException {
        paths.check(directory);
        List<Found> found = new ArrayList<>();
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            return found;
        }
        try (Stream<Path> walk = Files.walk(directory)) {
            for (Path path : (Iterable<Path>) walk::iterator) {
                BasicFileAttributes attributes =
                        Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
                if (!attributes.isDirectory()) {
                    found.add(new Found(
                            path,
                            ModelPaths.relative(directory, path),
                            attributes.isRegularFile(),
                            attributes.size(),
                            attributes.lastModifiedTime().toInstant()));
                }
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return found;
    }

    public void createDirectories(Path directory) throws IOException {
        paths.check(directory);
        Files.createDirectories(directory);
    }

    /** A new file, which must not be there yet. */
    public SeekableByteChannel create(Path file) throws IOException {
        paths.check(file);
        return paths.channel(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
    }

    /** Writes a file, replacing what there is, and forces it to disk. */
    public void write(Path file, byte[] content) throws IOException {
        paths.check(file);
        try (SeekableByteChannel channel = paths.channel(file, DurableFiles.REPLACE)) {
            DurableFiles.write(channel, ByteBuffer.wrap(content));
            DurableFiles.force(channel);
        }
    }

    /** As {@link DurableFiles#replace}. */
    public void replace(Path file, Path aside, byte[] content) throws IOException {
        createDirectories(file.getParent());
        try {
            write(aside, content);
            rename(aside, file);
        } finally {
            // On a full disk its half would only take away more room.
            deleteFile(aside);
        }
    }

    /** As {@link DurableFiles#rename}. */
    public void rename(Path from, Path to) throws IOException {
        move(from, to);
        DurableFiles.forceDirectory(to.getParent());
    }

    /** As {@link #rename}, for callers that make the rename durable later. */
    public void move(Path from, Path to) throws IOException {
        createDirectories(to.getParent());
        paths.check(from);
        paths.check(to);
        Optional<SecureDirectoryStream<Path>> source = paths.open(from.getParent());
        if (source.isEmpty()) {
            DurableFiles.rename(from, to);
            return;
        }
        try (SecureDirectoryStream<Path> here = source.get();
                SecureDirectoryStream<Path> there = paths.open(to.getParent()).orElseThrow()) {
            here.move(from.getFileName(), there, to.getFileName());
        }
    }

    /** Of a file that need not be there. */
    public void touch(Path file, Instant time) throws IOException {
        paths.check(file);
        if (!exists(file)) {
            return;
        }
        FileTime modified = FileTime.from(time);
        paths.in(
                file,
                (directory, name) -> directory
                        .getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                        .setTimes(modified, null, null),
                () -> Files.setLastModifiedTime(file, modified));
    }

    /**
     * The same files a second time: hard links where the file system has them, copies where not.
     *
     * @param name of a file in the new tree, by its name in the old one
     */
    public void link(Path from, Path to, UnaryOperator<String> name) throws IOException {
        createDirectories(to);
        for (Found file : files(from)) {
            if (file.isFile()) {
                Path target = to.resolve(name.apply(file.name()));
                createDirectories(target.getParent());
                linkFile(file, target);
            }
        }
    }

    private void linkFile(Found from, Path to) throws IOException {
        paths.check(from.path());
        paths.check(to);
        try {
            Files.createLink(to, from.path());
        } catch (UnsupportedOperationException | FileSystemException e) {
            try (InputStream in = open(from.path(), Long.MAX_VALUE);
                    OutputStream out = Channels.newOutputStream(create(to))) {
                in.transferTo(out);
            }
            touch(to, from.modified());
        }
    }

    /** Deletes a file or a link, which need not be there. */
    public void deleteFile(Path file) throws IOException {
        paths.check(file.getParent());
        if (!exists(file)) {
            return;
        }
        try {
            paths.in(file, SecureDirectoryStream::deleteFile, () -> Files.deleteIfExists(file));
        } catch (NoSuchFileException e) {
            // Somebody else was faster.
            return;
        }
    }

    /** Deletes a directory with all that is in it, or a file; it need not be there. Links go, and not what they lead to. */
    public void delete(Path tree) throws IOException {
        paths.check(tree.getParent());
        if (!exists(tree)) {
            return;
        }
        paths.in(tree, ConfinedPaths::delete, () -> DurableFiles.deleteTree(tree));
    }

    /** As {@link #delete}, for what no server reads and the next change deletes anyway. */
    public void deleteQuietly(Path tree) {
        try {
            delete(tree);
        } catch (IOException | DeliveryException e) {
            return;
        }
    }

    /** A directory that is empty. */
    public void deleteEmpty(Path directory) throws IOException {
        paths.check(directory);
        paths.in(directory, SecureDirectoryStream::deleteDirectory, () -> Files.delete(directory));
    }

    /** The file, for {@link FileLocks}; no link leads to it. */
    public Path checked(Path file) throws IOException {
        paths.check(file);
        return file;
    }
}
