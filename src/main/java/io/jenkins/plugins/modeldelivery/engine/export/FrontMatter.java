package io.jenkins.plugins.modeldelivery.engine.export;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.jenkins.plugins.modeldelivery.engine.history.EventDetails;
import io.jenkins.plugins.modeldelivery.engine.history.Provenance;
import io.jenkins.plugins.modeldelivery.engine.history.VersionStory;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import java.math.BigDecimal;
import java.util.Optional;

/** What model hubs read of a card: its metrics as the model index of a card's metadata has them. */
final class FrontMatter {
    private static final String UNKNOWN = "unknown";

    private FrontMatter() {}

    /** Lines of YAML. */
    static String of(VersionStory story) {
        ObjectNode matter = Json.object();
        matter.putArray("tags").add("model-delivery");
        story.registration()
                .flatMap(event -> EventDetails.text(event, "tags", "license"))
                .ifPresent(licence -> matter.put("license", licence));
        Optional<Provenance> from = story.provenance();
        if (!story.metrics().isEmpty()) {
            ObjectNode model = matter.putArray("model-index").addObject().put("name", story.model());
            ObjectNode result = model.putArray("results").addObject();
            result.putObject("task").put("type", "other");
            String dataset = from.flatMap(Provenance::dataset).orElse(UNKNOWN);
            ObjectNode data = result.putObject("dataset").put("type", dataset).put("name", dataset);
            from.flatMap(Provenance::datasetDigest).ifPresent(digest -> data.put("revision", digest));
            ArrayNode metrics = result.putArray("metrics");
            story.metrics()
                    .forEach((key, value) -> metrics.addObject()
                            .put("type", MetricKey.of(key).name())
                            .put("name", key)
                            .put(
                                    "value",
                                    new BigDecimal(value.stripTrailingZeros().toPlainString())));
        }
        try {
            return YAMLMapper.builder()
                    .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                    .disable(YAMLGenerator.Feature.SPLIT_LINES)
                    .enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN)
                    .build()
                    .writeValueAsString(matter);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Texts and numbers can always be written", e);
        }
    }
}
