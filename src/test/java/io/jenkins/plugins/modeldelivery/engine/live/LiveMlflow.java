package io.jenkins.plugins.modeldelivery.engine.live;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** A real MLflow server on the loopback interface, with SQLite and proxied artifacts. */
public final class LiveMlflow implements AutoCloseable {
    private static final int ATTEMPTS = 600;
    private static final long PAUSE_MILLIS = 200;

    private final Path directory;
    private final int port;
    private Process process;

    private LiveMlflow(Path directory, int port) {
        this.directory = directory;
        this.port = port;
    }

    /** @param directory takes the server's data and its log */
    public static LiveMlflow start(Path directory) throws IOException, InterruptedException {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        LiveMlflow server = new LiveMlflow(directory, port);
        server.launch();
        return server;
    }

    public String url() {
        return "http://127.0.0.1:" + port;
    }

    private void launch() throws IOException, InterruptedException {
        String python = Objects.requireNonNull(
                System.getProperty("live.python"), "live tests need -Dlive.python=<python with mlflow>");
        List<String> command = List.of(
                python, "-m", "mlflow", "server", "--host", "127.0.0.1", "--port", String.valueOf(port), "--workers", "1",
                "--backend-store-uri", "sqlite:///" + directory.resolve("mlflow.db"), "--serve-artifacts",
                "--artifacts-destination", directory.resolve("artifacts").toString());
        Path log = directory.resolve("mlflow.log");
        process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        for (int i = 0; i < ATTEMPTS; i++) {
            if (healthy()) {
                return;
            }
            if (!process.isAlive()) {
                break;
            }
            Thread.sleep(PAUSE_MILLIS);
        }
        close();
        throw new IOException("MLflow did not start:\n" + Files.readString(log));
    }

    private boolean healthy() {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create(url() + "/health").toURL().openConnection();
            return connection.getResponseCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** As {@code kill -9} of the server and its workers. */
    public void kill() throws InterruptedException {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
    }

    /** Starts it again on the same port and data. */
    public void restart() throws IOException, InterruptedException {
        launch();
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
