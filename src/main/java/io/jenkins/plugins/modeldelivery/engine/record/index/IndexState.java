package io.jenkins.plugins.modeldelivery.engine.record.index;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.io.DurableFiles;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.record.ChainLine;
import io.jenkins.plugins.modeldelivery.engine.record.Event;
import io.jenkins.plugins.modeldelivery.engine.record.RecordSummary;
import io.jenkins.plugins.modeldelivery.engine.record.StateKeys;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** How far an index has read its record, and what it knows of all of it. Small, however long the record. */
final class IndexState {
    private static final int FORMAT = 6;

    /** What a page of memory holds. */
    private static final int FEW = 4096 / IndexEntry.BYTES;

    private final Map<String, Integer> jobs = new LinkedHashMap<>();
    private final Map<String, Integer> types = new LinkedHashMap<>();
    /** By the number of a job: when its newest event was written. */
    private final Map<Integer, Long> times = new HashMap<>();
    /** By topic and job: the newest event. */
    private final Map<String, Map<Integer, Long>> newest = new TreeMap<>();

    private String registry = "";
    private String model = "";
    private long size;
    private long events;
    private String hash = ChainLine.GENESIS;

    /** Of the record, in bytes, as far as it was read. */
    long size() {
        return size;
    }

    long events() {
        return events;
    }

    /** That the last line which was read states. */
    String hash() {
        return hash;
    }

    /** By their numbers. */
    List<String> jobs() {
        return List.copyOf(jobs.keySet());
    }

    /** By their numbers. */
    List<String> types() {
        return List.copyOf(types.keySet());
    }

    Map<String, Map<Integer, Long>> newest() {
        return newest;
    }

    RecordSummary row() {
        Map<String, Instant> newestByJob = new HashMap<>();
        jobs.forEach((job, number) -> newestByJob.put(job, Instant.ofEpochMilli(times.get(number))));
        return new RecordSummary(registry, model, newestByJob);
    }

    /** Takes in the next line. */
    IndexEntry add(Event event, int length, String statedHash) {
        events++;
        if (model.isEmpty()) {
            registry = event.draft().registry();
            model = event.draft().model();
        }
        int job = number(jobs, event.draft().job().orElse(""));
        int type = number(types, event.draft().type().text());
        IndexEntry entry = new IndexEntry(
                size,
                length,
                event.time().toEpochMilli(),
                job,
                type,
                version(event.draft().version()));
        StateKeys.endedBy(event).forEach(newest::remove);
        for (String topic : StateKeys.of(event)) {
            newest.computeIfAbsent(topic, key -> new HashMap<>()).put(job, events);
        }
        size += length + 1L;
        hash = statedHash;
        times.merge(job, entry.time(), Math::max);
        return entry;
    }

    static int version(Optional<String> version) {
        return version.map(String::hashCode).orElse(0);
    }

    private static int number(Map<String, Integer> names, String name) {
        Integer present = names.putIfAbsent(name, names.size());
        return present == null ? names.size() - 1 : present;
    }

    void write(Path file) throws IOException {
        ObjectNode json = Json.object();
        json.put("format", FORMAT).put("registry", registry).put("model", model);
        json.put("size", size).put("events", events).put("hash", hash);
        jobs().forEach(json.putArray("jobs")::add);
        ArrayNode newestTimes = json.putArray("times");
        jobs.values().forEach(number -> newestTimes.add(times.get(number)));
        types().forEach(json.putArray("types")::add);
        ObjectNode topics = json.putObject("newest");
        newest.forEach((topic, byJob) -> {
            ObjectNode numbers = topics.putObject(topic);
            byJob.forEach((job, sequence) -> numbers.put(job.toString(), sequence));
        });
        Path aside = file.resolveSibling(file.getFileName() + ".new");
        if (isSmall()) {
            Files.writeString(aside, Json.text(json));
            Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } else {
            DurableFiles.replace(file, aside, Json.text(json));
        }
    }

    /**
     * Whether the index is read through faster than it is forced to the disk. Then it is not forced, since there may be many
     * thousands of them, but checked each time: after a power cut it may be anything.
     */
    boolean isSmall() {
        return events <= FEW;
    }

    /** Whether the entries lead from the record's first line to where this state was read to, line by line. */
    boolean isWhole(IndexFiles files) throws IOException {
        byte[] all = Files.readAllBytes(files.entries());
        int length = Math.toIntExact(events * IndexEntry.BYTES);
        if (all.length < length) {
            return false;
        }
        ByteBuffer buffer = ByteBuffer.wrap(all, 0, length);
        long next = 0;
        while (buffer.hasRemaining()) {
            IndexEntry entry = IndexEntry.read(buffer);
            boolean known =
                    entry.job() >= 0 && entry.job() < jobs.size() && entry.type() >= 0 && entry.type() < types.size();
            if (!known || entry.offset() != next || entry.length() < 0) {
                return false;
            }
            next += entry.length() + 1L;
        }
        return next == size;
    }

    /** Empty if there is none that this version can read; then the record is read anew. */
    static Optional<IndexState> read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            JsonNode json = Json.read(Files.readAllBytes(file), ErrorKind.CORRUPT, file.toString());
            return json.path("format").asInt() == FORMAT ? Optional.of(fromJson(json)) : Optional.empty();
        } catch (DeliveryException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static IndexState fromJson(JsonNode json) {
        IndexState state = new IndexState();
        state.registry = json.path("registry").asText();
        state.model = json.path("model").asText();
        state.size = json.path("size").asLong();
        state.events = json.path("events").asLong();
        state.hash = json.path("hash").asText();
        json.path("jobs").forEach(job -> {
            int number = number(state.jobs, job.asText());
            state.times.put(number, json.path("times").path(number).asLong());
        });
        json.path("types").forEach(type -> number(state.types, type.asText()));
        json.path("newest").properties().forEach(topic -> {
            Map<Integer, Long> byJob = new HashMap<>();
            topic.getValue()
                    .properties()
                    .forEach(job -> byJob.put(
                            Integer.valueOf(job.getKey()), job.getValue().asLong()));
            state.newest.put(topic.getKey(), byJob);
        });
        return state;
    }
}
