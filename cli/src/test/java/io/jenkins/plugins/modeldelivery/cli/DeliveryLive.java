package io.jenkins.plugins.modeldelivery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.live.LiveMlserver;
import io.jenkins.plugins.modeldelivery.engine.live.LiveServer;
import io.jenkins.plugins.modeldelivery.engine.live.PythonScript;
import io.jenkins.plugins.modeldelivery.engine.live.TrainedModels;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A running MLflow and MLServer, and {@code docs/examples/mlflow-mlserver} with their addresses filled in. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class DeliveryLive {
    @TempDir
    static Path shared;

    protected Path home;
    protected LiveServer mlflow;
    protected LiveServer mlserver;
    protected TrainedModels models;
    protected CommandProcess command;

    protected abstract LiveServer startMlflow(Path directory) throws Exception;

    /** Credentials, as environment variables. */
    protected Map<String, String> environment() {
        return Map.of();
    }

    protected String configuration(String text) {
        return text;
    }

    @BeforeAll
    void start() throws Exception {
        home = Files.createTempDirectory(shared, "delivery");
        mlflow = startMlflow(Files.createDirectories(home.resolve("mlflow")));
        mlserver = LiveMlserver.start(home.resolve("models"));
        models = TrainedModels.train(home.resolve("trained"));
        String text = CommandProcess.text(example("model-delivery.yaml"))
                .replace("http://127.0.0.1:5000", mlflow.url())
                .replace("http://127.0.0.1:8080", mlserver.url());
        Files.writeString(home.resolve("model-delivery.yaml"), configuration(text));
        command = new CommandProcess(home, environment());
    }

    @AfterAll
    void stop() {
        mlflow.close();
        mlserver.close();
    }

    private static Path example(String file) {
        return Path.of(System.getProperty("project.root"), "docs/examples/mlflow-mlserver", file);
    }

    /** The example's delivery, of one of the trained models, for a registered model and endpoint of this name. */
    protected String delivery(String trained, String name) throws IOException {
        String file = name + "-" + trained + ".yaml";
        String text = CommandProcess.text(example("delivery.yaml"))
                .replace("trained/good/model", "trained/" + trained + "/model")
                .replace("trained/good/", "trained/" + trained + "/")
                .replace("name: wine\n", "name: " + name + "\n")
                .replace("endpoint: wine ", "endpoint: " + name + " ");
        assertThat(text).contains("name: " + name + "\n").contains("endpoint: " + name + " ");
        Files.writeString(home.resolve(file), text);
        return file;
    }

    protected JsonNode readBack(String... arguments) throws IOException, InterruptedException {
        return PythonScript.run(environment(), "read_back.py", arguments);
    }

    protected static JsonNode json(String text) {
        return Json.read(text.getBytes(StandardCharsets.UTF_8), ErrorKind.SERVER, "output");
    }

    /** Types of the events in the record of a model, in their order. */
    protected List<String> events(String name) throws IOException, InterruptedException {
        CommandProcess.Ended shown = command.run("record", "show", "--format", "json", name);
        assertThat(shown.status()).as(shown.err()).isZero();
        JsonNode events = json(shown.out());
        return StreamSupport.stream(events.spliterator(), false)
                .filter(e -> !Set.of("policy-recorded", "alias-move-started")
                        .contains(e.path("type").asText()))
                .map(e -> e.path("type").asText() + " " + e.path("version").asText())
                .toList();
    }
}
