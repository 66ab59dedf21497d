package io.jenkins.plugins.modeldelivery.engine.registry.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.io.ConfinedFiles;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.TextSanitizer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** The registry's small JSON files, in a directory in which agents write, too. */
final class JsonFiles {
    /** Names of what is being written; whatever has one after a crash is rubbish. */
    static final String ASIDE = ".aside-";

    private final ConfinedFiles files;

    JsonFiles(ConfinedFiles files) {
        this.files = files;
    }

    ConfinedFiles files() {
        return files;
    }

    static Path aside(Path file) {
        return file.resolveSibling(ASIDE + UUID.randomUUID());
    }

    void replace(Path file, ObjectNode json) {
        try {
            files.replace(file, aside(file), Json.pretty(json).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw failed("write", file, e);
        }
    }

    /**
     * Empty if there is no such file.
     *
     * @param form throws IllegalArgumentException where the file is not what this registry writes
     * @param remedy what to do if it is not; the end of the message
     * @throws DeliveryException CORRUPT that names the file, LOCAL_IO
     */
    <T> Optional<T> read(Path file, Function<JsonNode, T> form, String remedy) {
        byte[] bytes;
        try {
            bytes = files.read(file);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw failed("read", file, e);
        }
        try {
            return Optional.of(form.apply(Json.read(bytes, ErrorKind.CORRUPT, "It")));
        } catch (IllegalArgumentException | DateTimeException | DeliveryException e) {
            throw ErrorKind.CORRUPT.error(
                    "The registry's file " + file + " is damaged (" + TextSanitizer.brief(e.getMessage(), 200) + "). "
                            + remedy,
                    e);
        }
    }

    void delete(Path file) {
        try {
            files.deleteFile(file);
        } catch (IOException e) {
            throw failed("delete", file, e);
        }
    }

    static DeliveryException failed(String what, Path file, IOException e) {
        return DeliveryException.ofDisk(what + " " + file, e);
    }
}
