package io.jenkins.plugins.modeldelivery.engine.live;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The good, the worse and the broken model of {@code docs/examples/mlflow-mlserver}, trained by its own script. */
public record TrainedModels(Path directory) {
    public static TrainedModels train(Path directory) throws IOException, InterruptedException {
        Path script = Path.of(System.getProperty("project.root"), "docs/examples/mlflow-mlserver/train.py");
        Process process = new ProcessBuilder(LiveServer.python(), script.toString(), directory.toString())
                .inheritIO()
                .start();
        if (!process.waitFor(5, TimeUnit.MINUTES) || process.exitValue() != 0) {
            throw new IOException("The models could not be trained.");
        }
        return new TrainedModels(directory);
    }

    public Path files(String name) {
        return directory.resolve(name).resolve("model");
    }

    public Path expected(String name) {
        return directory.resolve(name).resolve("expected.json");
    }

    public Path request() {
        return directory.resolve("request.json");
    }
}
