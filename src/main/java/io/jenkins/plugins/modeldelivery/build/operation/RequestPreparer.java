package io.jenkins.plugins.modeldelivery.build.operation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.build.access.PermissionCheck;
import io.jenkins.plugins.modeldelivery.build.agent.AgentPaths;
import io.jenkins.plugins.modeldelivery.build.agent.AgentTransfers;
import io.jenkins.plugins.modeldelivery.build.agent.DeliveryFiles;
import io.jenkins.plugins.modeldelivery.build.provenance.Requester;
import io.jenkins.plugins.modeldelivery.build.record.Hashes;
import io.jenkins.plugins.modeldelivery.build.runtime.DeliveryRuntime;
import io.jenkins.plugins.modeldelivery.configuration.ModelDeliveryConfiguration;
import io.jenkins.plugins.modeldelivery.engine.document.DocumentSchema;
import io.jenkins.plugins.modeldelivery.engine.document.Documents;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ModelRef;
import io.jenkins.plugins.modeldelivery.engine.model.Sha256;
import io.jenkins.plugins.modeldelivery.engine.policy.Rules;
import io.jenkins.plugins.modeldelivery.engine.request.RequestReader;
import io.jenkins.plugins.modeldelivery.scm.CodeOrigin;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jenkins.security.HMACConfidentialKey;

/**
 * What happens once, before an operation: the model is made out that is meant, the files that the request names are read and
 * kept, and the operation gets its slot. The same request with the same inputs has the same key.
 */
public final class RequestPreparer {
    /** In a stored request: the id that the registration has wherever nothing has changed. */
    static final String OPERATION = "operation";
    /** In a stored request: where its paths start in the workspace. */
    static final String BASE = "base";

    private static final HMACConfidentialKey KEY = new HMACConfidentialKey(RequestPreparer.class, "operation");

    static final String DELIVERY_FILE = "delivery.yaml";
    private static final int DOCUMENT_BYTES = 1024 * 1024;

    private final BuildScope scope;
    private final OperationRequest request;
    private final DeliveryRuntime runtime;
    private final Cancellation cancellation;
    private final CodeOrigin origin;

    RequestPreparer(
            BuildScope scope,
            OperationRequest request,
            DeliveryRuntime runtime,
            Cancellation cancellation,
            CodeOrigin origin) {
        this.scope = scope;
        this.request = request;
        this.runtime = runtime;
        this.cancellation = cancellation;
        this.origin = origin;
    }

    OperationSlots.Held take() {
        cancellation.throwIfRequested();
        request.check();
        String file = request.find("file").orElse(DELIVERY_FILE);
        boolean delivers = request.type() == OperationType.DELIVER;
        String base = delivers ? AgentPaths.parent(file) : "";
        DeliveryFiles files = new DeliveryFiles(scope, base, delivers);
        ObjectNode whole = delivers ? document(file) : resolved();
        whole.put(BASE, base);
        Requester requester = Requester.of(scope.run(), alias(request.type(), whole));
        new PermissionCheck(scope.run(), requester, request.type()).check(whole);
        ModelDeliveryConfiguration configuration = ModelDeliveryConfiguration.get();
        writeDefaultNames(configuration, whole);
        new EarlierRejections(scope.run()).check(request.type(), whole);
        RequestReader reader = new RequestReader(configuration.rules(), files, Map.of());
        readInputs(reader, whole);
        List<String> facts = facts(whole, files);
        registration(whole)
                .flatMap(r -> Optional.ofNullable(r.path("path").textValue()))
                .ifPresent(path -> facts.add(AgentTransfers.digest(scope, AgentPaths.text(files.path(path)))));
        String key = Hashes.brief(facts.toArray(String[]::new));
        OperationSlots.Held held = runtime.slots().take(scope.run(), request.type(), key);
        if (!held.takenUp()) {
            registration(whole).ifPresent(r -> whole.put(OPERATION, operationId(facts)));
            keepGuard(whole, configuration.rules());
            begin(held, whole, files);
        } else {
            new BuildLog(scope::listener, java.util.Set::of)
                    .labelled("resuming", "what an earlier " + request.type().step() + " of this build did not end");
        }
        return held;
    }

    /**
     * Registry and target are chosen once if the request has none: while the operation waits, another may become the
     * default, and what it has begun is not there.
     */
    private void writeDefaultNames(ModelDeliveryConfiguration configuration, ObjectNode whole) {
        String item = scope.run().getParent().getFullName();
        ObjectNode first =
                request.type() == OperationType.DELIVER && whole.path("register") instanceof ObjectNode register
                        ? register
                        : whole;
        first.put(
                "registry",
                configuration.registry(given(first, "registry"), item).getName());
        JsonNode deploy = request.type() == OperationType.DEPLOY ? whole : whole.path("deploy");
        boolean deploys = request.type() == OperationType.DEPLOY || request.type() == OperationType.DELIVER;
        if (deploys && deploy instanceof ObjectNode section) {
            section.put(
                    "target",
                    configuration.target(given(section, "target"), item).getName());
        }
    }

    private static Optional<String> given(ObjectNode section, String key) {
        return Optional.ofNullable(section.path(key).textValue()).filter(name -> !name.isBlank());
    }

    /** While it waits for people, nobody shall take the policy away and with it all that it asks for. */
    private void keepGuard(ObjectNode whole, Rules rules) {
        JsonNode promote = request.type() == OperationType.DELIVER ? whole.path("promote") : whole;
        alias(request.type(), whole)
                .flatMap(rules::guarding)
                .ifPresent(policy -> ((ObjectNode) promote).put(RequestReader.GUARD, policy.name()));
    }

    /** The alias that a request is to move under a policy; empty if it moves none. */
    public static Optional<String> alias(OperationType type, ObjectNode whole) {
        JsonNode promote = type == OperationType.DELIVER ? whole.path("promote") : whole;
        return type == OperationType.PROMOTE || type == OperationType.DELIVER
                ? Optional.ofNullable(promote.path("to").textValue())
                : Optional.empty();
    }

    private static void begin(OperationSlots.Held held, ObjectNode whole, DeliveryFiles files) {
        try {
            held.slot().begin(whole, files.inputs());
        } catch (DeliveryException e) {
            held.close();
            throw e;
        }
    }

    private ObjectNode document(String file) {
        byte[] bytes = new DeliveryFiles(scope, "", true).definition(file, DOCUMENT_BYTES);
        return (ObjectNode) Documents.parse(file, bytes, DocumentSchema.delivery());
    }

    /** With the model that is meant, if the step does not say. */
    private ObjectNode resolved() {
        if (request.type() == OperationType.REGISTER || request.find("model").isPresent()) {
            return request.parameters().deepCopy();
        }
        BuildOutcomes.Registered model = BuildOutcomes.registered(scope.run(), request.type());
        return request.of(model.reference(), model.registry()).parameters();
    }

    /** Reads it once only for the files that it names, and for the errors that it has. */
    private void readInputs(RequestReader reader, ObjectNode whole) {
        if (request.type() == OperationType.DELIVER) {
            reader.deliver(whole);
            return;
        }
        switch (request.type()) {
            case REGISTER -> reader.register(whole);
            case GATE -> reader.gate(whole, model(whole));
            case PROMOTE -> reader.promote(whole, model(whole));
            default -> reader.deploy(whole, model(whole));
        }
    }

    public static ModelRef model(JsonNode request) {
        return ModelRef.parse(request.path("model").asText());
    }

    private Optional<JsonNode> registration(ObjectNode whole) {
        return switch (request.type()) {
            case REGISTER -> Optional.of(whole);
            case DELIVER -> Optional.of(whole.path("register")).filter(JsonNode::isObject);
            default -> Optional.empty();
        };
    }

    private List<String> facts(ObjectNode whole, DeliveryFiles files) {
        List<String> facts = new ArrayList<>();
        facts.add(request.type().name());
        facts.add(Json.canonical(whole));
        files.inputs().forEach((path, bytes) -> {
            facts.add(path);
            facts.add(Sha256.hex(bytes));
        });
        return facts;
    }

    /**
     * Of the job and not of the build: whatever is run again with nothing changed finds the version that it made. Nobody but this
     * controller can make such an id, and so mark a version of theirs with one that is still to come.
     */
    private String operationId(List<String> facts) {
        List<String> all = new ArrayList<>(facts);
        all.add(scope.run().getParent().getFullName());
        all.add(origin.commit().orElse(""));
        return KEY.mac(Hashes.of(all.toArray(String[]::new))).substring(0, 32);
    }
}
