package io.jenkins.plugins.modeldelivery.cli;

import io.jenkins.plugins.modeldelivery.engine.delivery.FileJournal;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.DurableFiles;
import io.jenkins.plugins.modeldelivery.engine.model.Problem;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/** The journals of commands: the same arguments in the same place find the journal of a run that did not end. */
final class Journals {
    private static final String SUFFIX = ".json";

    private final Path directory;

    Journals(Path directory) {
        this.directory = directory;
    }

    /**
     * Opens the journal of a command and keeps it from a second run of the same command.
     *
     * @param command what was typed; a run that did not end and had other inputs is set aside
     * @throws DeliveryException CONFLICT if the same command runs already
     */
    Held hold(List<String> command, Inputs inputs) {
        String family = Inputs.hash(Path.of("").toAbsolutePath() + "\u0000" + String.join("\u0000", command));
        String key = family + "-" + inputs.digest();
        try {
            Files.createDirectories(directory);
            FileChannel channel = FileChannel.open(
                    directory.resolve(family + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = tryLock(channel);
            if (lock == null) {
                channel.close();
                throw new DeliveryException(
                        Problem.CONFLICT,
                        "The same command with the same arguments is running already. Wait for its end.");
            }
            Path file = directory.resolve(key + SUFFIX);
            Optional<Path> aside = setAside(family, file);
            FileJournal journal = new FileJournal(file);
            return new Held(journal, channel, journal.read().isPresent(), aside);
        } catch (IOException e) {
            throw new DeliveryException(Problem.LOCAL_IO, "Cannot keep a journal in " + directory + ": " + e, e);
        }
    }

    /** Renames the journal of an earlier run with other inputs, so that it is never gone on with. */
    private Optional<Path> setAside(String family, Path file) throws IOException {
        Optional<Path> last = Optional.empty();
        try (DirectoryStream<Path> journals = Files.newDirectoryStream(directory, family + "-*" + SUFFIX)) {
            for (Path other : journals) {
                if (!other.equals(file)) {
                    Path aside = other.resolveSibling(other.getFileName() + ".abandoned");
                    DurableFiles.rename(other, aside);
                    last = Optional.of(aside);
                }
            }
        }
        return last;
    }

    private static FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    /** A journal that no other run can use until it is closed. */
    static final class Held implements AutoCloseable {
        private final FileJournal journal;
        private final FileChannel lock;
        private final boolean resumed;
        private final Optional<Path> setAside;

        Held(FileJournal journal, FileChannel lock, boolean resumed, Optional<Path> setAside) {
            this.journal = journal;
            this.lock = lock;
            this.resumed = resumed;
            this.setAside = setAside;
        }

        /** The journal of an earlier run with other inputs, if one did not end. */
        Optional<Path> setAside() {
            return setAside;
        }

        FileJournal journal() {
            return journal;
        }

        boolean resumed() {
            return resumed;
        }

        /** The operation has ended and been shown; the next run of the command is a new one. */
        void finished() {
            journal.delete();
        }

        @Override
        public void close() {
            try {
                lock.close();
            } catch (IOException e) {
                throw new DeliveryException(Problem.LOCAL_IO, "Cannot release the journal's lock: " + e, e);
            }
        }
    }
}
