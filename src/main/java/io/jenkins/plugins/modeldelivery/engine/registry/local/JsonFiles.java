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
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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

    // What follows takes stored JSON for what it must be; whatever else is there is damage, an
    // IllegalArgumentException.

    static String text(JsonNode json, String key) {
        JsonNode value = json.required(key);
        return text(value);
    }

    private static String text(JsonNode value) {
        if (!value.isTextual()) {
            throw new IllegalArgumentException("a text was expected, not " + value.getNodeType());
        }
        return value.textValue();
    }

    static long whole(JsonNode json, String key) {
        JsonNode value = json.required(key);
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw new IllegalArgumentException(key + " is no whole number");
        }
        return value.longValue();
    }

    static JsonNode object(JsonNode json, String key) {
        JsonNode value = json.required(key);
        if (!value.isObject()) {
            throw new IllegalArgumentException(key + " is no object");
        }
        return value;
    }

    static JsonNode array(JsonNode json, String key) {
        JsonNode value = json.required(key);
        if (!value.isArray()) {
            throw new IllegalArgumentException(key + " is no list");
        }
        return value;
    }

    static Map<String, String> textsByKey(JsonNode json, String key) {
        Map<String, String> texts = new TreeMap<>();
        object(json, key).properties().forEach(e -> texts.put(e.getKey(), text(e.getValue())));
        return texts;
    }
}
