package io.jenkins.plugins.modeldelivery.cli.run;

import io.jenkins.plugins.modeldelivery.engine.io.DurableFiles;
import io.jenkins.plugins.modeldelivery.engine.io.FileLocks;
import io.jenkins.plugins.modeldelivery.engine.journal.FileJournal;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The journals of commands: the same arguments in the same place find the journal of a run that did not end. */
final class CommandJournals {
    private static final String SUFFIX = ".json";

    private final Path directory;

    CommandJournals(Path directory) {
        this.directory = directory;
    }

    /**
     * Opens the journal of a command and keeps it from a second run of the same command.
     *
     * @param command what was typed; a run that did not end and had other inputs is set aside
     * @param inputs see {@link InputFingerprint}
     * @throws DeliveryException CONFLICT if the same command runs already
     */
    Held hold(List<String> command, String inputs) {
        String family = InputFingerprint.hash(Path.of("").toAbsolutePath() + "\u0000" + String.join("\u0000", command));
        String key = family + "-" + inputs;
        FileLocks.Held lock = FileLocks.tryExclusive(directory.resolve(family + ".lock"))
                .orElseThrow(() -> ErrorKind.CONFLICT.error(
                        "The same command with the same arguments is already running. Wait until it ends."));
        try {
            Path file = directory.resolve(key + SUFFIX);
            Optional<Path> aside = setAside(family, file);
            FileJournal journal = new FileJournal(file);
            return new Held(journal, lock, journal.read().isPresent(), aside);
        } catch (IOException e) {
            lock.close();
            throw ErrorKind.LOCAL_IO.error("Cannot keep a journal in " + directory + ": " + e, e);
        } catch (DeliveryException e) {
            lock.close();
            throw e;
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

    /**
     * A journal that no other run can use until it is closed.
     *
     * @param resumed whether an earlier run of the same did not end
     * @param setAside the journal of an earlier run with other inputs, if one did not end
     */
    record Held(FileJournal journal, FileLocks.Held lock, boolean resumed, Optional<Path> setAside)
            implements AutoCloseable {
        /** The operation has ended and been shown; the next run of the command is a new one. */
        void finished() {
            journal.delete();
        }

        @Override
        public void close() {
            lock.close();
        }
    }
}
