package io.jenkins.plugins.modeldelivery.engine.serving;

import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.Manifest;
import io.jenkins.plugins.modeldelivery.engine.model.ModelFiles;
import io.jenkins.plugins.modeldelivery.engine.model.TransferProgress;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Directories that appear and go as a whole. */
final class Directories {
    private static final int PIECE = 1 << 18;

    private Directories() {}

    static Manifest copy(ModelFiles files, Path into, TransferProgress progress, Cancellation cancellation)
            throws IOException {
        List<Manifest.Entry> entries = new ArrayList<>(files.files().size());
        long done = 0;
        for (ModelFiles.File file : files.files()) {
            Path target = into.resolve(file.path());
            Files.createDirectories(target.getParent());
            MessageDigest digest = Manifest.sha256();
            long copied = copy(files.resolve(file), target, digest, cancellation);
            entries.add(ModelFiles.entry(file, copied, digest));
            done += copied;
            progress.transferred(done, files.size());
        }
        return Manifest.of(entries);
    }

    private static long copy(Path from, Path to, MessageDigest digest, Cancellation cancellation) throws IOException {
        byte[] piece = new byte[PIECE];
        long copied = 0;
        try (InputStream in = Files.newInputStream(from);
                FileChannel out = FileChannel.open(to, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
                cancellation.throwIfRequested();
                digest.update(piece, 0, read);
                ByteBuffer bytes = ByteBuffer.wrap(piece, 0, read);
                while (bytes.hasRemaining()) {
                    out.write(bytes);
                }
                copied += read;
            }
            out.force(true);
        }
        return copied;
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
