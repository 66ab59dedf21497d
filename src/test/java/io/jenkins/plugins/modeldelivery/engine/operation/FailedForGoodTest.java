package io.jenkins.plugins.modeldelivery.engine.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.journal.FileJournal;
import io.jenkins.plugins.modeldelivery.engine.journal.Journal;
import io.jenkins.plugins.modeldelivery.engine.journal.Progress;
import io.jenkins.plugins.modeldelivery.engine.journal.RejectionReason;
import io.jenkins.plugins.modeldelivery.engine.metrics.Metrics;
import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.CancellationSource;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.ModelRef;
import io.jenkins.plugins.modeldelivery.engine.model.ModelVersion;
import io.jenkins.plugins.modeldelivery.engine.model.Sleeper;
import io.jenkins.plugins.modeldelivery.engine.operation.delivery.DeliverOperation;
import io.jenkins.plugins.modeldelivery.engine.operation.delivery.RegisterOperation;
import io.jenkins.plugins.modeldelivery.engine.operation.deployment.DeployOperation;
import io.jenkins.plugins.modeldelivery.engine.policy.Rules;
import io.jenkins.plugins.modeldelivery.engine.record.EventType;
import io.jenkins.plugins.modeldelivery.engine.record.FileRecordStore;
import io.jenkins.plugins.modeldelivery.engine.record.RecordStore;
import io.jenkins.plugins.modeldelivery.engine.registry.AliasChange;
import io.jenkins.plugins.modeldelivery.engine.registry.ModelRegistry;
import io.jenkins.plugins.modeldelivery.engine.registry.VersionSource;
import io.jenkins.plugins.modeldelivery.engine.registry.local.LocalDirectoryRegistry;
import io.jenkins.plugins.modeldelivery.engine.request.DeliverRequest;
import io.jenkins.plugins.modeldelivery.engine.request.DeployRequest;
import io.jenkins.plugins.modeldelivery.engine.request.PromoteRequest;
import io.jenkins.plugins.modeldelivery.engine.request.RegisterRequest;
import io.jenkins.plugins.modeldelivery.engine.serving.Readiness;
import io.jenkins.plugins.modeldelivery.engine.serving.RolloutWorld;
import io.jenkins.plugins.modeldelivery.engine.serving.ServingTarget;
import io.jenkins.plugins.modeldelivery.engine.serving.directory.AllowedImplementations;
import io.jenkins.plugins.modeldelivery.engine.serving.directory.DirectoryTarget;
import io.jenkins.plugins.modeldelivery.engine.serving.directory.EndpointFiles;
import io.jenkins.plugins.modeldelivery.engine.serving.directory.ModelServer;
import io.jenkins.plugins.modeldelivery.engine.serving.directory.VersionedLayout;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Final failures: they are reported and recorded, and the same command starts a new operation. */
@Timeout(60)
class FailedForGoodTest {
    private static final Duration SHORT = Duration.ofSeconds(20);

    @TempDir
    Path home;

    private final List<String> log = new ArrayList<>();
    private final CancellationSource cancellation = new CancellationSource();
    private final RolloutWorld.ShiftedClock clock = new RolloutWorld.ShiftedClock();
    private ModelRegistry registry;
    private ServingTarget target;

    /** Stands before a real one; returns null to let the call through. */
    @FunctionalInterface
    private interface Interception {
        Object instead(String method, Object[] arguments);
    }

    private static <T> T before(Class<T> type, T real, Interception interception) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
            Object instead = interception.instead(method.getName(), args);
            if (instead != null) {
                return instead;
            }
            try {
                return method.invoke(real, args);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }));
    }

    @BeforeEach
    void start() throws IOException {
        Files.createDirectories(home.resolve("model"));
        Files.writeString(home.resolve("model/weights"), "0.1 0.2");
        registry = new LocalDirectoryRegistry(home.resolve("registry"), Clock.systemUTC());
        target = new DirectoryTarget(
                new EndpointFiles(
                        home.resolve("served"),
                        Optional.empty(),
                        new VersionedLayout(AllowedImplementations.ANY),
                        3,
                        clock),
                ModelServer.UNKNOWN);
    }

    private OperationContext context() {
        return new OperationContext(
                OperationContext.Process.of(clock),
                name -> new NamedLookup.Named<>("local", registry),
                name -> new NamedLookup.Named<>("folder", target),
                Rules.parse(Json.object()),
                records(),
                new OperationContext.Caller(new Actor("someone", Optional.empty())),
                new LocalTransfers((done, total) -> {}),
                cancellation,
                log::add);
    }

    private RecordStore records() {
        return new FileRecordStore(home.resolve("records"), Clock.systemUTC());
    }

    private Progress run(Operation operation) {
        Journal journal = new FileJournal(home.resolve(UUID.randomUUID() + ".json"));
        // Time passes without a real wait.
        Sleeper pause = (duration, stop) -> clock.forward(duration.multipliedBy(4));
        return new BlockingDriver(pause, cancellation, reason -> {}).run(operation, journal);
    }

    private RegisterRequest registration() {
        return TestRequests.register(
                "churn",
                Optional.empty(),
                new VersionSource.Files(home.resolve("model")),
                Metrics.NONE,
                Map.of(),
                Map.of(),
                "",
                Optional.empty());
    }

    private static DeployRequest deployment(String model, boolean rollback) {
        return new DeployRequest(
                ModelRef.parse(model),
                Optional.empty(),
                Optional.empty(),
                "churn",
                Optional.empty(),
                rollback,
                false,
                SHORT);
    }

    private Progress deploy(String model, boolean rollback) {
        return run(new DeployOperation(deployment(model, rollback), context()));
    }

    private List<String> events() {
        return records().events("local", "churn").stream()
                .filter(event -> event.draft().type() != EventType.POLICY_RECORDED)
                .map(e -> e.draft().type() + " " + e.draft().version().orElse("-"))
                .toList();
    }

    private void serveOneAndRegisterAnother() {
        run(new RegisterOperation(registration(), context()));
        run(new RegisterOperation(registration(), context()));
        assertThat(deploy("churn/1", true)).isInstanceOf(Progress.Done.class);
    }

    private void nothingLoadsAnyMore() {
        target = before(ServingTarget.class, target, (method, arguments) -> switch (method) {
            case "switchOver" -> Readiness.failed("the server answered 500 \"out of memory\"");
            case "restore" -> throw ErrorKind.SERVER.error("Could not load churn/1 again: no memory");
            default -> null;
        });
    }

    private static Progress.Rejected refused(Progress progress, RejectionReason why) {
        assertThat(progress).isInstanceOf(Progress.Rejected.class);
        assertThat(((Progress.Rejected) progress).why()).isEqualTo(why);
        return (Progress.Rejected) progress;
    }

    @Test
    void aRollbackThatFailsIsAnOutcomeOfItsOwn() {
        serveOneAndRegisterAnother();
        nothingLoadsAnyMore();
        Progress.Rejected failed = refused(deploy("churn/2", true), RejectionReason.ROLLBACK_FAILED);
        assertThat(failed.message())
                .contains("out of memory")
                .contains("could not be restored: Could not load churn/1 again: no memory")
                .contains("Check the server now");
        assertThat(failed.result().path("state").asText()).isEqualTo("failed");
        assertThat(failed.result().path("restoreProblem").asText()).contains("no memory");
        assertThat(log).anyMatch(line -> line.startsWith("FAILED") && line.contains("no memory"));
        assertThat(events()).endsWith("deployment-started 2", "deployment-failed 2");
    }

    @Test
    void theAliasOfADeliveryThatCouldNotBeTakenBackGoesBack() {
        serveOneAndRegisterAnother();
        registry.moveAlias(
                "churn", new AliasChange("champion", Optional.empty(), Optional.of("1"), "move-3"), Cancellation.NONE);
        nothingLoadsAnyMore();
        refused(run(new DeliverOperation(deliveryOfTwo(), context())), RejectionReason.ROLLBACK_FAILED);
        assertThat(registry.aliases("churn", Cancellation.NONE).versionOf("champion"))
                .contains("1");
    }

    @Test
    void aDeliveryThatIsStoppedInItsRolloutTakesBackItsAliasToo() {
        serveOneAndRegisterAnother();
        registry.moveAlias(
                "churn", new AliasChange("champion", Optional.empty(), Optional.of("1"), "move-4"), Cancellation.NONE);
        target = before(ServingTarget.class, target, (method, arguments) -> {
            if (method.equals("switchOver")) {
                cancellation.cancel();
            }
            return null;
        });
        Progress.Rejected stopped =
                refused(run(new DeliverOperation(deliveryOfTwo(), context())), RejectionReason.ROLLED_BACK);
        assertThat(stopped.message()).contains("it was cancelled");
        assertThat(target.state("churn").live().orElseThrow().version().version())
                .isEqualTo("1");
        assertThat(registry.aliases("churn", Cancellation.NONE).versionOf("champion"))
                .contains("1");
        assertThat(events())
                .endsWith("deployment-started 2", "deployment-rolled-back 2", "alias-move-started 1", "rolled-back 1");
    }

    private static DeliverRequest deliveryOfTwo() {
        ModelRef two = ModelRef.parse("churn/2");
        return new DeliverRequest(
                Optional.empty(),
                Optional.of(two),
                Optional.empty(),
                Optional.empty(),
                DeliverRequest.OnFailure.FAIL,
                Optional.of(new PromoteRequest(two, Optional.empty(), "champion", Optional.empty(), false)),
                Optional.of(deployment("churn/2", true)));
    }

    @Test
    void withoutRollbackAFailureLeavesThingsAsTheyAre() {
        serveOneAndRegisterAnother();
        nothingLoadsAnyMore();
        Progress.Rejected failed = refused(deploy("churn/2", false), RejectionReason.DEPLOYMENT_FAILED);
        assertThat(failed.message()).contains("Nothing was restored, because rollback is switched off");
    }

    @Test
    void theSameDeploymentOnceTheServerIsWellIsANewOne() {
        ServingTarget well = target;
        serveOneAndRegisterAnother();
        nothingLoadsAnyMore();
        deploy("churn/2", true);
        target = well;
        assertThat(deploy("churn/2", true)).isInstanceOf(Progress.Done.class);
        assertThat(target.state("churn").live().orElseThrow().version().version())
                .isEqualTo("2");
    }

    @Test
    void aVersionThatTheRegistryGivesUpEndsTheRegistration() {
        ModelRegistry real = registry;
        registry = before(
                ModelRegistry.class,
                real,
                (method, arguments) -> method.equals("createVersion") ? failed(real, arguments) : null);
        Progress.Rejected failed =
                refused(run(new RegisterOperation(registration(), context())), RejectionReason.REGISTRATION_FAILED);
        assertThat(failed.message())
                .contains("failed to process models:/churn/1: \"no room\"")
                .contains("Register again");
        assertThat(events()).isEmpty();
        registry = real;
        assertThat(run(new RegisterOperation(registration(), context()))).isInstanceOf(Progress.Done.class);
    }

    /** As a registry that gave up on the first version and is well again. */
    private ModelRegistry withAFirstVersionThatFailed(ModelRegistry real) {
        return before(ModelRegistry.class, real, (method, arguments) -> {
            if (!method.equals("findByOperation")) {
                return null;
            }
            Optional<ModelVersion> found =
                    real.findByOperation((String) arguments[0], (String) arguments[1], Cancellation.NONE);
            return found.filter(version -> version.version().equals("1"))
                    .map(FailedForGoodTest::failed)
                    .or(() -> found);
        });
    }

    @Test
    void aRegistrationThatIsTriedAgainDoesNotTakeTheVersionThatFailedForItsOwn() {
        ModelRegistry real = registry;
        RegisterRequest same = registration().sameAs("build-7");
        registry = before(
                ModelRegistry.class,
                real,
                (method, arguments) -> method.equals("createVersion") ? failed(real, arguments) : null);
        refused(run(new RegisterOperation(same, context())), RejectionReason.REGISTRATION_FAILED);
        registry = withAFirstVersionThatFailed(real);
        Journal journal = new FileJournal(home.resolve("killed.json"));
        RegisterOperation killed = new RegisterOperation(same, context());
        while (!journal.read()
                .map(page -> page.path("state").asText().equals("creating"))
                .orElse(false)) {
            killed.advance(journal);
        }
        Progress ended = new BlockingDriver(Sleeper.REAL, cancellation, reason -> {})
                .run(new RegisterOperation(same, context()), journal);
        assertThat(ended)
                .isInstanceOfSatisfying(
                        Progress.Done.class,
                        done -> assertThat(done.result().path("version").asText())
                                .isEqualTo("2"));
    }

    @SuppressWarnings("unchecked")
    private static ModelVersion failed(ModelRegistry real, Object[] a) {
        ModelVersion made = real.createVersion(
                (io.jenkins.plugins.modeldelivery.engine.registry.NewVersion) a[0],
                (Optional<io.jenkins.plugins.modeldelivery.engine.registry.VersionDraft>) a[1],
                (Optional<String>) a[2],
                Cancellation.NONE);
        return failed(made);
    }

    private static ModelVersion failed(ModelVersion made) {
        return new ModelVersion(
                made.name(),
                made.version(),
                ModelVersion.Status.FAILED,
                "no room",
                "models:/churn/1",
                made.url(),
                made.tags(),
                made.runId(),
                made.modelId(),
                made.source(),
                made.created(),
                made.fingerprint());
    }
}
