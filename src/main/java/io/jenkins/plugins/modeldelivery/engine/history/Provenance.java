package io.jenkins.plugins.modeldelivery.engine.history;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.modeldelivery.engine.model.Tags;
import io.jenkins.plugins.modeldelivery.engine.record.Event;
import java.util.Optional;

/**
 * Where a version comes from, by its registration; what is not known is empty.
 *
 * @param dataset what people call the data that its metrics were measured on
 */
public record Provenance(
        Optional<String> commit, Optional<String> branch, Optional<String> dataset, Optional<String> datasetDigest) {
    /** @param registration an event of the type {@code registered} */
    public static Provenance of(Event registration) {
        JsonNode data = registration.draft().details().path("datasets").path(0);
        return new Provenance(
                EventDetails.text(registration, "tags", Tags.COMMIT),
                EventDetails.text(registration, "tags", Tags.BRANCH),
                EventDetails.text(data.path("name")).or(() -> EventDetails.text(registration, "tags", "dataset")),
                EventDetails.text(data.path("digest")));
    }
}
