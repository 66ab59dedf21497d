package io.jenkins.plugins.modeldelivery.engine.delivery;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.DurableFiles;
import io.jenkins.plugins.modeldelivery.engine.model.Json;
import io.jenkins.plugins.modeldelivery.engine.model.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** A journal in one file, replaced as a whole: written aside, forced to disk, renamed. */
public final class FileJournal implements Journal {
    private final Path file;

    public FileJournal(Path file) {
        this.file = file;
    }

    @Override
    public Optional<ObjectNode> read() {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new DeliveryException(Problem.LOCAL_IO, "Cannot read the journal " + file + ": " + e, e);
        }
        if (Json.read(bytes, Problem.CORRUPT, "The journal " + file) instanceof ObjectNode object) {
            return Optional.of(object);
        }
        throw new DeliveryException(
                Problem.CORRUPT,
                "The journal " + file
                        + " is damaged, so what was done cannot be told. Look at the model's record and the"
                        + " registry, then delete the file to start over.");
    }

    @Override
    public void write(ObjectNode state) {
        try {
            DurableFiles.replace(file, file.resolveSibling(file.getFileName() + ".new"), Json.text(state));
        } catch (IOException e) {
            throw new DeliveryException(
                    Problem.LOCAL_IO,
                    "Cannot write the journal " + file + ": " + e + ". Nothing was done after it.",
                    e);
        }
    }

    /** Forgets an operation that has ended. */
    public void delete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new DeliveryException(Problem.LOCAL_IO, "Cannot delete the journal " + file + ": " + e, e);
        }
    }
}
