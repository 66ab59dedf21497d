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
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The files of a model that arrive in a directory. What arrives is bounded by what was listed before: no other files, no
 * more bytes. A file on its way lies in a directory of its own, under a name that no file of the model has, and gets its
 * path when it is whole. Thread-safe.
 */
public final class IncomingFiles implements AutoCloseable {
    /** A directory of files on their way; after a crash it is rubbish. */
    private static final String ASIDE = ".incoming-";

    private static final int PIECE = 1 << 16;
    /** After an eighth of the reserve, the disk is looked at again, which other downloads fill, too. */
    private static final int EIGHTH = 8;
    /** The reserve is no larger than this part of a disk. */
    private static final int TENTH = 10;

    /** @param size in bytes; negative if the source does not say */
    public record Listed(String path, long size) {}

    /**
     * Where the files come from, for messages and for the kind of problem if it does not keep to its own list.
     *
     * @param name as in "The server at https://mlflow.example"
     */
    public record Source(String name, ErrorKind kind) {}

    /**
     * @param bytes of all files together
     * @param reserve bytes of the disk that stay free, at most a tenth of it
     */
    public record Limits(int files, long bytes, long reserve) {
        public static final Limits DEFAULT = new Limits(100_000, 1L << 42, 1L << 30);
    }

    private final ConfinedFiles disk;
    private final Path into;
    private final long reserve;
    private final Path aside;
    private final Source source;
    private final AtomicLong room;
    private final AtomicInteger parts = new AtomicInteger();
    private final Deque<Path> arrived = new ArrayDeque<>();
    private final AtomicBoolean kept = new AtomicBoolean();

    private IncomingFiles(ConfinedFiles disk, Path aside, Source source, long room, long reserve) {
        this.disk = disk;
        this.into = disk.root();
        this.reserve = reserve;
        this.aside = aside;
        this.source = source;
        this.room = new AtomicLong(room);
    }

    /**
     * @param into is made if it is missing
     * @throws DeliveryException with the source's problem if its list cannot be that of a model, or the model is larger than
     *     the limits; LOCAL_IO if the disk has no room for it, its file system has no such names, or it cannot be written
     */
    public static IncomingFiles open(Path into, List<Listed> listed, Source source, Limits limits) {
        ListedFiles list = new ListedFiles(listed, source);
        list.check(limits);
        try {
            Files.createDirectories(into);
            ConfinedFiles disk = ConfinedFiles.in(into);
            removeRubbish(disk, listed);
            long reserve = reserve(into, limits);
            long free = Math.max(0, free(into) - reserve);
            long size = list.size();
            if (size > free) {
                throw ErrorKind.LOCAL_IO.error(
                        "The files have " + size + " bytes, and the disk of " + into + " has room for " + free
                                + ", with " + reserve
                                + " bytes reserved for others. Nothing was downloaded. Free disk space there.");
            }
            Path aside = disk.root().resolve(ASIDE + UUID.randomUUID());
            disk.createDirectories(aside);
            IncomingFiles files = new IncomingFiles(disk, aside, source, Math.min(free, limits.bytes()), reserve);
            files.checkNames(list);
            return files;
        } catch (IOException e) {
            throw uncopied(into, e);
        }
    }

    /** What a download that was killed left on its way. */
    private static void removeRubbish(ConfinedFiles disk, List<Listed> listed) throws IOException {
        for (Path path : disk.list(disk.root())) {
            String name = path.getFileName().toString();
            boolean ofModel = listed.stream().anyMatch(file -> (file.path() + "/").startsWith(name + "/"));
            if (name.startsWith(ASIDE) && !ofModel) {
                disk.delete(path);
            }
        }
    }

    /** Some file systems, as those of networks, do not know. */
    private static long free(Path directory) throws IOException {
        long free = Files.getFileStore(directory).getUsableSpace();
        return free <= 0 ? Long.MAX_VALUE : free;
    }

    private static long reserve(Path directory, Limits limits) throws IOException {
        long total = Files.getFileStore(directory).getTotalSpace();
        return total <= 0 ? limits.reserve() : Math.min(limits.reserve(), total / TENTH);
    }

    private void checkNames(ListedFiles list) throws IOException {
        try {
            Path probe = aside.resolve("Probe");
            disk.create(probe).close();
            ModelPaths.Traits traits = new ModelPaths.Traits(
                    into.getFileSystem().getSeparator().equals("\\"), Files.exists(aside.resolve("probe")));
            disk.deleteFile(probe);
            list.checkNames(traits);
        } catch (RuntimeException | IOException e) {
            disk.delete(aside);
            throw e;
        }
    }

    /** A file that is on its way; it may begin several times. */
    public final class Part {
        private final Listed file;
        private final Path path = aside.resolve(String.valueOf(parts.incrementAndGet()));
        private final AtomicLong size = new AtomicLong();
        private volatile String sha256 = "";

        private Part(Listed file) {
            this.file = file;
        }

        /**
         * Takes the file from its start; what came before is forgotten.
         *
         * @param length that the source announces, -1 if it does not
         * @throws DeliveryException with the source's problem if it sends more than it listed
         */
        public void write(InputStream in, long length, Cancellation cancellation) throws IOException {
            room.addAndGet(size.getAndSet(0));
            MessageDigest digest = Sha256.start();
            if (file.size() >= 0 && length > file.size()) {
                throw more(length + " bytes");
            }
            byte[] piece = new byte[PIECE];
            long look = reserve / EIGHTH;
            disk.deleteFile(path);
            try (OutputStream out = Channels.newOutputStream(disk.create(path))) {
                for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
                    cancellation.throwIfRequested();
                    long soFar = size.addAndGet(read);
                    boolean full = room.addAndGet(-read) < 0;
                    if (file.size() >= 0 && soFar > file.size()) {
                        throw more("more");
                    }
                    if (soFar > look) {
                        full |= free(into) < reserve;
                        look = soFar + reserve / EIGHTH;
                    }
                    if (full) {
                        throw ErrorKind.LOCAL_IO.error("The files are larger than the room for them in " + into
                                + ". The received files were deleted. Free disk space there.");
                    }
                    digest.update(piece, 0, read);
                    out.write(piece, 0, read);
                }
            }
            sha256 = Sha256.hex(digest);
        }

        private DeliveryException more(String sent) {
            return differs("sends " + sent);
        }

        private DeliveryException differs(String what) {
            return source.kind()
                    .error(source.name() + " lists the file \"" + TextSanitizer.brief(file.path(), 200) + "\" with "
                            + file.size()
                            + " bytes and " + what
                            + ". The received files were deleted. Another process may be writing there. Find it, and try"
                            + " again.");
        }

        /** Of what was written, in lower-case hex. */
        public String sha256() {
            return sha256;
        }

        /**
         * Gives the file its path.
         *
         * @throws DeliveryException with the source's problem if it is not as long as it was listed; LOCAL_IO
         */
        public Manifest.Entry finish() {
            if (file.size() >= 0 && size.get() != file.size()) {
                throw differs("has sent " + size.get());
            }
            Path target = into.resolve(file.path());
            try {
                synchronized (arrived) {
                    disk.move(path, target);
                    arrived.push(target);
                }
            } catch (IOException e) {
                throw uncopied(target, e);
            }
            return new Manifest.Entry(file.path(), size.get(), sha256);
        }
    }

    /** @param file one of those that were listed */
    public Part part(Listed file) {
        return new Part(file);
    }

    /** All of them are there: they stay. */
    public void keep() {
        kept.set(true);
    }

    /** Without {@link #keep}, deletes what has arrived. */
    @Override
    public void close() {
        try {
            disk.delete(aside);
            if (!kept.get()) {
                synchronized (arrived) {
                    for (Path file : arrived) {
                        disk.deleteFile(file);
                        deleteEmpty(file.getParent());
                    }
                }
            }
        } catch (IOException e) {
            throw uncopied(into, e);
        }
    }

    private void deleteEmpty(Path directory) throws IOException {
        for (Path at = directory; !at.equals(into); at = at.getParent()) {
            if (!disk.list(at).isEmpty()) {
                return;
            }
            if (disk.exists(at)) {
                disk.deleteEmpty(at);
            }
        }
    }

    private static DeliveryException uncopied(Path where, IOException e) {
        return ErrorKind.LOCAL_IO.error(
                "Cannot store " + where + ": " + TextSanitizer.brief(e.toString(), 300) + ".", e);
    }
}
