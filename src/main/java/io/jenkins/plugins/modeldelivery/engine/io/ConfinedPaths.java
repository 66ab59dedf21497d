package io.jenkins.plugins.modeldelivery.engine.io;

import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Paths below some roots that lead through no link.
 *
 * @param roots real paths; they need not exist
 */
record ConfinedPaths(List<Path> roots) {
    ConfinedPaths {
        roots = List.copyOf(roots);
    }

    static ConfinedPaths of(Path... roots) {
        return new ConfinedPaths(Stream.of(roots).map(ConfinedPaths::real).toList());
    }

    /** The path by which everybody reaches the same file, of one that need not exist. */
    static Path real(Path path) {
        Path absolute = path.toAbsolutePath().normalize();
        try {
            return absolute.toRealPath();
        } catch (IOException e) {
            Path parent = absolute.getParent();
            return parent == null ? absolute : real(parent).resolve(absolute.getFileName());
        }
    }

    private Path rootOf(Path path) {
        return roots.stream()
                .filter(path::startsWith)
                .max(Comparator.comparingInt(Path::getNameCount))
                .orElseThrow(() -> new IllegalArgumentException(path + " is not below " + roots));
    }

    /**
     * Refuses a path that leads through a link, or is one.
     *
     * @throws DeliveryException CONFLICT
     */
    void check(Path path) throws IOException {
        Path root = rootOf(path);
        Path existing = null;
        for (Path at : fromRoot(root, path)) {
            if (Files.isSymbolicLink(at)) {
                throw link(at, root);
            }
            existing = Files.exists(at, LinkOption.NOFOLLOW_LINKS) ? at : existing;
        }
        // Junctions of Windows are no symbolic links, and a directory above the root may have become one.
        if (existing != null && !existing.toRealPath().startsWith(root)) {
            throw link(existing, root);
        }
    }

    private static List<Path> fromRoot(Path root, Path path) {
        return Stream.iterate(path, at -> at != null && at.startsWith(root), Path::getParent)
                .sorted(Comparator.comparingInt(Path::getNameCount))
                .toList();
    }

    /** Does something with a file, by its name in its open directory. */
    @FunctionalInterface
    interface Relative {
        void run(SecureDirectoryStream<Path> directory, Path name) throws IOException;
    }

    @FunctionalInterface
    interface Absolute {
        void run() throws IOException;
    }

    /** @param absolute instead, where the system does not open files relative to a directory */
    void in(Path path, Relative relative, Absolute absolute) throws IOException {
        Optional<SecureDirectoryStream<Path>> opened = open(path.getParent());
        if (opened.isEmpty()) {
            absolute.run();
            return;
        }
        try (SecureDirectoryStream<Path> directory = opened.get()) {
            relative.run(directory, path.getFileName());
        }
    }

    /** Opens a file, which is no link. */
    SeekableByteChannel channel(Path file, Set<OpenOption> options) throws IOException {
        Set<OpenOption> all = new HashSet<>(options);
        all.add(LinkOption.NOFOLLOW_LINKS);
        Optional<SecureDirectoryStream<Path>> opened = open(file.getParent());
        if (opened.isEmpty()) {
            return Files.newByteChannel(file, all);
        }
        try (SecureDirectoryStream<Path> directory = opened.get()) {
            return directory.newByteChannel(file.getFileName(), all);
        }
    }

    /** Deletes a file, or a directory with all that is in it. */
    static void delete(SecureDirectoryStream<Path> directory, Path name) throws IOException {
        BasicFileAttributes attributes = directory
                .getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .readAttributes();
        if (!attributes.isDirectory()) {
            directory.deleteFile(name);
            return;
        }
        try (SecureDirectoryStream<Path> inside = directory.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
            for (Path child : inside) {
                delete(inside, child.getFileName());
            }
        }
        directory.deleteDirectory(name);
    }

    private static DeliveryException link(Path path, Path root) {
        return ErrorKind.CONFLICT.error(path + " is a link or leads through one. No link is followed in " + root
                + ". Remove the link, and find out who created it.");
    }

    /**
     * Opens a directory from its root on, without following a link. Callers must close it.
     *
     * @return empty where the system does not open files relative to a directory
     */
    Optional<SecureDirectoryStream<Path>> open(Path directory) throws IOException {
        Path root = rootOf(directory);
        if (root.getFileSystem() != FileSystems.getDefault()) {
            // Whether a move replaces a file is each file system's own decision: rename(2) does, others do not.
            return Optional.empty();
        }
        DirectoryStream<Path> top = Files.newDirectoryStream(root);
        if (!(top instanceof SecureDirectoryStream<Path> secure)) {
            top.close();
            return Optional.empty();
        }
        SecureDirectoryStream<Path> at = secure;
        for (Path below : fromRoot(root, directory)) {
            if (!below.equals(root)) {
                try (SecureDirectoryStream<Path> above = at) {
                    at = above.newDirectoryStream(below.getFileName(), LinkOption.NOFOLLOW_LINKS);
                }
            }
        }
        return Optional.of(at);
    }
}
