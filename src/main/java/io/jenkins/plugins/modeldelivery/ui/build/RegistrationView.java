package io.jenkins.plugins.modeldelivery.ui.build;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.Functions;
import io.jenkins.plugins.modeldelivery.build.operation.OperationState;
import io.jenkins.plugins.modeldelivery.build.operation.OperationType;
import io.jenkins.plugins.modeldelivery.ui.gate.NumberFormats;
import io.jenkins.plugins.modeldelivery.ui.models.ModelLinks;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A version that was registered. What is not known is null. */
@ExportedBean(defaultVisibility = 3)
public record RegistrationView(JsonNode result, JsonNode request, JsonNode journal) {
    /** Empty as long as there is no version. */
    static Optional<RegistrationView> of(OperationState operation) {
        JsonNode journal = operation.journal(OperationType.REGISTER);
        JsonNode ended = operation.result(OperationType.REGISTER);
        JsonNode result = ended.isObject() ? ended : journal.path("result");
        return result.hasNonNull("version")
                ? Optional.of(new RegistrationView(result, operation.request(OperationType.REGISTER), journal))
                : Optional.empty();
    }

    @Exported
    public String getModel() {
        return result.path("name").asText();
    }

    @Exported
    public String getVersion() {
        return result.path("version").asText();
    }

    @Exported
    public String getRegistry() {
        return result.path("registry").asText();
    }

    @Exported
    public String getDigest() {
        return result.path("digest").textValue();
    }

    /** In bytes. */
    @Exported
    public Long getSize() {
        JsonNode size = journal.path("size");
        return size.isNumber() ? size.asLong() : null;
    }

    public String getSizeText() {
        Long size = getSize();
        int files = journal.path("files").asInt();
        return size == null
                ? null
                : Functions.humanReadableByteSize(size) + (files > 1 ? Messages.RegistrationView_inFiles(files) : "");
    }

    /** As the request names it. */
    @Exported
    public String getSource() {
        String run = request.path("runId").asText();
        if (!run.isEmpty()) {
            return Messages.RegistrationView_run(
                    run, request.path("artifactPath").asText());
        }
        String model = request.path("modelId").asText();
        if (!model.isEmpty()) {
            return Messages.RegistrationView_loggedModel(model);
        }
        return Optional.ofNullable(request.path("path").textValue())
                .orElse(request.path("source").textValue());
    }

    /** Where the registry keeps it. */
    @Exported
    public String getUri() {
        return result.path("uri").textValue();
    }

    /** A page of the registry that a browser may be sent to. */
    @Exported
    public String getUrl() {
        String url = result.path("url").asText();
        return url.matches("https?://.+") ? url : null;
    }

    /** Whether an earlier run of the same registration had made it. */
    @Exported
    public boolean isFound() {
        return result.path("found").asBoolean();
    }

    @Exported
    public List<MetricView> getMetrics() {
        List<MetricView> metrics = new ArrayList<>();
        result.path("metrics").properties().forEach(metric -> {
            JsonNode value = metric.getValue();
            metrics.add(new MetricView(metric.getKey(), value.asDouble(), NumberFormats.text(value.decimalValue())));
        });
        return metrics;
    }

    /** Relative to Jenkins' root. */
    public String getPage() {
        return ModelLinks.version(getRegistry(), getModel(), getVersion());
    }

    /** A metric of a version, its slice in its name. */
    @ExportedBean(defaultVisibility = 4)
    public record MetricView(
            @Exported String name, @Exported double value, String text) {}
}
