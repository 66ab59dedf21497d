package io.jenkins.plugins.modeldelivery.scale;

import io.jenkins.plugins.modeldelivery.engine.gate.Gate;
import io.jenkins.plugins.modeldelivery.engine.gate.GateEvaluator;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.metrics.MetricsFile;
import io.jenkins.plugins.modeldelivery.engine.record.BulkRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Records of a size that no delivery has made yet, with events as deliveries write them. */
final class LongRecords {
    /** So many of the versions of the long record belong to the job that one user can read. */
    static final int READABLE_VERSIONS = 2000;

    private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");

    private final Path directory;

    /** @param directory of the records */
    LongRecords(Path directory) {
        this.directory = directory;
    }

    /** Of the model {@code churn}: five events a version, of the jobs {@code train} and {@code hidden}. */
    void one(int events) throws IOException {
        int versions = events / 5;
        int every = Math.max(1, versions / READABLE_VERSIONS);
        try (BulkRecord record = new BulkRecord(directory, "main", "churn")) {
            for (int version = 1; version <= versions; version++) {
                boolean readable = version % every == 0;
                delivery(record, version, readable ? "train" : "hidden", readable ? version / every : version);
            }
        }
    }

    /** Five events each; one of a hundred of the job {@code train}, the others of a hundred jobs in {@code teams}. */
    void many(int models) throws IOException {
        for (int i = 0; i < models; i++) {
            String name = String.format(Locale.ROOT, "model-%06d", i);
            try (BulkRecord record = new BulkRecord(directory, "main", name)) {
                delivery(record, 1, i % 100 == 0 && i < 1000 ? "train" : "teams/team-" + i % 100, 1);
            }
        }
    }

    private static void delivery(BulkRecord record, int version, String job, int build) throws IOException {
        String number = Integer.toString(version);
        String url = "http://localhost/jenkins/job/" + job.replace("/", "/job/") + "/" + build + "/";
        Instant time = START.plusSeconds(60L * version);
        String metrics = metrics(version);
        record.append("registered", number, job, url, time, registered(version, metrics));
        record.append("gated", number, job, url, time.plusSeconds(1), gated(metrics));
        if (version % 10 == 0) {
            record.append("promotion-refused", number, job, url, time.plusSeconds(2), refused());
        } else {
            String from = version == 1 ? "" : "\"from\":\"" + (version - 1) + "\",";
            record.append(
                    "promoted",
                    number,
                    job,
                    url,
                    time.plusSeconds(2),
                    "{\"alias\":\"champion\"," + from + "\"to\":\"" + version + "\",\"policy\":\"production\"}");
        }
        String place = "{\"target\":\"edge\",\"endpoint\":\"scores\",\"digest\":\"sha256:" + "1".repeat(64) + "\"}";
        record.append("deployment-started", number, job, url, time.plusSeconds(3), place);
        record.append("deployed", number, job, url, time.plusSeconds(4), place);
    }

    private static String metrics(int version) {
        double auc = 0.86 + version % 40 / 1000.0;
        return String.format(
                Locale.ROOT,
                "[{\"name\":\"auc\",\"value\":%.3f,\"n\":5000},{\"name\":\"log_loss\",\"value\":%.3f},"
                        + "{\"name\":\"auc\",\"value\":%.3f,\"slice\":{\"country\":\"DE\"}},"
                        + "{\"name\":\"auc\",\"value\":%.3f,\"slice\":{\"country\":\"FR\"}}]",
                auc,
                1.2 - auc,
                auc - 0.02,
                auc - 0.01);
    }

    private static String registered(int version, String metrics) {
        return "{\"uri\":\"models:/churn/" + version + "\",\"digest\":\"sha256:" + "1".repeat(64)
                + "\",\"created\":true,\"metrics\":" + metrics
                + ",\"tags\":{\"owner\":\"ml-team\",\"model-delivery.commit\":\"" + "a".repeat(40) + "\"}}";
    }

    private static String gated(String metrics) {
        Gate gate = Gate.of("tabular", List.of("auc >= 0.85", "log_loss <= 0.36", "auc{country=*} >= 0.8"));
        return Json.text(GateEvaluator.evaluate(
                        gate, MetricsFile.parse("m.json", metrics.getBytes(StandardCharsets.UTF_8)), Optional.empty())
                .toJson());
    }

    private static String refused() {
        return "{\"alias\":\"champion\",\"policy\":\"production\",\"decision\":{\"granted\":false,\"approvalNeeded\":false,"
                + "\"rules\":[{\"rule\":\"branches\",\"outcome\":\"UNMET\",\"text\":\"branch dev\",\"needed\":\"main\"}]}}";
    }
}
