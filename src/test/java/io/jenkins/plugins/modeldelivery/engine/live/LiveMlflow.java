package io.jenkins.plugins.modeldelivery.engine.live;

import io.jenkins.plugins.modeldelivery.engine.fake.PlantedSecrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A real MLflow server with SQLite and proxied artifacts. */
public final class LiveMlflow {
    public static final String ADMIN = "admin";
    public static final String PASSWORD = PlantedSecrets.PASSWORD;

    private LiveMlflow() {}

    /** @param directory takes the server's data and its log */
    public static LiveServer start(Path directory) throws IOException, InterruptedException {
        int port = LiveServer.freePort();
        return LiveServer.start(command(directory, port), Map.of(), directory, "http://127.0.0.1:" + port, "/health");
    }

    /** With the authentication app of MLflow, with the user {@link #ADMIN} and {@link #PASSWORD}. */
    public static LiveServer startWithAuthentication(Path directory) throws IOException, InterruptedException {
        int port = LiveServer.freePort();
        Path configuration = directory.resolve("auth.ini");
        Files.writeString(
                configuration,
                "[mlflow]\ndefault_permission = READ\ndatabase_uri = sqlite:///" + directory.resolve("auth.db")
                        + "\nadmin_username = " + ADMIN + "\nadmin_password = " + PASSWORD
                        + "\nauthorization_function = mlflow.server.auth:authenticate_request_basic_auth\n");
        List<String> command = new ArrayList<>(command(directory, port));
        command.addAll(List.of("--app-name", "basic-auth"));
        Map<String, String> environment = Map.of(
                "MLFLOW_AUTH_CONFIG_PATH", configuration.toString(), "MLFLOW_FLASK_SERVER_SECRET_KEY", "loopback only");
        return LiveServer.start(command, environment, directory, "http://127.0.0.1:" + port, "/health");
    }

    /** With its artifacts in a bucket of a server that speaks S3. */
    public static LiveServer startWithStore(Path directory, LiveServer store) throws IOException, InterruptedException {
        int port = LiveServer.freePort();
        Map<String, String> environment = Map.of(
                "MLFLOW_S3_ENDPOINT_URL", store.url(),
                "AWS_ACCESS_KEY_ID", "loopback",
                "AWS_SECRET_ACCESS_KEY", "loopback only",
                "AWS_DEFAULT_REGION", "us-east-1");
        List<String> command = command(directory, port, "s3://" + LiveS3.BUCKET);
        return LiveServer.start(command, environment, directory, "http://127.0.0.1:" + port, "/health");
    }

    private static List<String> command(Path directory, int port) {
        return command(directory, port, directory.resolve("artifacts").toString());
    }

    private static List<String> command(Path directory, int port, String artifacts) {
        return List.of(
                LiveServer.python(),
                "-m",
                "mlflow",
                "server",
                "--host",
                "127.0.0.1",
                "--port",
                String.valueOf(port),
                "--workers",
                "1",
                "--backend-store-uri",
                "sqlite:///" + directory.resolve("mlflow.db"),
                "--serve-artifacts",
                "--artifacts-destination",
                artifacts);
    }
}
