package io.jenkins.plugins.modeldelivery.engine.serving;

import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.DurableFiles;
import io.jenkins.plugins.modeldelivery.engine.model.Manifest;
import io.jenkins.plugins.modeldelivery.engine.model.ModelFiles;
import io.jenkins.plugins.modeldelivery.engine.model.TransferProgress;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Directories that appear and go as a whole. */
final class Directories {
    private Directories() {}

    static Manifest copy(ModelFiles files, Path into, TransferProgress progress, Cancellation cancellation)
            throws IOException {
        List<Manifest.Entry> entries = new ArrayList<>(files.files().size());
        long done = 0;
        for (ModelFiles.File file : files.files()) {
            Path target = into.resolve(file.path());
            Files.createDirectories(target.getParent());
            MessageDigest digest = Manifest.sha256();
            try (InputStream in = Files.newInputStream(files.resolve(file))) {
                long copied = DurableFiles.copy(in, target, file.size(), digest, cancellation);
                entries.add(files.entry(file, copied, digest));
                done += copied;
            }
            progress.transferred(done, files.size());
        }
        return Manifest.of(entries);
    }

    /** The same files a second time: hard links where the file system has them, copies where not. */
    static void link(Path from, Path to) throws IOException {
        try (Stream<Path> walk = Files.walk(from)) {
            for (Path path : (Iterable<Path>) walk::iterator) {
                Path target = to.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(target);
                } else {
                    linkFile(path, target);
                }
            }
        }
    }

    private static void linkFile(Path from, Path to) throws IOException {
        try {
            Files.createLink(to, from);
        } catch (UnsupportedOperationException | FileSystemException e) {
            Files.copy(from, to);
        }
    }

    /** Nothing there is as good as deleted. */
    static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> walk = Files.walk(directory)) {
            for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
