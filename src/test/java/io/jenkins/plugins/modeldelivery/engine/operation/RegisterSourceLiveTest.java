package io.jenkins.plugins.modeldelivery.engine.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.modeldelivery.engine.access.CodeKind;
import io.jenkins.plugins.modeldelivery.engine.http.HttpSettings;
import io.jenkins.plugins.modeldelivery.engine.http.OkHttpTransport;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.journal.FileJournal;
import io.jenkins.plugins.modeldelivery.engine.journal.Progress;
import io.jenkins.plugins.modeldelivery.engine.live.LiveMlflow;
import io.jenkins.plugins.modeldelivery.engine.live.LiveServer;
import io.jenkins.plugins.modeldelivery.engine.metrics.Metrics;
import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.ModelVersion;
import io.jenkins.plugins.modeldelivery.engine.model.Sleeper;
import io.jenkins.plugins.modeldelivery.engine.operation.delivery.RegisterOperation;
import io.jenkins.plugins.modeldelivery.engine.policy.Rules;
import io.jenkins.plugins.modeldelivery.engine.record.FileRecordStore;
import io.jenkins.plugins.modeldelivery.engine.registry.ModelRegistry;
import io.jenkins.plugins.modeldelivery.engine.registry.VersionSource;
import io.jenkins.plugins.modeldelivery.engine.registry.mlflow.MlflowRegistry;
import io.jenkins.plugins.modeldelivery.engine.request.RegisterRequest;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A credential that teams share is no way to another team's models, on a running MLflow. */
@Tag("live")
class RegisterSourceLiveTest {
    private static final Clock CLOCK = Clock.systemUTC();
    private static final String RULES = """
            {"registries": {"team": {"type": "mlflow", "url": "http://localhost",
              "models": {"team-a/**": ["churn"], "team-b/**": ["fraud"]},
              "experiments": {"team-a/**": ["uploads"]}}}}
            """;

    @TempDir
    static Path home;

    private static LiveServer mlflow;
    private static ModelRegistry registry;

    @BeforeAll
    static void start() throws Exception {
        mlflow = LiveMlflow.start(Files.createDirectories(home.resolve("mlflow")));
        registry = new MlflowRegistry(
                new OkHttpTransport(HttpSettings.DEFAULTS, CLOCK, Sleeper.REAL),
                URI.create(mlflow.url()),
                "uploads",
                CLOCK);
    }

    @AfterAll
    static void stop() {
        registry.close();
        mlflow.close();
    }

    private static Progress register(String item, String model, VersionSource source) {
        OperationContext context = new OperationContext(
                OperationContext.Process.of(CLOCK),
                name -> new NamedLookup.Named<>("team", registry),
                name -> {
                    throw new AssertionError("no target is needed");
                },
                Rules.parse(Json.read(RULES.getBytes(StandardCharsets.UTF_8), ErrorKind.INVALID_INPUT, "rules")),
                new FileRecordStore(home.resolve("records"), CLOCK),
                new OperationContext.Caller(
                        new Actor("someone", Optional.empty(), Optional.of(item), CodeKind.OWN, List.of(), List.of())),
                new LocalTransfers((done, total) -> {}),
                Cancellation.NONE,
                line -> {});
        RegisterRequest request = TestRequests.register(
                model, Optional.empty(), source, Metrics.NONE, Map.of(), Map.of(), "", Optional.empty());
        return new BlockingDriver(Sleeper.REAL, Cancellation.NONE, line -> {})
                .run(
                        new RegisterOperation(request, context),
                        new FileJournal(home.resolve(UUID.randomUUID().toString())));
    }

    private static void assertDenied(String item, String model, VersionSource source, String words) {
        assertThatThrownBy(() -> register(item, model, source))
                .isInstanceOfSatisfying(
                        DeliveryException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.DENIED))
                .hasMessageContaining(words);
    }

    @Test
    void anItemRegistersFromItsOwnExperimentsAndModelsOnly() throws IOException {
        VersionSource files = new VersionSource.Files(Files.writeString(home.resolve("weights"), "weights"));
        assertThat(register("team-a/train", "churn", files)).isInstanceOf(Progress.Done.class);
        ModelVersion first = registry.version("churn", "1", Cancellation.NONE);
        VersionSource logged = new VersionSource.Uri(first.source());
        VersionSource run = new VersionSource.Run(first.runId().orElseThrow(), "churn");
        assertDenied("team-b/train", "fraud", run, "may not use the experiment uploads of the registry team");
        assertDenied("team-b/train", "fraud", logged, "may not use the experiment uploads");
        assertDenied("team-b/train", "churn", run, "may not use the model churn");
        assertThat(register("team-a/train", "churn", run)).isInstanceOf(Progress.Done.class);
        assertThat(register("team-a/train", "churn", logged)).isInstanceOf(Progress.Done.class);
        VersionSource version = new VersionSource.Uri("models:/churn/1");
        assertDenied("team-b/train", "fraud", version, "may not use the model churn");
        assertThat(register("team-a/train", "churn", version)).isInstanceOf(Progress.Done.class);
    }
}
