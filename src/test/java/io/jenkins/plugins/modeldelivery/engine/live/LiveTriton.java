package io.jenkins.plugins.modeldelivery.engine.live;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.serving.SmokeTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A real Triton Inference Server with its Python backend, and models for it that multiply by a number.
 *
 * <p>It does not complete configurations by itself: then a model loads six times as fast, since its process starts once
 * instead of twice. It counts as started when it answers: it does so once it has loaded what it found, while its readiness is
 * lost as soon as a rollout asks it to load a broken model.
 */
public final class LiveTriton implements AutoCloseable {
    /** Where the processes of the models leave memory that is shared with the server, if they are killed. */
    private static final Path SHARED_MEMORY = Path.of("/dev/shm");

    private final LiveServer server;
    private final String memory;

    private LiveTriton(LiveServer server, String memory) {
        this.server = server;
        this.memory = memory;
    }

    /** Loads models when asked; at its start all that it finds, and exits if it cannot load one. */
    public static LiveTriton loading(Path repository) throws IOException, InterruptedException {
        return start(repository, "--model-control-mode=explicit", "--load-model=*");
    }

    /** Looks each second what is in the directory. */
    public static LiveTriton polling(Path repository) throws IOException, InterruptedException {
        return start(repository, "--model-control-mode=poll", "--repository-poll-secs=1");
    }

    private static LiveTriton start(Path repository, String... mode) throws IOException, InterruptedException {
        int port = LiveServer.freePort();
        String memory = "model-delivery-" + port + "-";
        List<String> command = new ArrayList<>(List.of(
                program().toString(),
                "--model-repository=" + repository,
                "--http-address=127.0.0.1",
                "--http-port=" + port,
                "--allow-grpc=false",
                "--allow-metrics=false",
                "--disable-auto-complete-config",
                "--backend-config=python,shm-region-prefix-name=" + memory));
        command.addAll(List.of(mode));
        Files.createDirectories(repository);
        return new LiveTriton(
                LiveServer.start(command, Map.of(), repository.getParent(), "http://127.0.0.1:" + port, "/v2"), memory);
    }

    private static Path directory() {
        Path environment =
                Path.of(LiveServer.python()).toAbsolutePath().getParent().getParent();
        return Path.of(
                System.getProperty("live.triton", environment.resolve("triton").toString()));
    }

    private static Path program() {
        return directory().resolve("tritonserver");
    }

    /** Skips a test class, with the reason, where there is no Triton. */
    public static final class Installed implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            if (Files.isExecutable(program())) {
                return ConditionEvaluationResult.enabled(program() + " is there");
            }
            String why = "NOT RUN, since there is no Triton: " + program() + " is missing. Install it: "
                    + LiveServer.python() + " src/test/python/install_triton.py " + directory();
            System.err.println(context.getDisplayName() + ": " + why);
            return ConditionEvaluationResult.disabled(why);
        }
    }

    public String url() {
        return server.url();
    }

    public void kill() throws InterruptedException, IOException {
        server.kill();
        freeMemory();
    }

    public void restart() throws IOException, InterruptedException {
        server.restart();
    }

    private void freeMemory() throws IOException {
        List<Path> left;
        try (Stream<Path> list = Files.list(SHARED_MEMORY)) {
            left = list.filter(p -> p.getFileName().toString().startsWith(memory))
                    .toList();
        }
        for (Path file : left) {
            Files.deleteIfExists(file);
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        kill();
    }

    /** A model of the Python backend that answers {@code y = factor · x}. */
    public static Path model(Path directory, int factor) throws IOException {
        return model(directory, "requests", "pb.get_input_tensor_by_name(r, 'x').as_numpy() * " + factor);
    }

    /** One that cannot be loaded. */
    public static Path broken(Path directory) throws IOException {
        return model(directory, "no such name", "0");
    }

    private static Path model(Path directory, String requests, String answer) throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("model.py"), """
                import triton_python_backend_utils as pb

                class TritonPythonModel:
                    def execute(self, %s):
                        return [pb.InferenceResponse([pb.Tensor("y", %s)]) for r in requests]
                """.formatted(requests, answer));
        return directory;
    }

    /** Of these models, with the name of the directory that it is in, as Triton's own documents show it. */
    public static void configure(Path directory) throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("config.pbtxt"), """
                name: "%s"
                backend: "python"
                max_batch_size: 0
                input [ { name: "x" data_type: TYPE_FP64 dims: [ -1 ] } ]
                output [ { name: "y" data_type: TYPE_FP64 dims: [ -1 ] } ]
                instance_group [ { kind: KIND_CPU count: 1 } ]
                """.formatted(directory.getFileName()));
    }

    /** What a model with this factor answers. */
    public static SmokeTest golden(int factor) {
        ObjectNode request = Json.object();
        tensor(request.putArray("inputs").addObject(), "x", 1);
        ArrayNode expected = Json.object().putArray("outputs");
        tensor(expected.addObject(), "y", factor);
        return new SmokeTest(request, Optional.of(expected), 0, 0, Optional.empty(), Optional.empty());
    }

    private static void tensor(ObjectNode tensor, String name, int factor) {
        tensor.put("name", name).put("datatype", "FP64").putArray("shape").add(2);
        tensor.putArray("data").add(1.5 * factor).add(-4.0 * factor);
    }
}
