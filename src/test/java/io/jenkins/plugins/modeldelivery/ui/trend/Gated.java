package io.jenkins.plugins.modeldelivery.ui.trend;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.build.runtime.DeliveryRuntime;
import io.jenkins.plugins.modeldelivery.engine.gate.Gate;
import io.jenkins.plugins.modeldelivery.engine.gate.GateEvaluator;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.metrics.MetricsFile;
import io.jenkins.plugins.modeldelivery.engine.model.VersionIdentity;
import io.jenkins.plugins.modeldelivery.engine.record.EventDraft;
import io.jenkins.plugins.modeldelivery.engine.record.EventType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Writes what deliveries of a job would, without running them. */
final class Gated {
    private final String job;
    private final String model;

    private Gated(String job, String model) {
        this.job = job;
        this.model = model;
    }

    static Gated by(String job, String model) {
        return new Gated(job, model);
    }

    /** A version that the build of the same number gated. */
    Gated version(int number, String metrics, String... checks) {
        return event(
                "gated",
                number,
                GateEvaluator.evaluate(
                                Gate.of("quality", List.of(checks)),
                                MetricsFile.parse("m.json", metrics.getBytes(StandardCharsets.UTF_8)),
                                Optional.empty())
                        .toJson());
    }

    Gated auc(int number, String value) {
        return version(number, "{\"auc\": " + value + "}", "auc >= 0.85");
    }

    Gated promoted(int version, String alias) {
        return event("promoted", version, Json.object().put("alias", alias).put("to", Integer.toString(version)));
    }

    private Gated event(String type, int version, ObjectNode details) {
        DeliveryRuntime.records()
                .append(new EventDraft(
                        EventType.of(type),
                        "main",
                        model,
                        Optional.of(new VersionIdentity(
                                Integer.toString(version), "created " + Integer.toString(version), Optional.empty())),
                        "ann",
                        Optional.of("http://elsewhere.example/job/" + job.replace("/", "/job/") + "/" + version + "/"),
                        Optional.of(job),
                        Optional.empty(),
                        Optional.empty(),
                        details));
        return this;
    }
}
