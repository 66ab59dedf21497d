package io.jenkins.plugins.modeldelivery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.modeldelivery.cli.run.DyingDelivery;
import io.jenkins.plugins.modeldelivery.engine.live.LiveMlflow;
import io.jenkins.plugins.modeldelivery.engine.live.LiveServer;
import io.jenkins.plugins.modeldelivery.engine.live.Until;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A tracking server that is killed with {@code kill -9} while a delivery runs, and started again. */
@Tag("live")
class KilledServerLiveTest extends DeliveryLive {
    private static final int MEGABYTES = 400;
    private static final int MEGABYTE = 1 << 20;
    private static final List<String> EVENTS =
            List.of("registered 1", "gated 1", "promoted 1", "deployment-started 1", "deployed 1");

    @Override
    protected LiveServer startMlflow(Path directory) throws Exception {
        return LiveMlflow.start(directory);
    }

    /** The good model with a file beside it that takes the server a while. */
    private void train(String name) throws IOException {
        Path to = home.resolve("trained/" + name);
        Files.createDirectories(to.resolve("model"));
        for (String file : List.of("metrics.json", "expected.json", "model/model.joblib")) {
            Files.copy(
                    home.resolve("trained/good").resolve(file), to.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        byte[] piece = new byte[MEGABYTE];
        Random random = new Random(7);
        try (OutputStream out = Files.newOutputStream(to.resolve("model/weights.bin"))) {
            for (int i = 0; i < MEGABYTES; i++) {
                random.nextBytes(piece);
                out.write(piece);
            }
        }
    }

    private boolean arriving() throws IOException {
        Path store = home.resolve("mlflow");
        long half = (long) MEGABYTES * MEGABYTE / 2;
        try (Stream<Path> files = Files.find(
                store,
                20,
                (path, attributes) ->
                        attributes.isRegularFile() && attributes.size() > half && attributes.size() < 2 * half)) {
            return files.findAny().isPresent();
        }
    }

    private void assertDelivered(String name, String trained) throws Exception {
        assertThat(events(name)).isEqualTo(EVENTS);
        assertThat(command.run("record", "verify", name).status()).isZero();
        JsonNode counted = readBack("count", mlflow.url(), name).path(name);
        assertThat(counted.path("versions").asInt()).isEqualTo(1);
        assertThat(counted.path("runs").asInt()).isEqualTo(1);
        JsonNode read = readBack(
                "version", mlflow.url(), name, "1", models.files(trained).toString());
        assertThat(read.path("sameFiles").asBoolean()).isTrue();
        assertThat(read.path("runStatus").asText()).isEqualTo("FINISHED");
        assertThat(read.path("aliases").size()).isEqualTo(1);
        assertThat(read.path("aliases").path("champion").asText()).isEqualTo("1");
    }

    @Test
    void inTheMiddleOfAnUpload() throws Exception {
        train("large");
        CommandProcess.Running running = command.new Running("deliver", delivery("large", "killed-upload"));
        Until.within(90, () -> arriving() || !running.alive(), running::said);
        assertThat(running.alive()).as(running.said()).isTrue();
        mlflow.kill();
        assertThat(running.said()).doesNotContain("uploaded");
        Until.within(90, () -> running.said().contains("waiting") || !running.alive(), running::said);
        mlflow.restart();
        CommandProcess.Ended ended = running.end();
        assertThat(ended.status()).as(ended.out() + ended.err()).isZero();
        // Lines are folded anywhere, even within a URL.
        assertThat(ended.out().replaceAll("\\s+", ""))
                .containsPattern("waitingCannotupload[^ ]*weights.binat" + mlflow.url() + ":noconnection")
                .contains("ChecktheURL,thenetworkandthattheserverruns");
        assertDelivered("killed-upload", "large");
    }

    @Test
    void betweenTheVersionAndItsAlias() throws Exception {
        String name = "killed-alias";
        // Halts right after the journal says that the gate is next: the version is there, its alias is not.
        String file = delivery("good", name);
        int writes = 0;
        CommandProcess.Ended died = command.run(DyingDelivery.class, file, name + ".journal", String.valueOf(writes));
        while (!CommandProcess.text(home.resolve(name + ".journal")).contains("\"state\":\"gate\"")) {
            assertThat(died.status()).isEqualTo(DyingDelivery.DIED);
            died = command.run(DyingDelivery.class, file, name + ".journal", String.valueOf(writes));
        }
        assertThat(readBack("count", mlflow.url(), name)
                        .path(name)
                        .path("aliases")
                        .isEmpty())
                .isTrue();
        mlflow.kill();
        CommandProcess.Running running = command.new Running(DyingDelivery.class, file, name + ".journal", "-1");
        Until.within(90, () -> running.said().contains("waiting") || !running.alive(), running::said);
        assertThat(running.alive()).as(running.said()).isTrue();
        mlflow.restart();
        CommandProcess.Ended ended = running.end();
        assertThat(ended.status()).as(ended.out() + ended.err()).isZero();
        assertDelivered(name, "good");
    }

    @Test
    void longerThanItsPatience() throws Exception {
        String file = delivery("good", "killed-for-long");
        mlflow.kill();
        CommandProcess.Ended gaveUp = command.run("deliver", file);
        assertThat(gaveUp.status()).as(gaveUp.out() + gaveUp.err()).isEqualTo(3);
        assertThat(gaveUp.out()).contains("waiting");
        assertThat(gaveUp.err())
                .startsWith("error: Cannot find the experiment deliveries at " + mlflow.url() + ": no connection")
                .contains("that the server runs")
                .doesNotContain("Exception in")
                .doesNotContain("\tat ");
        mlflow.restart();
        CommandProcess.Ended again = command.run("deliver", file);
        assertThat(again.status()).as(again.out() + again.err()).isZero();
        assertThat(again.out()).contains("resuming");
        assertDelivered("killed-for-long", "good");
    }
}
