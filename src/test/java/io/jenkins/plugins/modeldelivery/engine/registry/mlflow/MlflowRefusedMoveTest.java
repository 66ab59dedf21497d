package io.jenkins.plugins.modeldelivery.engine.registry.mlflow;

import static io.jenkins.plugins.modeldelivery.engine.registry.mlflow.FakeServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.registry.AliasChange;
import io.jenkins.plugins.modeldelivery.engine.registry.AliasChange.AliasMove;
import java.io.IOException;
import java.util.Optional;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A move that is refused after a first try of it whose reply was lost: only a read shows whether it was made. */
class MlflowRefusedMoveTest {
    private static final String GET = "GET /api/2.0/mlflow/registered-models/get";
    private static final String MOVE = "POST /api/2.0/mlflow/registered-models/alias";
    private static final String DENIED = "{\"error_code\": \"PERMISSION_DENIED\", \"message\": \"no\"}";

    private FakeServer server;

    @BeforeEach
    void start() throws IOException {
        server = new FakeServer()
                .on("POST /api/2.0/mlflow/registered-models/set-tag", "{}")
                .on(GET, model("1"), model("1"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static MockResponse.Builder model(String champion) {
        return json(
                200,
                "{\"registered_model\": {\"name\": \"churn\", \"aliases\":"
                        + " [{\"alias\": \"champion\", \"version\": \"" + champion + "\"}]}}");
    }

    private AliasMove move() {
        try (MlflowRegistry registry = server.registry()) {
            return registry.moveAlias(
                    "churn",
                    new AliasChange("champion", Optional.of("1"), Optional.of("2"), "op-1"),
                    Cancellation.NONE);
        }
    }

    @Test
    void theFirstTryArrived() {
        server.on(MOVE, json(502, "lost"), json(403, DENIED)).on(GET, model("2"));
        assertThat(move()).isEqualTo(new AliasMove(AliasMove.Outcome.MOVED, Optional.of("2")));
    }

    @Test
    void noTryArrived() {
        server.on(MOVE, json(502, "lost"), json(403, DENIED)).on(GET, model("1"));
        assertThatThrownBy(this::move)
                .hasMessageContaining("403 PERMISSION_DENIED")
                .hasMessageContaining("The alias was not moved.")
                .isInstanceOfSatisfying(
                        DeliveryException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.DENIED));
    }

    @Test
    void whatCannotBeLookedAtIsNotKnown() {
        server.on(MOVE, json(502, "lost"), json(403, DENIED)).on(GET, json(403, DENIED));
        assertThatThrownBy(this::move)
                .hasMessageContaining("403 PERMISSION_DENIED")
                .hasMessageContaining("It is unknown whether the alias was moved")
                .hasMessageNotContaining("The alias was not moved.")
                .isInstanceOfSatisfying(
                        DeliveryException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.SERVER));
    }

    @Test
    void aConflictIsARefusalToo() {
        server.on(MOVE, json(409, "{\"error_code\": \"RESOURCE_CONFLICT\", \"message\": \"busy\"}"))
                .on(GET, model("1"));
        assertThatThrownBy(this::move)
                .hasMessageContaining("409 RESOURCE_CONFLICT \"busy\"")
                .hasMessageContaining("try again")
                .isInstanceOfSatisfying(
                        DeliveryException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.CONFLICT));
    }
}
