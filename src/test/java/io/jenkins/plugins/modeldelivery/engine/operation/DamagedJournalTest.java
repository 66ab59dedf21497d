package io.jenkins.plugins.modeldelivery.engine.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.gate.Gate;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.journal.FileJournal;
import io.jenkins.plugins.modeldelivery.engine.journal.Journal;
import io.jenkins.plugins.modeldelivery.engine.metrics.Metrics;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.ModelRef;
import io.jenkins.plugins.modeldelivery.engine.operation.alias.PromoteOperation;
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
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A journal that is no longer what was written, or that another version wrote. */
class DamagedJournalTest {
    private static final int ROUNDS = 500;
    private static final ModelRef CHURN = ModelRef.ofVersion("churn", "1");

    @TempDir
    Path directory;

    private Path file;
    private FileJournal journal;

    @BeforeEach
    void write() {
        file = directory.resolve("journal.json");
        journal = new FileJournal(file);
        journal.write(Json.object().put("state", "moving").put("größe", "1 \"quoted\" line\nand another"));
    }

    private void assertCorrupt() {
        assertThatThrownBy(() -> journal.read())
                .isInstanceOfSatisfying(
                        DeliveryException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.CORRUPT))
                .hasMessageContainingAll("journal " + file, "damaged", "delete the file");
    }

    @Test
    void anyChangedByteIsNoticed() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        for (int at = 0; at < whole.length; at++) {
            byte[] changed = whole.clone();
            changed[at] ^= 1;
            Files.write(file, changed);
            assertCorrupt();
        }
        for (int length = 0; length < whole.length; length++) {
            Files.write(file, java.util.Arrays.copyOf(whole, length));
            assertCorrupt();
        }
    }

    @Test
    void randomBytesAreNoJournal() throws IOException {
        Random random = new Random(7);
        for (int i = 0; i < ROUNDS; i++) {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            Files.write(file, bytes);
            assertCorrupt();
        }
    }

    static Stream<Operation> operations() throws IOException {
        OperationContext context = AliasRacer.context(Files.createTempDirectory("journal"));
        Gate gate = Gate.of("g", List.of("auc >= 0.5"));
        PromoteRequest promote = new PromoteRequest(CHURN, Optional.empty(), "champion", Optional.empty(), false);
        RegisterRequest register = TestRequests.register(
                "churn",
                Optional.empty(),
                new VersionSource.Files(Path.of("pom.xml")),
                Metrics.NONE,
                Map.of(),
                Map.of(),
                "",
                Optional.of("challenger"));
        GateRequest gated = new GateRequest(CHURN, Optional.empty(), gate, Optional.empty());
        DeployRequest deploy = new DeployRequest(
                CHURN,
                Optional.empty(),
                Optional.empty(),
                "churn",
                Optional.empty(),
                true,
                false,
                Duration.ofMinutes(1));
        return Stream.of(
                new RegisterOperation(register, context),
                new GateOperation(gated, context),
                new PromoteOperation(promote, context),
                new DeployOperation(deploy, context),
                new DeliverOperation(
                        new DeliverRequest(
                                Optional.of(register),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of(gated),
                                DeliverRequest.OnFailure.FAIL,
                                Optional.of(promote),
                                Optional.of(deploy)),
                        context));
    }

    @ParameterizedTest
    @MethodSource("operations")
    void aStateWithoutAnOperationIsNoState(Operation operation) {
        journal.write(Json.object().put("state", "recording"));
        assertThatThrownBy(() -> operation.advance(journal))
                .isInstanceOfSatisfying(
                        DeliveryException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.CORRUPT))
                .hasMessageContaining("lacks operation");
    }

    /** The states of all operations, with nothing of what belongs to them. */
    @ParameterizedTest
    @MethodSource("operations")
    void aStateThatLacksWhatBelongsToItIsTheDocumentedError(Operation operation) {
        for (String state : Stream.of(
                        "nonsense",
                        "",
                        "staging",
                        "uploading",
                        "creating",
                        "waiting",
                        "recording",
                        "alias",
                        "done",
                        "deciding",
                        "awaiting-approval",
                        "recording-refusal",
                        "recording-request",
                        "recording-conflict",
                        "refused",
                        "unchanged",
                        "announcing-move",
                        "moving",
                        "recording-start",
                        "applying",
                        "loading",
                        "awaiting-candidate",
                        "smoke-testing",
                        "switching",
                        "verifying",
                        "smoke-testing-live",
                        "recording-live",
                        "finishing",
                        "live",
                        "restoring",
                        "awaiting-restored",
                        "recording-rolled-back",
                        "rolled-back",
                        "recording-failed",
                        "failed",
                        "register",
                        "gate",
                        "promote",
                        "deploy")
                .toList()) {
            ObjectNode[] written = {Json.object().put("state", state).put("operation", "o-1")};
            Journal memory = new Journal() {
                @Override
                public Optional<ObjectNode> read() {
                    return Optional.of(written[0]);
                }

                @Override
                public void write(ObjectNode next) {
                    written[0] = next;
                }
            };
            try {
                assertThat(operation.advance(memory)).isNotNull();
            } catch (DeliveryException e) {
                assertThat(e.getMessage().getBytes(StandardCharsets.UTF_8))
                        .as(state)
                        .isNotEmpty();
            }
        }
    }
}
