package io.jenkins.plugins.modeldelivery.engine.journal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.io.DurableFiles;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A journal in one file, replaced as a whole: written aside, forced to disk, renamed. Its second line is the SHA-256 of the
 * first, so that no damaged or edited state is ever gone on from.
 */
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
            throw ErrorKind.LOCAL_IO.error("Cannot read the journal " + file + ": " + e, e);
        }
        return Optional.of(unsealed(new String(bytes, StandardCharsets.UTF_8)));
    }

    private ObjectNode unsealed(String text) {
        int end = text.indexOf('\n');
        String state = text.substring(0, Math.max(0, end));
        if (end < 0 || !text.equals(sealed(state))) {
            throw damaged("it is not what was written");
        }
        if (Json.read(state.getBytes(StandardCharsets.UTF_8), ErrorKind.CORRUPT, "Line 1 of the journal " + file)
                instanceof ObjectNode object) {
            return object;
        }
        throw damaged("line 1 is no object");
    }

    private DeliveryException damaged(String why) {
        return ErrorKind.CORRUPT.error("The journal " + file + " is damaged (" + why
                + "), so the state of the operation is unknown. Check the record of the model and the"
                + " registry, then delete the file to start again.");
    }

    private static String sealed(String state) {
        return state + "\n" + Sha256.hex(state) + "\n";
    }

    @Override
    public void write(ObjectNode state) {
        try {
            DurableFiles.replace(file, file.resolveSibling(file.getFileName() + ".new"), sealed(Json.text(state)));
        } catch (IOException e) {
            throw ErrorKind.LOCAL_IO.error(
                    "Cannot write the journal " + file + ": " + e + ". Nothing was done after it.", e);
        }
    }

    /** Forgets an operation that has ended. */
    public void delete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw ErrorKind.LOCAL_IO.error("Cannot delete the journal " + file + ": " + e, e);
        }
    }
}
