package io.jenkins.plugins.modeldelivery.cli;

import io.jenkins.plugins.modeldelivery.engine.delivery.FileJournal;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.Manifest;
import io.jenkins.plugins.modeldelivery.engine.model.Problem;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.List;

/** The journals of commands: the same arguments in the same place find the journal of a run that did not end. */
final class Journals {
    private final Path directory;

    Journals(Path directory) {
        this.directory = directory;
    }

    /**
     * Opens the journal of a command and keeps it from a second run of the same command.
     *
     * @throws DeliveryException CONFLICT if the same command runs already
     */
    Held hold(String verb, Settings settings, List<String> arguments) {
        String identity = verb + "\n" + settings.configuration().toAbsolutePath() + "\n"
                + Path.of("").toAbsolutePath() + "\n" + String.join("\u0000", arguments);
        String key =
                HexFormat.of().formatHex(Manifest.sha256().digest(identity.getBytes(StandardCharsets.UTF_8)), 0, 12);
        try {
            Files.createDirectories(directory);
            FileChannel channel = FileChannel.open(
                    directory.resolve(key + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = tryLock(channel);
            if (lock == null) {
                channel.close();
                throw new DeliveryException(
                        Problem.CONFLICT,
                        "The same command with the same arguments is running already. Wait for its end.");
            }
            FileJournal journal = new FileJournal(directory.resolve(key + ".json"));
            return new Held(journal, channel, journal.read().isPresent());
        } catch (IOException e) {
            throw new DeliveryException(Problem.LOCAL_IO, "Cannot keep a journal in " + directory + ": " + e, e);
        }
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

        Held(FileJournal journal, FileChannel lock, boolean resumed) {
            this.journal = journal;
            this.lock = lock;
            this.resumed = resumed;
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
