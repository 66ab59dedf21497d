package io.jenkins.plugins.modeldelivery.engine.registry.local;

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
import java.util.UUID;

/** The registry's small JSON files. */
final class Disk {
    /** Names of what is being written; whatever bears one after a crash is rubbish. */
    static final String ASIDE = ".aside-";

    private Disk() {}

    static Path aside(Path file) {
        return file.resolveSibling(ASIDE + UUID.randomUUID());
    }

    static void replace(Path file, ObjectNode json) {
        try {
            DurableFiles.replace(file, aside(file), Json.pretty(json));
        } catch (IOException e) {
            throw failed("write", file, e);
        }
    }

    /** Empty if there is no such file; CORRUPT if it is no JSON object. */
    static Optional<ObjectNode> read(Path file) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            if (Json.read(bytes, Problem.CORRUPT, "The registry's file " + file) instanceof ObjectNode object) {
                return Optional.of(object);
            }
            throw new DeliveryException(Problem.CORRUPT, "The registry's file " + file + " is damaged.");
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw failed("read", file, e);
        }
    }

    static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw failed("delete", file, e);
        }
    }

    static DeliveryException failed(String what, Path file, IOException e) {
        return new DeliveryException(Problem.LOCAL_IO, "Cannot " + what + " " + file + ": " + e, e);
    }
}
