package io.jenkins.plugins.modeldelivery.engine.simulation;

import io.jenkins.plugins.modeldelivery.engine.model.ModelVersion;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A version as the simulated registry really holds it. */
final class HeldVersion {
    /** Unique, also if a number is used again. */
    final long uid;

    final String model;
    final String number;
    final Instant created;
    final Map<String, String> tags = new TreeMap<>();
    final double auc;
    /** What is in the artifact store; an outsider may put other bytes there. */
    Payload payload;

    /** What it was made with. */
    final Payload original;

    /** What made it, where the registry keeps that apart from tags. */
    String operation = "";

    int pending;

    HeldVersion(long uid, String model, String number, Payload payload, double auc, Instant created) {
        this.uid = uid;
        this.model = model;
        this.number = number;
        this.payload = payload;
        this.original = payload;
        this.auc = auc;
        this.created = created;
    }

    String fingerprint() {
        return "created " + created + " run-" + uid;
    }

    ModelVersion told() {
        ModelVersion.Status status = pending > 0 ? ModelVersion.Status.PENDING : ModelVersion.Status.READY;
        return new ModelVersion(
                model,
                number,
                status,
                "",
                "models:/" + model + "/" + number,
                Optional.empty(),
                tags,
                Optional.of("run-" + uid),
                Optional.empty(),
                "store:/" + uid,
                Optional.of(created),
                fingerprint());
    }
}
