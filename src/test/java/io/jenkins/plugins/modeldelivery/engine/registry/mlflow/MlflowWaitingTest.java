package io.jenkins.plugins.modeldelivery.engine.registry.mlflow;

import static io.jenkins.plugins.modeldelivery.engine.registry.mlflow.FakeServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.journal.FileJournal;
import io.jenkins.plugins.modeldelivery.engine.journal.Progress;
import io.jenkins.plugins.modeldelivery.engine.journal.RejectionReason;
import io.jenkins.plugins.modeldelivery.engine.metrics.Metrics;
import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.operation.Actor;
import io.jenkins.plugins.modeldelivery.engine.operation.BlockingDriver;
import io.jenkins.plugins.modeldelivery.engine.operation.InProcessLocks;
import io.jenkins.plugins.modeldelivery.engine.operation.LocalTransfers;
import io.jenkins.plugins.modeldelivery.engine.operation.NamedLookup;
import io.jenkins.plugins.modeldelivery.engine.operation.OperationContext;
import io.jenkins.plugins.modeldelivery.engine.operation.delivery.RegisterOperation;
import io.jenkins.plugins.modeldelivery.engine.policy.Rules;
import io.jenkins.plugins.modeldelivery.engine.record.FileRecordStore;
import io.jenkins.plugins.modeldelivery.engine.registry.VersionSource;
import io.jenkins.plugins.modeldelivery.engine.request.RegisterRequest;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A registration of a version that the registry is not done with. */
@Timeout(60)
class MlflowWaitingTest {
    private static final String MODEL = "m-" + "a".repeat(32);
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    @TempDir
    Path directory;

    private Instant now = START;
    private FakeServer server;
    private MlflowRegistry registry;

    @BeforeEach
    void start() throws Exception {
        server = new FakeServer();
        registry = server.registry();
        server.on("POST /api/2.0/mlflow/model-versions/create", version("PENDING_REGISTRATION", "copying"));
    }

    @AfterEach
    void stop() {
        registry.close();
        server.close();
    }

    private static MockResponse.Builder version(String status, String message) {
        return json(
                200,
                "{\"model_version\": {\"name\": \"churn\", \"version\": \"7\", \"status\": \"" + status
                        + "\", \"status_message\": \"" + message + "\"}}");
    }

    private void then(MockResponse.Builder... answers) {
        server.on("GET /api/2.0/mlflow/model-versions/get", answers);
    }

    /** Moved by pauses. */
    private final class Moving extends Clock {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    private Progress register() {
        server.on(
                "GET /api/2.0/mlflow/logged-models/" + MODEL,
                "{\"model\": {\"info\": {\"model_id\": \"" + MODEL
                        + "\", \"artifact_uri\": \"mlflow-artifacts:/1\"}}}");
        server.on(
                "GET /api/2.0/mlflow/logged-models/" + MODEL + "/artifacts/directories",
                "{\"files\": [{\"path\": \"MLmodel\", \"is_dir\": false}]}");
        Clock moving = new Moving();
        OperationContext context = new OperationContext(
                new OperationContext.Process(moving, () -> "the-operation", new InProcessLocks()),
                name -> new NamedLookup.Named<>("mlflow", registry),
                name -> {
                    throw new IllegalStateException();
                },
                Rules.parse(Json.object()),
                new FileRecordStore(directory.resolve("records"), moving),
                new OperationContext.Caller(new Actor("someone", Optional.empty())),
                new LocalTransfers((done, total) -> {}),
                Cancellation.NONE,
                line -> {});
        RegisterRequest request = new RegisterRequest(
                "churn",
                Optional.empty(),
                new VersionSource.LoggedModel(MODEL),
                Metrics.NONE,
                Map.of(),
                Map.of(),
                Map.of(),
                "",
                Optional.empty(),
                Duration.ofSeconds(30),
                Optional.empty());
        return new BlockingDriver((pause, cancellation) -> now = now.plus(pause), Cancellation.NONE, reason -> {})
                .run(new RegisterOperation(request, context), new FileJournal(directory.resolve("journal.json")));
    }

    private DeliveryException fails() {
        return catchThrowableOfType(DeliveryException.class, this::register);
    }

    private long created() {
        return server.lines().stream().filter(l -> l.endsWith("/create")).count();
    }

    @Test
    void endsOnceTheVersionIsReady() {
        then(version("PENDING_REGISTRATION", ""), version("READY", ""));
        assertThat(register()).isInstanceOf(Progress.Done.class);
    }

    @Test
    void givesUpAfterTheTimeoutAndGoesOnWithTheSameVersionWhenRunAgain() {
        then(version("PENDING_REGISTRATION", "still copying"));

        DeliveryException failure = fails();
        assertThat(failure.kind()).isEqualTo(ErrorKind.TIMED_OUT);
        assertThat(failure).hasMessageContaining("30 s").hasMessageContaining("still copying");
        assertThat(Duration.between(START, now)).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(40));

        then(version("READY", ""));
        // The answer that was repeated is still the next.
        assertThat(fails().kind()).isEqualTo(ErrorKind.TIMED_OUT);
        assertThat(register()).isInstanceOf(Progress.Done.class);
        assertThat(created()).isEqualTo(1);
    }

    @Test
    void quotesTheServerWhenTheVersionFailed() {
        then(version("FAILED_REGISTRATION", "the bucket is full"));

        assertThat(register()).isInstanceOfSatisfying(Progress.Rejected.class, refused -> {
            assertThat(refused.why()).isEqualTo(RejectionReason.REGISTRATION_FAILED);
            assertThat(refused.message()).contains("\"the bucket is full\"", "models:/churn/7");
        });
    }
}
