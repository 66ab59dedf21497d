package io.jenkins.plugins.modeldelivery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.modeldelivery.engine.live.LiveMlflow;
import io.jenkins.plugins.modeldelivery.engine.live.LiveServer;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whole deliveries to a running MLflow and MLServer, read back with MLflow's own client. */
@Tag("live")
class DeliveryLiveTest extends DeliveryLive {
    private static final double SAME = 1e-12;

    @Override
    protected LiveServer startMlflow(Path directory) throws Exception {
        return LiveMlflow.start(directory);
    }

    @Test
    void deliversTheGoodRefusesTheWorseAndTakesBackTheBroken() throws Exception {
        CommandProcess.Ended good = command.run("deliver", delivery("good", "wine"));
        assertThat(good.status()).as(good.out() + good.err()).isZero();
        assertServed("good");
        assertReadBack();

        CommandProcess.Ended worse = command.run("deliver", delivery("worse", "wine"));
        assertThat(worse.status()).as(worse.out() + worse.err()).isEqualTo(1);
        assertThat(worse.out()).contains("FAILED").contains("accuracy >= 0.90");
        assertServed("good");

        Trickle trickle = Trickle.start(mlserver.url(), "wine", models, "good");
        CommandProcess.Ended broken = command.run("deliver", delivery("broken", "wine"));
        trickle.stop();
        assertThat(broken.status()).as(broken.out() + broken.err()).isEqualTo(1);
        assertThat(broken.out()).contains("the smoke test failed").contains("rolled back");
        assertThat(trickle.answers()).isGreaterThan(20);
        assertThat(trickle.failures()).isEmpty();
        assertServed("good");
        assertThat(readBack(
                                "version",
                                mlflow.url(),
                                "wine",
                                "1",
                                models.files("good").toString())
                        .path("aliases")
                        .path("champion")
                        .asText())
                .isEqualTo("1");
        assertThat(events("wine"))
                .containsExactly(
                        "registered 1",
                        "gated 1",
                        "promoted 1",
                        "deployment-started 1",
                        "deployed 1",
                        "registered 2",
                        "gated 2",
                        "registered 3",
                        "gated 3",
                        "promoted 3",
                        "deployment-started 3",
                        "deployment-rolled-back 3",
                        "rolled-back 1");
        assertThat(command.run("record", "verify", "wine").status()).isZero();
    }

    private void assertServed(String trained) throws Exception {
        JsonNode compared = readBack(
                "predictions",
                mlserver.url(),
                "wine",
                models.files(trained).resolve("model.joblib").toString());
        assertThat(compared.path("rows").asInt()).isEqualTo(178);
        assertThat(compared.path("largestDifference").asDouble()).isLessThan(SAME);
    }

    private void assertReadBack() throws Exception {
        JsonNode read = readBack(
                "version", mlflow.url(), "wine", "1", models.files("good").toString());
        assertThat(read.path("status").asText()).isEqualTo("READY");
        assertThat(read.path("runStatus").asText()).isEqualTo("FINISHED");
        assertThat(read.path("tags").path("owner").asText()).isEqualTo("wine-team");
        assertThat(read.path("parameters").path("penalty").asText()).isEqualTo("l2");
        assertThat(read.path("tags").path("model-delivery.digest").asText()).startsWith("sha256:");
        assertThat(read.path("tags").has("model-delivery.operation")).isTrue();
        assertThat(read.path("aliases").path("champion").asText()).isEqualTo("1");
        assertThat(read.path("sameFiles").asBoolean()).isTrue();
        assertThat(read.path("files").asInt()).isPositive();
        JsonNode measured = json(CommandProcess.text(home.resolve("trained/good/metrics.json")));
        assertThat(read.path("metrics").path("accuracy").asDouble())
                .isEqualTo(measured.path(0).path("value").asDouble());
        assertThat(read.path("metrics").size()).isEqualTo(measured.size());
    }

    @Test
    void swapsTwoGoodVersionsWithoutAFailedAnswer() throws Exception {
        assertThat(command.run("deliver", delivery("good", "swap")).status()).isZero();
        Trickle trickle = Trickle.start(mlserver.url(), "swap", models, "good");
        CommandProcess.Ended again = command.run("deliver", delivery("good", "swap"));
        trickle.stop();
        assertThat(again.status()).as(again.out() + again.err()).isZero();
        assertThat(trickle.answers()).isGreaterThan(20);
        assertThat(trickle.failures()).isEmpty();
    }
}
