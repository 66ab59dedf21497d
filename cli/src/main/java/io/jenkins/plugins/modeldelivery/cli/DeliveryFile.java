package io.jenkins.plugins.modeldelivery.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.modeldelivery.engine.delivery.DeliverRequest;
import io.jenkins.plugins.modeldelivery.engine.delivery.DeployRequest;
import io.jenkins.plugins.modeldelivery.engine.delivery.Documents;
import io.jenkins.plugins.modeldelivery.engine.delivery.GateRequest;
import io.jenkins.plugins.modeldelivery.engine.delivery.PromoteRequest;
import io.jenkins.plugins.modeldelivery.engine.delivery.RegisterRequest;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.Metrics;
import io.jenkins.plugins.modeldelivery.engine.model.MetricsFile;
import io.jenkins.plugins.modeldelivery.engine.model.ModelRef;
import io.jenkins.plugins.modeldelivery.engine.model.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads a {@code delivery.yaml} into what the engine is asked to do. Paths in it start beside the file. */
final class DeliveryFile {
    private final Path base;
    private final JsonNode document;
    private final Settings settings;

    private DeliveryFile(Path file, Settings settings) {
        this.base = file.toAbsolutePath().getParent();
        this.document = Documents.read(file, Documents.Schema.DELIVERY);
        this.settings = settings;
    }

    static DeliverRequest read(Path file, Settings settings) {
        return new DeliveryFile(file, settings).request();
    }

    private DeliverRequest request() {
        Optional<RegisterRequest> register = section("register").map(this::register);
        Optional<ModelRef> model = text(document, "model").map(ModelRef::parse);
        if (register.isPresent() == model.isPresent()) {
            throw new DeliveryException(
                    Problem.INVALID_INPUT,
                    "A delivery has either a register section or a model (such as model: churn/7), not both.");
        }
        ModelRef reference =
                model.orElseGet(() -> ModelRef.ofVersion(register.get().name(), "new"));
        return new DeliverRequest(
                register,
                model,
                text(document, "registry"),
                section("gate").map(node -> gate(node, reference)),
                section("gate")
                        .flatMap(node -> text(node, "onFailure"))
                        .map(text -> DeliverRequest.OnFailure.valueOf(text.toUpperCase(Locale.ROOT)))
                        .orElse(DeliverRequest.OnFailure.FAIL),
                section("promote").map(node -> promote(node, reference)),
                section("deploy").map(node -> deploy(node, reference)));
    }

    private RegisterRequest register(JsonNode node) {
        Registration registration = new Registration();
        registration.name = node.path("name").asText();
        registration.registry = text(node, "registry");
        registration.path = text(node, "path").map(path -> Settings.resolve(base, path));
        registration.runId = text(node, "runId");
        registration.artifactPath = text(node, "artifactPath").orElse("");
        registration.modelId = text(node, "modelId");
        registration.source = text(node, "source");
        registration.metrics =
                text(node, "metrics").map(path -> Settings.resolve(base, path)).map(MetricsFile::read);
        Map<String, Double> values = new TreeMap<>();
        node.path("metricValues")
                .properties()
                .forEach(e -> values.put(e.getKey(), e.getValue().asDouble()));
        registration.metricValues = values;
        registration.dataset = dataset(node.path("dataset"));
        registration.parameters = texts(node.path("parameters"));
        registration.tags = texts(node.path("tags"));
        registration.description = text(node, "description").orElse("");
        registration.alias = text(node, "alias");
        registration.timeout = text(node, "timeout");
        return registration.request(settings.environment());
    }

    private static Map<String, String> texts(JsonNode node) {
        Map<String, String> texts = new TreeMap<>();
        node.properties().forEach(e -> texts.put(e.getKey(), e.getValue().asText()));
        return texts;
    }

    private static Optional<Dataset> dataset(JsonNode node) {
        if (node.isObject()) {
            return Optional.of(new Dataset(text(node, "name"), text(node, "digest")));
        }
        return node.isTextual() ? Optional.of(Dataset.parse(node.asText())) : Optional.empty();
    }

    private GateRequest gate(JsonNode node, ModelRef model) {
        List<String> checks = new ArrayList<>();
        node.path("checks").forEach(check -> checks.add(check.asText()));
        GateOptions options = new GateOptions();
        options.gate = text(node, "gate");
        options.checks = checks;
        options.baseline = text(node, "baseline");
        options.onMissingBaseline = text(node, "onMissingBaseline");
        Optional<Metrics> metrics =
                text(node, "metrics").map(path -> Settings.resolve(base, path)).map(MetricsFile::read);
        return new GateRequest(model, Optional.empty(), options.gate(settings.rules(), settings.base()), metrics);
    }

    private static PromoteRequest promote(JsonNode node, ModelRef model) {
        return new PromoteRequest(model, Optional.empty(), node.path("to").asText(), text(node, "policy"), false);
    }

    private DeployRequest deploy(JsonNode node, ModelRef model) {
        return new DeployRequest(
                model,
                Optional.empty(),
                text(node, "target"),
                text(node, "endpoint").orElse(model.name()),
                Optional.of(node.path("smokeTest")).filter(JsonNode::isObject).map(test -> SmokeTests.read(test, base)),
                node.path("rollback").asBoolean(true),
                text(node, "timeout").map(Times::parse).orElse(Times.ROLLOUT));
    }

    private Optional<JsonNode> section(String name) {
        return Optional.of(document.path(name)).filter(JsonNode::isObject);
    }

    private static Optional<String> text(JsonNode node, String key) {
        return node.hasNonNull(key) ? Optional.of(node.path(key).asText()) : Optional.empty();
    }
}
