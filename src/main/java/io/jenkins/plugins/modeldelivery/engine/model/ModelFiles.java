package io.jenkins.plugins.modeldelivery.engine.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * The files of a model on disk, listed but not yet read. A single file is a model of one file. Links that leave the
 * directory are refused; others are followed as files.
 *
 * @param root the directory, or the directory that holds the single file
 * @param files sorted by path
 */
public record ModelFiles(Path root, List<File> files) {
    /**
     * @param path relative, with {@code /}
     * @param size in bytes when it was listed; a file that has another size when it is read is an error of the reader
     */
    public record File(String path, long size) {}

    public ModelFiles {
        files = List.copyOf(files);
    }

    /**
     * @throws DeliveryException {@link Problem#INVALID_INPUT} if there is nothing, nothing in it, or a link leaves it;
     *     {@link Problem#LOCAL_IO} if it cannot be read
     */
    public static ModelFiles list(Path path) {
        if (!Files.exists(path)) {
            throw new DeliveryException(Problem.INVALID_INPUT, "There is no file or directory " + path + ".");
        }
        try {
            if (!Files.isDirectory(path)) {
                Path parent = path.toAbsolutePath().getParent();
                return new ModelFiles(
                        parent, List.of(new File(path.getFileName().toString(), Files.size(path))));
            }
            Path real = path.toRealPath();
            List<File> files = new ArrayList<>();
            try (Stream<Path> walk = Files.walk(path, FileVisitOption.FOLLOW_LINKS)) {
                for (Path file : (Iterable<Path>) walk::iterator) {
                    if (Files.isSymbolicLink(file) && !file.toRealPath().startsWith(real)) {
                        throw new DeliveryException(
                                Problem.INVALID_INPUT,
                                "The link " + path.relativize(file) + " leaves the model directory " + path
                                        + ". Copy what it points at into the directory.");
                    }
                    if (!Files.isDirectory(file)) {
                        files.add(new File(relative(path, file), Files.size(file)));
                    }
                }
            }
            if (files.isEmpty()) {
                throw new DeliveryException(Problem.INVALID_INPUT, "The model directory " + path + " has no files.");
            }
            files.sort((a, b) -> a.path().compareTo(b.path()));
            return new ModelFiles(path, files);
        } catch (UncheckedIOException | IOException e) {
            throw new DeliveryException(Problem.LOCAL_IO, "Cannot list the model files in " + path + ": " + e, e);
        }
    }

    private static String relative(Path root, Path file) {
        String path =
                root.relativize(file).toString().replace(file.getFileSystem().getSeparator(), "/");
        if (path.chars().anyMatch(Character::isISOControl)) {
            throw new DeliveryException(
                    Problem.INVALID_INPUT,
                    "The file name \"" + Texts.brief(path, 120) + "\" holds a control character. Rename the file.");
        }
        return path;
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
     * @throws DeliveryException {@link Problem#LOCAL_IO} if a file cannot be read or has changed since it was listed
     */
    public Manifest hash(Cancellation cancellation) {
        List<Manifest.Entry> entries = new ArrayList<>(files.size());
        for (File file : files) {
            cancellation.throwIfRequested();
            MessageDigest digest = Manifest.sha256();
            long size;
            try (InputStream in = new DigestInputStream(Files.newInputStream(resolve(file)), digest)) {
                size = in.transferTo(java.io.OutputStream.nullOutputStream());
            } catch (IOException e) {
                throw new DeliveryException(Problem.LOCAL_IO, "Cannot read " + resolve(file) + ": " + e, e);
            }
            entries.add(entry(file, size, digest));
        }
        return Manifest.of(entries);
    }

    /**
     * The manifest entry for a file of which {@code read} bytes went through {@code digest}.
     *
     * @throws DeliveryException {@link Problem#LOCAL_IO} if the file has another size than when it was listed
     */
    public static Manifest.Entry entry(File file, long read, MessageDigest digest) {
        if (read != file.size()) {
            throw new DeliveryException(
                    Problem.LOCAL_IO,
                    "The file " + file.path() + " changed while it was read (" + file.size() + " bytes when listed, "
                            + read + " now). Let the training finish writing before the model is registered.");
        }
        return new Manifest.Entry(file.path(), read, HexFormat.of().formatHex(digest.digest()));
    }
}
