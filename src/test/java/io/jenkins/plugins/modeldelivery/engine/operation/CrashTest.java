package io.jenkins.plugins.modeldelivery.engine.operation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.journal.FileJournal;
import io.jenkins.plugins.modeldelivery.engine.journal.Journal;
import io.jenkins.plugins.modeldelivery.engine.journal.Progress;
import io.jenkins.plugins.modeldelivery.engine.metrics.Metric;
import io.jenkins.plugins.modeldelivery.engine.metrics.Metrics;
import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.ModelRef;
import io.jenkins.plugins.modeldelivery.engine.model.Sleeper;
import io.jenkins.plugins.modeldelivery.engine.operation.alias.PromoteOperation;
import io.jenkins.plugins.modeldelivery.engine.operation.alias.RollbackOperation;
import io.jenkins.plugins.modeldelivery.engine.operation.delivery.DeliverOperation;
import io.jenkins.plugins.modeldelivery.engine.operation.delivery.RegisterOperation;
import io.jenkins.plugins.modeldelivery.engine.operation.evidence.GateOperation;
import io.jenkins.plugins.modeldelivery.engine.policy.Rules;
import io.jenkins.plugins.modeldelivery.engine.record.Event;
import io.jenkins.plugins.modeldelivery.engine.record.EventType;
import io.jenkins.plugins.modeldelivery.engine.record.FileRecordStore;
import io.jenkins.plugins.modeldelivery.engine.record.RecordStore;
import io.jenkins.plugins.modeldelivery.engine.registry.ModelAliases;
import io.jenkins.plugins.modeldelivery.engine.registry.ModelRegistry;
import io.jenkins.plugins.modeldelivery.engine.registry.VersionSource;
import io.jenkins.plugins.modeldelivery.engine.registry.local.LocalDirectoryRegistry;
import io.jenkins.plugins.modeldelivery.engine.request.DeliverRequest;
import io.jenkins.plugins.modeldelivery.engine.request.DeployRequest;
import io.jenkins.plugins.modeldelivery.engine.request.GateRequest;
import io.jenkins.plugins.modeldelivery.engine.request.PromoteRequest;
import io.jenkins.plugins.modeldelivery.engine.request.RegisterRequest;
import io.jenkins.plugins.modeldelivery.engine.request.RollbackRequest;
import io.jenkins.plugins.modeldelivery.engine.serving.RolloutWorld;
import io.jenkins.plugins.modeldelivery.engine.serving.ServingTarget;
import io.jenkins.plugins.modeldelivery.engine.serving.SmokeTest;
import io.jenkins.plugins.modeldelivery.engine.serving.SmokeTest.SmokeTestResult;
import io.jenkins.plugins.modeldelivery.engine.serving.directory.AllowedImplementations;
import io.jenkins.plugins.modeldelivery.engine.serving.directory.DirectoryTarget;
import io.jenkins.plugins.modeldelivery.engine.serving.directory.EndpointFiles;
import io.jenkins.plugins.modeldelivery.engine.serving.directory.ModelServer;
import io.jenkins.plugins.modeldelivery.engine.serving.directory.VersionedLayout;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every operation dies at every moment at which it can, goes on, and ends as if nothing had happened. */
class CrashTest {
    private static final Set<String> REGISTRY = Set.of("stage", "upload", "createVersion", "moveAlias", "tagVersion");
    private static final Set<String> TARGET = Set.of("begin", "landing", "load", "switchOver", "restore", "end");
    private static final String RULES = """
        {"gates": {"quality": {"baseline": "champion", "checks": ["auc >= 0.8", "auc >= baseline - 0.01"]}},
         "policies": {"production": {"alias": "champion", "gates": ["quality"], "requiredTags": ["owner"]}}}
        """;

    @TempDir
    Path scratch;

    /** One world: registry, target, records and journal of a run. */
    private final class World {
        private final Path root;
        private final Journal journal;
        private boolean versionTwoFails = true;
        private final RolloutWorld.ShiftedClock clock = new RolloutWorld.ShiftedClock();

        World() throws IOException {
            root = Files.createTempDirectory(scratch, "world");
            journal = new FileJournal(root.resolve("journal.json"));
            Files.createDirectories(root.resolve("model"));
            Files.writeString(root.resolve("model/weights"), "0.1 0.2");
        }

        ModelRegistry registry() {
            return new LocalDirectoryRegistry(root.resolve("registry"), Clock.systemUTC());
        }

        RecordStore records() {
            return new FileRecordStore(root.resolve("records"), Clock.systemUTC());
        }

        ServingTarget target() {
            return withSmokeTests(
                    new DirectoryTarget(
                            new EndpointFiles(
                                    root.resolve("served"),
                                    Optional.empty(),
                                    new VersionedLayout(AllowedImplementations.ANY),
                                    3,
                                    clock),
                            ModelServer.UNKNOWN),
                    versionTwoFails);
        }

        OperationContext context(CrashPoints crash) {
            JsonNode rules = Json.read(RULES.getBytes(StandardCharsets.UTF_8), ErrorKind.INVALID_INPUT, "rules");
            ModelRegistry registry = crash.around(ModelRegistry.class, registry(), REGISTRY);
            ServingTarget target = crash.around(ServingTarget.class, target(), TARGET);
            return new OperationContext(
                    OperationContext.Process.of(clock),
                    name -> new NamedLookup.Named<>("local", registry),
                    name -> new NamedLookup.Named<>("folder", target),
                    Rules.parse(rules),
                    records(),
                    new OperationContext.Caller(new Actor("someone", Optional.empty())),
                    new LocalTransfers((done, total) -> {}),
                    Cancellation.NONE,
                    line -> {});
        }

        Progress run(Verb verb, CrashPoints crash) {
            Operation operation = verb.operation(this, context(crash));
            return new BlockingDriver(Sleeper.REAL, Cancellation.NONE, reason -> {})
                    .run(operation, crash.journal(journal));
        }

        /** What can be seen from outside, without what differs from run to run. */
        String effects() {
            List<String> seen = new ArrayList<>();
            for (Event event : records().events("local", "churn")) {
                if (event.draft().type() != EventType.POLICY_RECORDED) {
                    seen.add(
                            event.draft().type() + " " + event.draft().version().orElse("-"));
                }
            }
            seen.add("record whole: " + records().verify("local", "churn").intact());
            ModelRegistry registry = registry();
            for (int version = 1; version < 9; version++) {
                try {
                    seen.add("version "
                            + registry.version("churn", String.valueOf(version), Cancellation.NONE)
                                    .version());
                } catch (io.jenkins.plugins.modeldelivery.engine.model.DeliveryException e) {
                    break;
                }
            }
            ModelAliases aliases = registry.aliases("churn", Cancellation.NONE);
            seen.add("champion " + aliases.versionOf("champion") + aliases.history("champion"));
            seen.add("served "
                    + target().state("churn").live().map(r -> r.version().version()));
            return String.join("\n", seen);
        }
    }

    /** @param twoFails whether the smoke test of version 2 fails once it is live; that of others passes */
    private static ServingTarget withSmokeTests(ServingTarget real, boolean twoFails) {
        return (ServingTarget) Proxy.newProxyInstance(
                ServingTarget.class.getClassLoader(), new Class<?>[] {ServingTarget.class}, (proxy, method, args) -> {
                    if (method.getName().equals("checkSmokeTest")) {
                        return null;
                    }
                    if (method.getName().equals("smokeLive")) {
                        boolean two = twoFails
                                && real.state("churn")
                                        .live()
                                        .filter(r -> r.version().version().equals("2"))
                                        .isPresent();
                        return new SmokeTestResult(!two, two ? "wrong answer" : "1 value as expected", 1);
                    }
                    try {
                        return method.invoke(real, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /** The operation: created again after each crash, as in a new process. */
    @FunctionalInterface
    private interface Verb {
        Operation operation(World world, OperationContext context);
    }

    private static RegisterRequest registration(World world, double auc) {
        return TestRequests.register(
                "churn",
                Optional.empty(),
                new VersionSource.Files(world.root.resolve("model")),
                Metrics.of(List.of(Metric.of("auc", auc))),
                Map.of("owner", "me"),
                Map.of(),
                "",
                Optional.empty());
    }

    private static DeliverRequest delivery(World world, double auc) {
        ModelRef model = ModelRef.ofVersion("churn", "new");
        OperationContext context = world.context(new CrashPoints(-1));
        return new DeliverRequest(
                Optional.of(registration(world, auc)),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new GateRequest(
                        model, Optional.empty(), context.rules().gates().get("quality"), Optional.empty())),
                DeliverRequest.OnFailure.FAIL,
                Optional.of(new PromoteRequest(model, Optional.empty(), "champion", Optional.empty(), false)),
                Optional.of(new DeployRequest(
                        model,
                        Optional.empty(),
                        Optional.empty(),
                        "churn",
                        Optional.of(new SmokeTest(
                                Json.object(), Optional.empty(), 0, 0, Optional.empty(), Optional.empty())),
                        true,
                        false,
                        Duration.ofSeconds(20))));
    }

    private static final Verb DELIVER_GOOD = (world, context) -> new DeliverOperation(delivery(world, 0.9), context);

    /** @param before runs to their end without a crash, each with a journal of its own */
    private void dieEverywhere(List<Verb> before, Verb verb, int atLeast) throws IOException {
        World calm = prepared(before);
        CrashPoints none = new CrashPoints(-1);
        Progress expected = calm.run(verb, none);
        String effects = calm.effects();
        assertThat(none.passed()).isGreaterThanOrEqualTo(atLeast);
        for (int fatal = 0; fatal < none.passed(); fatal++) {
            World world = prepared(before);
            String where = "";
            try {
                world.run(verb, new CrashPoints(fatal));
            } catch (CrashPoints.Crash e) {
                where = e.getMessage();
            }
            assertThat(where).isNotEmpty();
            Progress progress = world.run(verb, new CrashPoints(-1));
            assertThat(progress.getClass()).as(where).isEqualTo(expected.getClass());
            assertThat(world.effects()).as("died " + where).isEqualTo(effects);
        }
    }

    private World prepared(List<Verb> before) throws IOException {
        World world = new World();
        for (Verb verb : before) {
            Operation operation = verb.operation(world, world.context(new CrashPoints(-1)));
            new BlockingDriver(Sleeper.REAL, Cancellation.NONE, reason -> {})
                    .run(
                            operation,
                            new FileJournal(Files.createTempFile(world.root, "before", ".json")
                                    .resolveSibling("before-" + UUID.randomUUID())));
        }
        return world;
    }

    @Test
    void aDelivery() throws IOException {
        dieEverywhere(List.of(), DELIVER_GOOD, 50);
    }

    @Test
    void aDeliveryThatIsNeverGoneOnWithDoesNotStandInTheWayOfTheNext() throws IOException {
        CrashPoints none = new CrashPoints(-1);
        prepared(List.of()).run(DELIVER_GOOD, none);
        for (int fatal = 0; fatal < none.passed(); fatal++) {
            World world = new World();
            world.versionTwoFails = false;
            String where = "";
            try {
                world.run(DELIVER_GOOD, new CrashPoints(fatal));
            } catch (CrashPoints.Crash e) {
                where = e.getMessage();
            }
            // A rollout that has an endpoint and does not go on counts as given up after a while.
            world.clock.forward(Duration.ofMinutes(5));
            Operation next = DELIVER_GOOD.operation(world, world.context(new CrashPoints(-1)));
            Progress ended = new BlockingDriver(Sleeper.REAL, Cancellation.NONE, reason -> {})
                    .run(next, new FileJournal(world.root.resolve("another.json")));
            assertThat(ended).as(where).isInstanceOfSatisfying(Progress.Done.class, done -> {
                String version = done.result().path("register").path("version").asText();
                assertThat(world.effects())
                        .contains("served Optional[" + version + "]", "champion Optional[" + version + "]")
                        .contains("record whole: true");
            });
        }
    }

    @Test
    void aDeliveryThatIsRolledBack() throws IOException {
        dieEverywhere(List.of(DELIVER_GOOD), DELIVER_GOOD, 50);
    }

    @Test
    void aDeliveryThatTheGateRefuses() throws IOException {
        dieEverywhere(
                List.of(DELIVER_GOOD), (world, context) -> new DeliverOperation(delivery(world, 0.7), context), 20);
    }

    @Test
    void aRegistrationThatSetsAnAlias() throws IOException {
        dieEverywhere(
                List.of(),
                (world, context) -> new RegisterOperation(
                        TestRequests.register(
                                "churn",
                                Optional.empty(),
                                new VersionSource.Files(world.root.resolve("model")),
                                Metrics.NONE,
                                Map.of(),
                                Map.of(),
                                "",
                                Optional.of("challenger")),
                        context),
                15);
    }

    @Test
    void aRollback() throws IOException {
        Verb register = (world, context) -> new RegisterOperation(registration(world, 0.9), context);
        Verb gate = (world, context) -> new GateOperation(
                new GateRequest(
                        ModelRef.parse("churn/2"),
                        Optional.empty(),
                        context.rules().gates().get("quality"),
                        Optional.empty()),
                context);
        Verb promote = (world, context) -> new PromoteOperation(
                new PromoteRequest(ModelRef.parse("churn/2"), Optional.empty(), "champion", Optional.empty(), false),
                context);
        dieEverywhere(
                List.of(DELIVER_GOOD, register, gate, promote),
                (world, context) -> new RollbackOperation(
                        new RollbackRequest(
                                "churn", "champion", Optional.empty(), Optional.empty(), "", Optional.empty()),
                        context),
                6);
    }
}
