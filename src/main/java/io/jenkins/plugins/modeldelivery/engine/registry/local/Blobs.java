package io.jenkins.plugins.modeldelivery.engine.registry.local;

import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.DurableFiles;
import io.jenkins.plugins.modeldelivery.engine.model.Manifest;
import io.jenkins.plugins.modeldelivery.engine.model.ModelFiles;
import io.jenkins.plugins.modeldelivery.engine.model.Problem;
import io.jenkins.plugins.modeldelivery.engine.model.TransferProgress;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** The content of all files, once each, named by its SHA-256. */
final class Blobs {
    private static final int PIECE = 1 << 18;

    private final Path directory;

    Blobs(Path root) {
        this.directory = root.resolve("blobs");
    }

    private Path blob(String sha256) {
        return directory.resolve(sha256.substring(0, 2)).resolve(sha256);
    }

    /** Copies and hashes every file in one pass. */
    Manifest store(ModelFiles files, TransferProgress progress, Cancellation cancellation) {
        List<Manifest.Entry> entries = new ArrayList<>(files.files().size());
        long total = files.size();
        long done = 0;
        for (ModelFiles.File file : files.files()) {
            entries.add(store(files.resolve(file), file, cancellation));
            done += file.size();
            progress.transferred(done, total);
        }
        return Manifest.of(entries);
    }

    private Manifest.Entry store(Path source, ModelFiles.File file, Cancellation cancellation) {
        Path aside = Disk.aside(directory.resolve("any"));
        try {
            Files.createDirectories(directory);
            MessageDigest digest = Manifest.sha256();
            long read;
            try (InputStream in = Files.newInputStream(source)) {
                read = copy(in, aside, digest, cancellation);
            }
            Manifest.Entry entry = ModelFiles.entry(file, read, digest);
            Path blob = blob(entry.sha256());
            if (Files.exists(blob)) {
                Files.delete(aside);
            } else {
                Files.createDirectories(blob.getParent());
                DurableFiles.rename(aside, blob);
            }
            return entry;
        } catch (IOException e) {
            throw new DeliveryException(
                    Problem.LOCAL_IO,
                    "Cannot copy " + source + " into the registry " + directory.getParent() + ": " + e,
                    e);
        } finally {
            Disk.delete(aside);
        }
    }

    private static long copy(InputStream in, Path to, MessageDigest digest, Cancellation cancellation)
            throws IOException {
        byte[] piece = new byte[PIECE];
        long copied = 0;
        try (FileChannel out = FileChannel.open(to, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
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

    /** Copies a version's files out; CORRUPT if a blob is not what its name says. */
    void copyTo(Manifest manifest, Path into, TransferProgress progress, Cancellation cancellation) {
        long done = 0;
        for (Manifest.Entry entry : manifest.entries()) {
            Path target = into.resolve(entry.path()).normalize();
            if (!target.startsWith(into.normalize())) {
                throw new DeliveryException(
                        Problem.CORRUPT, "The file name " + entry.path() + " leaves the directory.");
            }
            Path aside = Disk.aside(into.resolve("any"));
            MessageDigest digest = Manifest.sha256();
            try {
                Files.createDirectories(target.getParent());
                try (InputStream in = Files.newInputStream(blob(entry.sha256()))) {
                    copy(in, aside, digest, cancellation);
                }
                if (!HexFormat.of().formatHex(digest.digest()).equals(entry.sha256())) {
                    throw new DeliveryException(
                            Problem.CORRUPT,
                            "The registry's file " + blob(entry.sha256()) + " is damaged: its content has another hash."
                                    + " Restore it from a backup, or register the model again.");
                }
                Files.move(aside, target, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                throw new DeliveryException(
                        Problem.LOCAL_IO, "Cannot copy " + entry.path() + " out of the registry: " + e, e);
            } finally {
                Disk.delete(aside);
            }
            done += entry.size();
            progress.transferred(done, manifest.size());
        }
    }
}
