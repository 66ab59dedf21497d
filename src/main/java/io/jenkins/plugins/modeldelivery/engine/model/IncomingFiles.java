package io.jenkins.plugins.modeldelivery.engine.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
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

    /** @param size in bytes; negative if the source does not say */
    public record Listed(String path, long size) {}

    /**
     * Where the files come from, for messages and for the kind of problem if it does not keep to its own list.
     *
     * @param name as in "The server at https://mlflow.example"
     */
    public record Source(String name, Problem problem) {}

    /** @param bytes of all files together */
    public record Limits(int files, long bytes) {
        public static final Limits DEFAULT = new Limits(100_000, 1L << 42);
    }

    private final Path into;
    private final Path aside;
    private final Source source;
    private final AtomicLong room;
    private final AtomicInteger parts = new AtomicInteger();
    private final Deque<Path> arrived = new ArrayDeque<>();
    private final AtomicBoolean kept = new AtomicBoolean();

    private IncomingFiles(Path into, Path aside, Source source, long room) {
        this.into = into;
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
        checkList(listed, source, limits);
        Path aside = into.resolve(ASIDE + UUID.randomUUID());
        try {
            Files.createDirectories(into);
            removeRubbish(into, listed);
            long free = free(into);
            long size = known(listed);
            if (size > free) {
                throw new DeliveryException(
                        Problem.LOCAL_IO,
                        "The files have " + size + " bytes, and the disk of " + into + " has " + free
                                + " bytes left. Nothing was downloaded. Make room there.");
            }
            Files.createDirectory(aside);
            IncomingFiles files = new IncomingFiles(into, aside, source, Math.min(free, limits.bytes()));
            files.checkNames(listed);
            return files;
        } catch (IOException e) {
            throw uncopied(into, e);
        }
    }

    private static void checkList(List<Listed> listed, Source source, Limits limits) {
        if (listed.size() > limits.files()) {
            throw new DeliveryException(
                    source.problem(),
                    source.name() + " lists " + listed.size() + " files; at most " + limits.files()
                            + " are downloaded. Pack them into fewer.");
        }
        for (Listed file : listed) {
            Optional<String> fault = ModelPaths.fault(file.path());
            if (fault.isPresent()) {
                throw new DeliveryException(
                        source.problem(),
                        source.name() + " lists the file \"" + Texts.brief(file.path(), 200) + "\", which "
                                + fault.get() + ". Nothing was downloaded.");
            }
        }
        long size = known(listed);
        if (size > limits.bytes()) {
            throw new DeliveryException(
                    source.problem(),
                    source.name() + " lists files of " + size + " bytes; at most " + limits.bytes()
                            + " bytes are downloaded.");
        }
    }

    /** Of those that say; a sum beyond all numbers counts as the largest. */
    private static long known(List<Listed> listed) {
        long sum = 0;
        for (Listed file : listed) {
            sum += Math.max(0, file.size());
            if (sum < 0) {
                return Long.MAX_VALUE;
            }
        }
        return sum;
    }

    /** What a download that was killed left on its way. */
    private static void removeRubbish(Path into, List<Listed> listed) throws IOException {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(into, ASIDE + "*")) {
            for (Path path : left) {
                String name = path.getFileName().toString();
                boolean ofModel = listed.stream().anyMatch(file -> (file.path() + "/").startsWith(name + "/"));
                if (!ofModel) {
                    delete(path);
                }
            }
        }
    }

    /** Some file systems, as those of networks, do not know. */
    private static long free(Path directory) throws IOException {
        long free = Files.getFileStore(directory).getUsableSpace();
        return free <= 0 ? Long.MAX_VALUE : free;
    }

    private void checkNames(List<Listed> listed) throws IOException {
        try {
            Path probe = Files.createFile(aside.resolve("Probe"));
            ModelPaths.Traits traits = new ModelPaths.Traits(
                    into.getFileSystem().getSeparator().equals("\\"), Files.exists(aside.resolve("probe")));
            Files.delete(probe);
            for (Listed file : listed) {
                Optional<String> fault = ModelPaths.fault(file.path(), traits);
                if (fault.isPresent()) {
                    throw new DeliveryException(
                            Problem.LOCAL_IO,
                            "The file \"" + Texts.brief(file.path(), 200) + "\" " + fault.get()
                                    + ". Nothing was downloaded. Use another machine, or rename the file and register the"
                                    + " model again.");
                }
            }
            List<String> paths = listed.stream().map(Listed::path).toList();
            Optional<String> conflict = ModelPaths.conflict(paths, traits);
            if (conflict.isPresent()) {
                throw new DeliveryException(
                        source.problem(), source.name() + " lists " + conflict.get() + ". Nothing was downloaded.");
            }
        } catch (RuntimeException | IOException e) {
            delete(aside);
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
            MessageDigest digest = Manifest.sha256();
            if (file.size() >= 0 && length > file.size()) {
                throw more(length + " bytes");
            }
            byte[] piece = new byte[PIECE];
            try (OutputStream out = Files.newOutputStream(path)) {
                for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
                    cancellation.throwIfRequested();
                    long soFar = size.addAndGet(read);
                    boolean full = room.addAndGet(-read) < 0;
                    if (file.size() >= 0 && soFar > file.size()) {
                        throw more("more");
                    }
                    if (full) {
                        throw new DeliveryException(
                                Problem.LOCAL_IO,
                                "The files are larger than the room for them in " + into
                                        + ". What had arrived was deleted. Make room there.");
                    }
                    digest.update(piece, 0, read);
                    out.write(piece, 0, read);
                }
            }
            sha256 = HexFormat.of().formatHex(digest.digest());
        }

        private DeliveryException more(String sent) {
            return differs("sends " + sent);
        }

        private DeliveryException differs(String what) {
            return new DeliveryException(
                    source.problem(),
                    source.name() + " lists the file \"" + Texts.brief(file.path(), 200) + "\" with " + file.size()
                            + " bytes and " + what
                            + ". What had arrived was deleted. Somebody may be writing there: find"
                            + " out who, and try again.");
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
                Files.createDirectories(target.getParent());
                synchronized (arrived) {
                    Files.move(path, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
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
            delete(aside);
            if (!kept.get()) {
                synchronized (arrived) {
                    for (Path file : arrived) {
                        Files.deleteIfExists(file);
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
            if (!Files.exists(at)) {
                continue;
            }
            try (DirectoryStream<Path> left = Files.newDirectoryStream(at)) {
                if (left.iterator().hasNext()) {
                    return;
                }
            }
            Files.deleteIfExists(at);
        }
    }

    private static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException e) throws IOException {
                if (e != null) {
                    throw e;
                }
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static DeliveryException uncopied(Path where, IOException e) {
        return new DeliveryException(
                Problem.LOCAL_IO, "Cannot store " + where + ": " + Texts.brief(e.toString(), 300) + ".", e);
    }
}
