package io.jenkins.plugins.modeldelivery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.modeldelivery.engine.live.LiveMlflow;
import io.jenkins.plugins.modeldelivery.engine.live.LiveServer;
import io.jenkins.plugins.modeldelivery.engine.live.Until;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A command that is asked to stop ({@code kill -TERM}, Ctrl-C) in the middle of a rollout takes back what it began. */
@Tag("live")
class InterruptedDeliveryLiveTest extends DeliveryLive {
    @Override
    protected LiveServer startMlflow(Path directory) throws Exception {
        return LiveMlflow.start(directory);
    }

    @Test
    void stoppedInTheMiddleOfARolloutTheOldVersionServes() throws Exception {
        assertThat(command.run("deliver", delivery("good", "stopped")).status()).isZero();
        Trickle trickle = Trickle.start(mlserver.url(), "stopped", models, "good");
        CommandProcess.Running running = command.new Running("deliver", delivery("good", "stopped"));
        Until.within(90, () -> candidateIsThere() || !running.alive(), running::said);
        assertThat(running.alive()).as(running.said()).isTrue();
        running.terminate();
        CommandProcess.Ended ended = running.end();
        trickle.stop();
        assertThat(ended.out()).contains("it was cancelled").contains("rolled back");
        assertThat(trickle.answers()).isPositive();
        assertThat(trickle.failures()).isEmpty();
        assertThat(candidateIsThere()).isFalse();
        assertThat(readBack("count", mlflow.url(), "stopped")
                        .path("stopped")
                        .path("aliases")
                        .path("champion")
                        .asText())
                .isEqualTo("1");
        assertThat(events("stopped")).endsWith("deployment-rolled-back 2", "rolled-back 1");
        assertThat(command.run("record", "verify", "stopped").status()).isZero();
        assertThat(readBack(
                                "predictions",
                                mlserver.url(),
                                "stopped",
                                models.files("good").resolve("model.joblib").toString())
                        .path("largestDifference")
                        .asDouble())
                .isLessThan(1e-12);
        CommandProcess.Ended again = command.run("deliver", delivery("good", "stopped"));
        assertThat(again.status()).as(again.out() + again.err()).isZero();
        assertThat(again.out()).doesNotContain("resuming");
        assertThat(events("stopped")).endsWith("deployment-started 3", "deployed 3");
    }

    private boolean candidateIsThere() throws IOException {
        try (Stream<Path> list = Files.list(home.resolve("models"))) {
            return list.anyMatch(path -> path.getFileName().toString().startsWith("stopped--"));
        }
    }
}
