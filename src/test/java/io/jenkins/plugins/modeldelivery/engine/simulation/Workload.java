package io.jenkins.plugins.modeldelivery.engine.simulation;

import io.jenkins.plugins.modeldelivery.engine.gate.Gate;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.metrics.Metrics;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.ModelRef;
import io.jenkins.plugins.modeldelivery.engine.operation.Operation;
import io.jenkins.plugins.modeldelivery.engine.operation.OperationContext;
import io.jenkins.plugins.modeldelivery.engine.operation.TestRequests;
import io.jenkins.plugins.modeldelivery.engine.operation.alias.PromoteOperation;
import io.jenkins.plugins.modeldelivery.engine.operation.alias.RollbackOperation;
import io.jenkins.plugins.modeldelivery.engine.operation.delivery.DeliverOperation;
import io.jenkins.plugins.modeldelivery.engine.operation.delivery.RegisterOperation;
import io.jenkins.plugins.modeldelivery.engine.operation.deployment.DeployOperation;
import io.jenkins.plugins.modeldelivery.engine.operation.evidence.GateOperation;
import io.jenkins.plugins.modeldelivery.engine.registry.VersionSource;
import io.jenkins.plugins.modeldelivery.engine.request.DeliverRequest;
import io.jenkins.plugins.modeldelivery.engine.request.DeployRequest;
import io.jenkins.plugins.modeldelivery.engine.request.GateRequest;
import io.jenkins.plugins.modeldelivery.engine.request.PromoteRequest;
import io.jenkins.plugins.modeldelivery.engine.request.RegisterRequest;
import io.jenkins.plugins.modeldelivery.engine.request.RollbackRequest;
import io.jenkins.plugins.modeldelivery.engine.serving.SmokeTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Chooses what operations are asked to do. */
final class Workload {
    private static final List<String> MODELS = List.of("churn", "churn", "churn", "fraud");
    private static final List<Double> AUCS = List.of(0.70, 0.80, 0.85, 0.90, 0.95);
    private static final SmokeTest SMOKE =
            SmokeTest.fromJson(Json.read("""
            {"request": {"inputs": []}, "expected": [{"data": [1]}], "absoluteTolerance": 0, "relativeTolerance": 0}
            """.getBytes(StandardCharsets.UTF_8), ErrorKind.INVALID_INPUT, "It"));

    private final World world;
    private final SeededRandom random;
    private int made;

    Workload(World world) {
        this.world = world;
        this.random = world.random;
    }

    Worker next() {
        Task task = task();
        world.coverage.count("task " + task.kind);
        return new Worker(world, task.kind.name().toLowerCase(java.util.Locale.ROOT) + ++made, task);
    }

    private Task task() {
        String model = random.pick(MODELS);
        boolean exists =
                world.registry.find(model).filter(m -> !m.versions.isEmpty()).isPresent();
        int choice = exists ? random.below(100) : random.below(45);
        boolean commandLine = random.coin();
        boolean invalid = random.perMille(40);
        if (choice < 15) {
            return register(model, commandLine, invalid);
        } else if (choice < 45) {
            return deliver(model, commandLine, invalid);
        } else if (choice < 60) {
            return gate(model, commandLine);
        } else if (choice < 75) {
            return promote(model, commandLine, invalid);
        } else if (choice < 90) {
            return deploy(model, commandLine, invalid);
        }
        return rollback(model, commandLine);
    }

    private RegisterRequest registration(String model, Payload payload) {
        Optional<String> alias = random.perMille(500) ? Optional.of("challenger") : Optional.empty();
        RegisterRequest request = TestRequests.register(
                model,
                Optional.empty(),
                new VersionSource.Files(world.serving.training(payload)),
                Metrics.of(Map.of("auc", random.pick(AUCS))),
                Map.of(),
                Map.of(),
                "",
                alias);
        return random.perMille(200) ? request.sameAs("same-" + random.below(3)) : request;
    }

    private Task register(String model, boolean commandLine, boolean invalid) {
        Payload payload = Payload.number(random.below(Payload.COUNT));
        RegisterRequest valid = registration(model, payload);
        RegisterRequest request = invalid
                ? TestRequests.register(
                        model,
                        Optional.of("nowhere"),
                        valid.source(),
                        valid.metrics(),
                        Map.of(),
                        Map.of(),
                        "",
                        Optional.empty())
                : valid;
        return new Task(
                Task.Kind.REGISTER,
                model,
                "register " + model + " " + payload.text() + " auc "
                        + request.metrics().all().iterator().next().value()
                        + request.alias().map(a -> " as " + a).orElse("")
                        + request.operation().map(o -> " the same as " + o).orElse(""),
                commandLine,
                invalid,
                Optional.of(payload),
                Optional.empty(),
                context -> new RegisterOperation(request, context));
    }

    private ModelRef reference(String model) {
        return world.registry
                .find(model)
                .filter(m -> !m.versions.isEmpty() && random.perMille(650))
                .map(m -> ModelRef.ofVersion(model, random.pick(List.copyOf(m.versions.keySet()))))
                .orElseGet(() -> ModelRef.ofAlias(model, random.pick("challenger", "challenger", "champion", "prod")));
    }

    private Gate gateOfPolicy() {
        return world.configuration
                .rules()
                .gates()
                .get(random.pick(world.configuration.policy().gates()));
    }

    private Task gate(String model, boolean commandLine) {
        ModelRef reference = reference(model);
        GateRequest request = new GateRequest(reference, Optional.empty(), gateOfPolicy(), Optional.empty());
        return task(
                Task.Kind.GATE,
                reference,
                "gate " + reference + " " + request.gate().name().orElse(""),
                commandLine,
                false,
                context -> new GateOperation(request, context));
    }

    private Task promote(String model, boolean commandLine, boolean invalid) {
        ModelRef reference = reference(model);
        String to = random.perMille(750) ? Configuration.GUARDED : "prod";
        PromoteRequest request = new PromoteRequest(
                reference,
                Optional.empty(),
                to,
                invalid ? Optional.of("unheard-of") : Optional.empty(),
                false,
                random.coin() ? Optional.of(Duration.ofHours(1)) : Optional.empty(),
                Optional.empty());
        return task(
                Task.Kind.PROMOTE,
                reference,
                "promote " + reference + " to " + to,
                commandLine,
                invalid,
                context -> new PromoteOperation(request, context));
    }

    private DeployRequest deployment(ModelRef reference, boolean invalid) {
        String target = random.pick(HeldServing.TARGETS);
        boolean smoke = target.equals("mlserver") && random.perMille(600);
        return new DeployRequest(
                reference,
                Optional.empty(),
                Optional.of(invalid ? "egde" : target),
                random.perMille(700) ? "score" : reference.name(),
                smoke ? Optional.of(SMOKE) : Optional.empty(),
                random.perMille(900),
                random.perMille(300),
                Duration.ofSeconds(random.pick(5, 60)));
    }

    private Task deploy(String model, boolean commandLine, boolean invalid) {
        ModelRef reference = reference(model);
        DeployRequest request = deployment(reference, invalid);
        return task(
                Task.Kind.DEPLOY,
                reference,
                "deploy " + reference + " to " + request.target().orElse("") + "/" + request.endpoint(),
                commandLine,
                invalid,
                context -> new DeployOperation(request, context));
    }

    /** A rollback of the guarded alias and of nothing else, to see whether one is possible. */
    Worker probe(String model) {
        RollbackRequest request = new RollbackRequest(
                model, Configuration.GUARDED, Optional.empty(), Optional.empty(), "", Optional.empty());
        Task task = new Task(
                Task.Kind.ROLLBACK,
                model,
                "roll back " + model + "@" + Configuration.GUARDED + " at the end",
                false,
                false,
                Optional.empty(),
                Optional.empty(),
                context -> new RollbackOperation(request, context));
        return new Worker(world, "probe" + ++made, task);
    }

    private Task rollback(String model, boolean commandLine) {
        String alias = random.perMille(800) ? Configuration.GUARDED : "prod";
        Optional<DeployRequest> deploy = random.perMille(300)
                ? Optional.of(deployment(ModelRef.ofVersion(model, "1"), false))
                : Optional.empty();
        RollbackRequest request = new RollbackRequest(model, alias, Optional.empty(), Optional.empty(), "", deploy);
        return new Task(
                Task.Kind.ROLLBACK,
                model,
                "roll back " + model + "@" + alias,
                commandLine,
                false,
                Optional.empty(),
                Optional.empty(),
                context -> new RollbackOperation(request, context));
    }

    private Task deliver(String model, boolean commandLine, boolean invalid) {
        Payload payload = Payload.number(random.below(Payload.COUNT));
        RegisterRequest registration = registration(model, payload);
        ModelRef fresh = ModelRef.ofVersion(model, "new");
        boolean deploys = invalid || random.perMille(600);
        DeliverRequest request = new DeliverRequest(
                Optional.of(registration),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new GateRequest(fresh, Optional.empty(), gateOfPolicy(), Optional.empty())),
                random.perMille(800) ? DeliverRequest.OnFailure.FAIL : DeliverRequest.OnFailure.CONTINUE,
                Optional.of(
                        new PromoteRequest(fresh, Optional.empty(), Configuration.GUARDED, Optional.empty(), false)),
                deploys ? Optional.of(deployment(fresh, invalid)) : Optional.empty());
        return new Task(
                Task.Kind.DELIVER,
                model,
                "deliver " + model + " " + payload.text() + " auc "
                        + registration.metrics().all().iterator().next().value()
                        + registration.alias().map(a -> " as " + a).orElse("")
                        + request.deploy()
                                .map(d -> " to " + d.target().orElse("") + "/" + d.endpoint())
                                .orElse(""),
                commandLine,
                invalid,
                Optional.of(payload),
                Optional.empty(),
                context -> new DeliverOperation(request, context));
    }

    private static Task task(
            Task.Kind kind,
            ModelRef reference,
            String text,
            boolean commandLine,
            boolean invalid,
            Function<OperationContext, Operation> factory) {
        return new Task(
                kind, reference.name(), text, commandLine, invalid, Optional.empty(), Optional.of(reference), factory);
    }
}
