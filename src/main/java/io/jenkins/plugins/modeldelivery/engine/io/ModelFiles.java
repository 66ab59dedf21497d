package io.jenkins.plugins.modeldelivery.engine.io;

import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.Manifest;
import io.jenkins.plugins.modeldelivery.engine.model.ModelPaths;
import io.jenkins.plugins.modeldelivery.engine.model.Sha256;
import io.jenkins.plugins.modeldelivery.engine.model.TextSanitizer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The files of a model on disk, listed but not yet read. A single file is a model of one file. Links that leave the
 * directory are refused; others are followed as files. What is neither file nor directory (a pipe, a socket, a device) is
 * refused, since reading it might never end.
 *
 * @param root the directory, or the directory that holds the single file
 * @param files sorted by path
 */
public record ModelFiles(Path root, List<File> files) {
    /**
     * @param path relative, with {@code /}
     * @param size in bytes when it was listed
     * @param modified when it was changed last, as of when it was listed
     */
    public record File(String path, long size, FileTime modified) {}

    public ModelFiles {
        files = List.copyOf(files);
    }

    /**
     * @throws DeliveryException {@link ErrorKind#INVALID_INPUT} if there is nothing, nothing in it, a link leaves it or leads
     *     nowhere, or something in it is no file; {@link ErrorKind#LOCAL_IO} if it cannot be read
     */
    public static ModelFiles list(Path path) {
        if (!Files.exists(path)) {
            throw ErrorKind.INVALID_INPUT.error("There is no file or directory " + shown(path) + ".");
        }
        try {
            if (!Files.isDirectory(path)) {
                Path absolute = path.toAbsolutePath();
                return new ModelFiles(absolute.getParent(), List.of(file(absolute.getParent(), absolute)));
            }
            Path real = path.toRealPath();
            List<File> files = new ArrayList<>();
            try (Stream<Path> walk = Files.walk(path, FileVisitOption.FOLLOW_LINKS)) {
                for (Path file : (Iterable<Path>) walk::iterator) {
                    checkLink(path, real, file);
                    if (!Files.isDirectory(file)) {
                        files.add(file(path, file));
                    }
                }
            }
            if (files.size() > IncomingFiles.Limits.DEFAULT.files()) {
                throw ErrorKind.INVALID_INPUT.error("The model directory " + shown(path) + " has " + files.size()
                        + " files; at most " + IncomingFiles.Limits.DEFAULT.files()
                        + " are allowed in a model. Pack them into fewer files.");
            }
            if (files.isEmpty()) {
                throw ErrorKind.INVALID_INPUT.error("The model directory " + shown(path) + " has no files.");
            }
            files.sort((a, b) -> a.path().compareTo(b.path()));
            return new ModelFiles(path, files);
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof FileSystemLoopException loop) {
                throw ErrorKind.INVALID_INPUT.error("The link " + shown(Path.of(loop.getFile()))
                        + " points to one of its parent directories. Remove the link.");
            }
            throw unlisted(path, e.getCause());
        } catch (IOException e) {
            throw unlisted(path, e);
        }
    }

    private static void checkLink(Path root, Path real, Path file) throws IOException {
        if (!Files.isSymbolicLink(file)) {
            return;
        }
        if (!Files.exists(file)) {
            throw ErrorKind.INVALID_INPUT.error("The link " + shown(root.relativize(file)) + " in the model directory "
                    + shown(root) + " points to a file that does not exist. Remove the link, or create the file.");
        }
        if (!file.toRealPath().startsWith(real)) {
            throw ErrorKind.INVALID_INPUT.error("The link " + shown(root.relativize(file))
                    + " leaves the model directory " + shown(root) + ". Copy the file into the directory.");
        }
    }

    private static File file(Path root, Path file) throws IOException {
        String path = ModelPaths.relative(root, file);
        if (path.chars().anyMatch(Character::isISOControl)) {
            throw ErrorKind.INVALID_INPUT.error("The file name \"" + TextSanitizer.brief(path, 120)
                    + "\" holds a control character. Rename the file.");
        }
        Optional<String> fault = ModelPaths.fault(path);
        if (fault.isPresent()) {
            throw ErrorKind.INVALID_INPUT.error("The file \"" + TextSanitizer.brief(path, 200)
                    + "\" in the model directory " + shown(root) + " " + fault.get() + ". Rename it, or move it up.");
        }
        if (!encodable(root, path)) {
            throw ErrorKind.INVALID_INPUT.error(
                    "The name of the file " + shown(file) + " cannot be decoded in the encoding of this system ("
                            + System.getProperty("sun.jnu.encoding") + "). Rename the file.");
        }
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        if (!attributes.isRegularFile()) {
            throw ErrorKind.INVALID_INPUT.error(
                    shown(file) + " is a pipe, a socket or a device. It cannot be part of a model. Remove it.");
        }
        return new File(path, attributes.size(), attributes.lastModifiedTime());
    }

    /** Whether the text of a name leads back to the file; it does not for bytes that are no text. */
    private static boolean encodable(Path root, String path) {
        try {
            return Files.exists(root.resolve(path), LinkOption.NOFOLLOW_LINKS);
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static String shown(Path path) {
        return TextSanitizer.brief(path.toString(), 200);
    }

    private static DeliveryException unlisted(Path path, IOException e) {
        return ErrorKind.LOCAL_IO.error(
                "Cannot list the model files in " + shown(path) + ": " + TextSanitizer.brief(e.toString(), 300), e);
    }

    public Path resolve(File file) {
        return root.resolve(file.path());
    }

    public long size() {
        return files.stream().mapToLong(File::size).sum();
    }

    /**
     * Reads every file once and hashes it.
     *
     * @throws DeliveryException {@link ErrorKind#LOCAL_IO} if a file cannot be read or has changed since it was listed
     */
    public Manifest hash(Cancellation cancellation) {
        List<Manifest.Entry> entries = new ArrayList<>(files.size());
        for (File file : files) {
            cancellation.throwIfRequested();
            MessageDigest digest = Sha256.start();
            try (InputStream in = new DigestInputStream(Files.newInputStream(resolve(file)), digest)) {
                entries.add(entry(file, in.transferTo(OutputStream.nullOutputStream()), digest));
            } catch (IOException e) {
                throw ErrorKind.LOCAL_IO.error("Cannot read " + resolve(file) + ": " + e, e);
            }
        }
        return Manifest.of(entries);
    }

    /**
     * The manifest entry for a file of which {@code read} bytes went through {@code digest}.
     *
     * @throws DeliveryException {@link ErrorKind#LOCAL_IO} if the file has changed since it was listed, also if that left its
     *     size as it was: what was read may be half old and half new
     */
    public Manifest.Entry entry(File file, long read, MessageDigest digest) throws IOException {
        FileTime modified = Files.getLastModifiedTime(resolve(file));
        if (read != file.size() || !modified.equals(file.modified())) {
            throw ErrorKind.LOCAL_IO.error("The file " + TextSanitizer.brief(file.path(), 200)
                    + " changed while it was read ("
                    + (read == file.size() ? "at " + modified : file.size() + " bytes when listed, now different")
                    + "). Register the model after the training has finished writing.");
        }
        return new Manifest.Entry(file.path(), read, Sha256.hex(digest));
    }
}
