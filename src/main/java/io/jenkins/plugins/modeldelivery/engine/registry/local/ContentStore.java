package io.jenkins.plugins.modeldelivery.engine.registry.local;

import io.jenkins.plugins.modeldelivery.engine.io.DurableFiles;
import io.jenkins.plugins.modeldelivery.engine.io.IncomingFiles;
import io.jenkins.plugins.modeldelivery.engine.io.ModelFiles;
import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.Manifest;
import io.jenkins.plugins.modeldelivery.engine.model.Sha256;
import io.jenkins.plugins.modeldelivery.engine.model.TextSanitizer;
import io.jenkins.plugins.modeldelivery.engine.model.TransferProgress;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The content of all files, once each, named by its SHA-256. */
final class ContentStore {
    private final JsonFiles disk;
    private final Path directory;

    ContentStore(JsonFiles disk) {
        this.disk = disk;
        this.directory = disk.files().root().resolve("blobs");
    }

    private Path blob(String sha256) {
        return directory.resolve(sha256.substring(0, 2)).resolve(sha256);
    }

    Manifest store(ModelFiles files, TransferProgress progress, Cancellation cancellation) {
        List<Manifest.Entry> entries = new ArrayList<>(files.files().size());
        Set<Path> changed = new TreeSet<>();
        long total = files.size();
        long done = 0;
        for (ModelFiles.File file : files.files()) {
            Manifest.Entry entry = store(files, file, cancellation);
            entries.add(entry);
            changed.add(blob(entry.sha256()).getParent());
            done += file.size();
            progress.transferred(done, total);
        }
        force(changed);
        return Manifest.of(entries);
    }

    /** Once for all files: nobody is told of a blob before this. */
    private void force(Set<Path> changed) {
        try {
            for (Path each : changed) {
                DurableFiles.forceDirectory(each);
            }
            DurableFiles.forceDirectory(directory);
        } catch (IOException e) {
            throw JsonFiles.failed("force to disk what is in", directory, e);
        }
    }

    private Manifest.Entry store(ModelFiles files, ModelFiles.File file, Cancellation cancellation) {
        Path source = files.resolve(file);
        Path aside = JsonFiles.aside(directory.resolve("any"));
        try {
            disk.files().createDirectories(directory);
            MessageDigest digest = Sha256.start();
            long read;
            try (InputStream in = Files.newInputStream(source);
                    SeekableByteChannel out = disk.files().create(aside)) {
                read = DurableFiles.copy(in, out, file.size(), digest, cancellation);
            }
            Manifest.Entry entry = files.entry(file, read, digest);
            // Also over one that is there: it may be damaged, and these bytes are known to be whole.
            Path blob = blob(entry.sha256());
            disk.files().move(aside, blob);
            return entry;
        } catch (IOException e) {
            throw ErrorKind.LOCAL_IO.error(
                    "Cannot copy " + source + " into the registry " + directory.getParent() + ": " + e, e);
        } finally {
            disk.delete(aside);
        }
    }

    /** Copies a version's files out; CORRUPT if a blob is not what its name says. */
    void copyTo(Manifest manifest, Path into, TransferProgress progress, Cancellation cancellation) {
        List<IncomingFiles.Listed> listed = manifest.entries().stream()
                .map(entry -> new IncomingFiles.Listed(entry.path(), entry.size()))
                .toList();
        IncomingFiles.Source source =
                new IncomingFiles.Source("The registry " + directory.getParent(), ErrorKind.CORRUPT);
        long done = 0;
        try (IncomingFiles incoming = IncomingFiles.open(into, listed, source, IncomingFiles.Limits.DEFAULT)) {
            for (int i = 0; i < listed.size(); i++) {
                copyTo(manifest.entries().get(i), incoming.part(listed.get(i)), cancellation);
                done += listed.get(i).size();
                progress.transferred(done, manifest.size());
            }
            incoming.keep();
        }
    }

    private void copyTo(Manifest.Entry entry, IncomingFiles.Part part, Cancellation cancellation) {
        Path blob = blob(entry.sha256());
        try (InputStream in = disk.files().open(blob, Long.MAX_VALUE)) {
            if (Files.size(blob) != entry.size()) {
                throw damaged(blob, "is damaged: it has another size");
            }
            part.write(in, entry.size(), cancellation);
        } catch (NoSuchFileException e) {
            throw Files.exists(blob) ? uncopied(entry, e) : damaged(blob, "is gone");
        } catch (IOException e) {
            throw uncopied(entry, e);
        }
        if (!part.sha256().equals(entry.sha256())) {
            throw damaged(blob, "is damaged: its content has another hash");
        }
        part.finish();
    }

    private static DeliveryException damaged(Path blob, String what) {
        return ErrorKind.CORRUPT.error("The registry's file " + blob + " " + what
                + ". Restore it from a backup, or register the model again, which repairs it.");
    }

    private static DeliveryException uncopied(Manifest.Entry entry, IOException e) {
        return ErrorKind.LOCAL_IO.error(
                "Cannot copy " + TextSanitizer.brief(entry.path(), 200) + " out of the registry: " + e, e);
    }
}
