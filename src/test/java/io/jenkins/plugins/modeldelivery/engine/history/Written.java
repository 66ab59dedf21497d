package io.jenkins.plugins.modeldelivery.engine.history;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.model.VersionIdentity;
import io.jenkins.plugins.modeldelivery.engine.record.EventDraft;
import io.jenkins.plugins.modeldelivery.engine.record.EventType;
import io.jenkins.plugins.modeldelivery.engine.record.FileRecordStore;
import io.jenkins.plugins.modeldelivery.engine.record.index.IndexedRecord;
import io.jenkins.plugins.modeldelivery.engine.record.index.RecordIndex;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;

/** A record of the model churn that grows by an event a minute. */
public final class Written {
    public static final Instant START = Instant.parse("2026-01-02T03:00:00Z");

    private final Path directory;
    private final String job;
    private final int[] minutes;

    public Written(Path directory) {
        this(directory, "train", new int[1]);
    }

    private Written(Path directory, String job, int[] minutes) {
        this.directory = directory;
        this.job = job;
        this.minutes = minutes;
    }

    /** The same record, written by another job. */
    public Written by(String other) {
        return new Written(directory, other, minutes);
    }

    /** When the event number {@code number}, from 1, was written. */
    public static Instant time(int number) {
        return START.plus(Duration.ofMinutes(number));
    }

    public Written event(String type, String version, String operation, String policyDigest, ObjectNode details) {
        minutes[0]++;
        new FileRecordStore(directory.resolve("records"), Clock.fixed(time(minutes[0]), ZoneOffset.UTC))
                .append(new EventDraft(
                        EventType.of(type),
                        "main",
                        "churn",
                        Optional.of(new VersionIdentity(
                                version,
                                "created " + version,
                                Optional.ofNullable(details.path("digest").textValue()))),
                        "ann",
                        Optional.of("http://jenkins.example/job/" + job + "/" + minutes[0] + "/"),
                        Optional.of(job),
                        Optional.of(operation),
                        Optional.ofNullable(policyDigest),
                        details));
        return this;
    }

    public Written event(String type, String version, ObjectNode details) {
        return event(type, version, type + " " + version, null, details);
    }

    public Written registered(String version, String metrics) {
        return event(
                "registered",
                version,
                json("{\"digest\": \"sha256:" + version + "\", \"size\": 2207, \"files\": 2,"
                        + "\"metrics\": " + metrics
                        + ", \"tags\": {\"owner\": \"ml\", \"model-delivery.commit\": \"abc\","
                        + "\"model-delivery.branch\": \"main\"}, \"parameters\": {\"depth\": \"6\"},"
                        + "\"datasets\": [{\"name\": \"holdout\", \"digest\": \"sha256:data\"}]}"));
    }

    public Written gated(String version, String verdict, String checks) {
        return event(
                "gated",
                version,
                json("{\"gate\": \"tabular\", \"gateDigest\": \"gate-" + version + "\", \"verdict\": \"" + verdict
                        + "\", \"checks\": " + checks + "}"));
    }

    /** @param from null if no version had the alias */
    public Written promoted(String version, String from) {
        ObjectNode details = json(
                "{\"alias\": \"champion\", \"policy\": \"production\","
                        + "\"decision\": {\"rules\": [{\"rule\": \"gate tabular\", \"outcome\": \"MET\", \"text\": \"it passed\"}]}}");
        details.put("from", from).put("to", version);
        return event("promoted", version, "promote " + version, "policy-" + version, details);
    }

    public Written rollout(String type, String version, String previous) {
        ObjectNode details = Json.object().put("target", "prod").put("endpoint", "scores");
        details.put("digest", "sha256:" + version);
        if (previous != null) {
            details.putObject("serves").put("model", "churn").put("version", previous);
        }
        return event(type, version, details);
    }

    public static ObjectNode json(String text) {
        return (ObjectNode) Json.read(
                text.getBytes(java.nio.charset.StandardCharsets.UTF_8),
                io.jenkins.plugins.modeldelivery.engine.model.ErrorKind.INVALID_INPUT,
                "A test's text");
    }

    public IndexedRecord read() {
        return new RecordIndex(directory.resolve("records"), directory.resolve("index"), Clock.systemUTC())
                .open("main", "churn")
                .orElseThrow();
    }

    /** Of a version that there is. */
    public VersionStory story(String version) {
        return VersionStory.of(read(), job -> true, version).orElseThrow();
    }
}
