package io.jenkins.plugins.modeldelivery.build.operation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.model.Run;
import io.jenkins.plugins.modeldelivery.build.agent.AgentPaths;
import io.jenkins.plugins.modeldelivery.build.record.Hashes;
import io.jenkins.plugins.modeldelivery.engine.io.DurableFiles;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.journal.FileJournal;
import io.jenkins.plugins.modeldelivery.engine.journal.Journal;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.request.InputFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * All that a build keeps of one operation, in a directory of the build: what was asked with the files that it named, how far
 * it has come, and in the end its outcome. The directory is asked of the build each time, since it moves with the job.
 */
public final class OperationSlot {
    private static final String REQUEST = "request.json";
    private static final String JOURNAL = "journal.json";
    private static final String OUTCOME = "outcome.json";

    private final Run<?, ?> run;
    private final String name;

    OperationSlot(Run<?, ?> run, String name) {
        this.run = run;
        this.name = name;
    }

    public Run<?, ?> run() {
        return run;
    }

    public String name() {
        return name;
    }

    boolean isSame(OperationSlot other) {
        return name.equals(other.name) && OperationSlots.isSame(run, other.run);
    }

    Path directory() {
        return OperationSlots.directory(run).resolve(name);
    }

    /**
     * Keeps what was asked, before anything is done.
     *
     * @param inputs by path as the request names them
     */
    void begin(ObjectNode request, Map<String, byte[]> inputs) {
        try {
            Path directory = Files.createDirectories(directory());
            for (Map.Entry<String, byte[]> input : inputs.entrySet()) {
                DurableFiles.replace(inputFile(input.getKey()), directory.resolve("input.new"), input.getValue());
            }
        } catch (IOException e) {
            throw failed("keep the inputs of an operation", e);
        }
        write(REQUEST, request);
    }

    private Path inputFile(String path) {
        return directory().resolve("input-" + Hashes.brief(path));
    }

    private byte[] input(String path) {
        try {
            return Files.readAllBytes(inputFile(path));
        } catch (IOException e) {
            throw failed("read " + path + " as it was when the operation began", e);
        }
    }

    /**
     * The files of the request as they were when the operation began.
     *
     * @param base directory in the workspace where their paths start
     */
    InputFiles inputs(String base) {
        return new InputFiles() {
            @Override
            public byte[] read(String path, int maxBytes) {
                return input(AgentPaths.join(base, path));
            }

            @Override
            public Path path(String path) {
                return AgentPaths.local(AgentPaths.join(base, path));
            }
        };
    }

    /** Empty if the operation was not begun. */
    Optional<ObjectNode> request() {
        return read(REQUEST);
    }

    /**
     * When it was begun.
     *
     * @throws DeliveryException LOCAL_IO if it was not
     */
    Instant begun() {
        try {
            return Files.getLastModifiedTime(directory().resolve(REQUEST)).toInstant();
        } catch (IOException e) {
            throw failed("read when an operation began", e);
        }
    }

    public Journal journal() {
        return new Journal() {
            @Override
            public Optional<ObjectNode> read() {
                return file().read();
            }

            @Override
            public void write(ObjectNode state) {
                file().write(state);
            }

            private Journal file() {
                return new FileJournal(directory().resolve(JOURNAL));
            }
        };
    }

    void end(ObjectNode outcome) {
        write(OUTCOME, outcome);
    }

    /** Empty as long as the operation has not ended. */
    Optional<ObjectNode> outcome() {
        return read(OUTCOME);
    }

    private void write(String name, ObjectNode content) {
        try {
            Path directory = directory();
            DurableFiles.replace(
                    directory.resolve(name),
                    directory.resolve(name + ".new"),
                    Json.text(content).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw failed("write " + name, e);
        }
    }

    private Optional<ObjectNode> read(String name) {
        Path file = directory().resolve(name);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            if (Json.read(Files.readAllBytes(file), ErrorKind.CORRUPT, file.toString()) instanceof ObjectNode object) {
                return Optional.of(object);
            }
        } catch (IOException e) {
            throw failed("read " + name, e);
        }
        throw ErrorKind.CORRUPT.error(file + " holds no object.");
    }

    private DeliveryException failed(String what, IOException e) {
        return ErrorKind.LOCAL_IO.error(
                "Cannot " + what + " in " + directory() + ": " + e + ". Nothing was done after it.", e);
    }
}
