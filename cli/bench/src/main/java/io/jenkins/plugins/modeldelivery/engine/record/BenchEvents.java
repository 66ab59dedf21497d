package io.jenkins.plugins.modeldelivery.engine.record;

import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.model.VersionIdentity;
import java.util.Optional;

/** Events like those of a delivery. */
final class BenchEvents {
    private BenchEvents() {}

    static EventDraft draft(long number) {
        return new EventDraft(
                EventType.PROMOTED,
                "mlflow",
                "churn",
                Optional.of(new VersionIdentity(String.valueOf(number), "created " + number, Optional.empty())),
                "bench",
                Optional.of("https://jenkins.example/job/churn/" + number + "/"),
                Optional.of("churn"),
                Optional.of("00000000-0000-4000-8000-000000000000"),
                Optional.of("sha256:" + "5".repeat(64)),
                Json.object().put("alias", "champion").put("from", number - 1).put("to", number));
    }
}
