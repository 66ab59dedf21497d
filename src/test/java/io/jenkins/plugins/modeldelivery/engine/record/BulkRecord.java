package io.jenkins.plugins.modeldelivery.engine.record;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.VersionIdentity;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** Writes a new record of many events as the store would, but does not force each of them to the disk. */
public final class BulkRecord implements AutoCloseable {
    private final Path path;
    private final String registry;
    private final String model;
    private final OutputStream out;
    private long sequence;
    private String hash = ChainLine.GENESIS;

    /** @param records directory of all records */
    public BulkRecord(Path records, String registry, String model) throws IOException {
        this.path = FileRecordStore.file(records, registry, model);
        this.registry = registry;
        this.model = model;
        Files.createDirectories(path.getParent());
        this.out = new BufferedOutputStream(Files.newOutputStream(path), 1 << 16);
    }

    /** @param details JSON of an object */
    public void append(String type, String version, String job, String build, Instant time, String details)
            throws IOException {
        EventDraft draft = new EventDraft(
                EventType.of(type),
                registry,
                model,
                Optional.of(new VersionIdentity(version, "created " + version, Optional.empty())),
                "ann",
                Optional.of(build),
                Optional.of(job),
                Optional.of(type + version),
                Optional.empty(),
                (ObjectNode) Json.read(details.getBytes(StandardCharsets.UTF_8), ErrorKind.CORRUPT, "details"));
        sequence++;
        String line = ChainLine.seal(Json.text(Event.content(sequence, time, draft, hash)));
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        hash = ChainLine.statedHash(bytes, 0, bytes.length);
        out.write(bytes);
        out.write('\n');
    }

    public long events() {
        return sequence;
    }

    @Override
    public void close() throws IOException {
        out.close();
        new ChainHead(sequence, hash).write(path);
    }
}
