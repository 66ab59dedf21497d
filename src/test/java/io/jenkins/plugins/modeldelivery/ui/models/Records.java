package io.jenkins.plugins.modeldelivery.ui.models;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.build.runtime.DeliveryRuntime;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.model.VersionIdentity;
import io.jenkins.plugins.modeldelivery.engine.record.Event;
import io.jenkins.plugins.modeldelivery.engine.record.EventDraft;
import io.jenkins.plugins.modeldelivery.engine.record.EventType;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** Writes events of models in the registry {@code main}, as deliveries of a job would. */
public final class Records {
    private final String job;
    private final String model;

    private Records(String job, String model) {
        this.job = job;
        this.model = model;
    }

    /** @param job full name; blank for events that no job wrote */
    public static Records of(String job, String model) {
        return new Records(job, model);
    }

    public Records event(String type, String version, ObjectNode details) {
        return append(
                type,
                Optional.of(new VersionIdentity(
                        version,
                        "created " + version,
                        Optional.ofNullable(details.path("digest").textValue()))),
                details);
    }

    private Records append(String type, Optional<VersionIdentity> version, ObjectNode details) {
        Event written = DeliveryRuntime.records()
                .append(new EventDraft(
                        EventType.of(type),
                        "main",
                        model,
                        version,
                        "ann",
                        job.isEmpty()
                                ? Optional.empty()
                                : Optional.of("http://jenkins.example/job/" + job.replace("/", "/job/") + "/1/"),
                        Optional.of(job).filter(name -> !name.isEmpty()),
                        Optional.empty(),
                        Optional.empty(),
                        details));
        awaitAfter(written.time());
        return this;
    }

    /** Two events in the same millisecond have no order. */
    private static void awaitAfter(Instant time) {
        while (Instant.now().truncatedTo(ChronoUnit.MILLIS).equals(time)) {
            Thread.onSpinWait();
        }
    }

    public Records registered(String version) {
        return registered(version, "nobody");
    }

    public Records registered(String version, String owner) {
        ObjectNode details = Json.object().put("digest", "sha256:" + "1".repeat(64));
        details.putObject("tags").put("owner", owner);
        return event("registered", version, details);
    }

    public Records gated(String version, String verdict) {
        return event("gated", version, Json.object().put("gate", "tabular").put("verdict", verdict));
    }

    /** A policy that names all folders that there are, and one more. */
    Records policyRecorded() {
        ObjectNode details = Json.object().put("policy", "production");
        ObjectNode text = details.putObject("text").put("alias", "champion");
        for (String key : List.of("items", "registeredBy", "evidenceFrom")) {
            text.putArray(key).add("op*n").add("team/elsewhere").add("hush/**");
        }
        return append("policy-recorded", Optional.empty(), details);
    }

    public Records promoted(String alias, String version) {
        return event("promoted", version, Json.object().put("alias", alias).put("to", version));
    }

    public Records deployed(String version, String endpoint) {
        return event("deployed", version, Json.object().put("target", "prod").put("endpoint", endpoint));
    }
}
