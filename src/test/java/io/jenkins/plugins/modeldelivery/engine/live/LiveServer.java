package io.jenkins.plugins.modeldelivery.engine.live;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A real server process on the loopback interface, which can be killed and started again on the same port and data. */
public final class LiveServer implements AutoCloseable {
    private static final int ATTEMPTS = 600;
    private static final long PAUSE_MILLIS = 200;

    private final List<String> command;
    private final Map<String, String> environment;
    private final Path directory;
    private final String url;
    private final String health;
    private Process process;

    /** @param health path that answers 200 once the server is up */
    private LiveServer(
            List<String> command, Map<String, String> environment, Path directory, String url, String health) {
        this.command = command;
        this.environment = environment;
        this.directory = directory;
        this.url = url;
        this.health = health;
    }

    static LiveServer start(
            List<String> command, Map<String, String> environment, Path directory, String url, String health)
            throws IOException, InterruptedException {
        LiveServer server = new LiveServer(command, environment, directory, url, health);
        server.restart();
        return server;
    }

    /** The interpreter with MLflow, MLServer and scikit-learn. */
    public static String python() {
        return Objects.requireNonNull(
                System.getProperty("live.python"), "live tests need -Dlive.python=<python with mlflow and mlserver>");
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    public String url() {
        return url;
    }

    /** Waits until it answers. */
    public void restart() throws IOException, InterruptedException {
        Path log = directory.resolve("server.log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        process = builder.start();
        for (int i = 0; i < ATTEMPTS && process.isAlive(); i++) {
            if (healthy()) {
                return;
            }
            Thread.sleep(PAUSE_MILLIS);
        }
        close();
        throw new IOException("The server did not start:\n" + Files.readString(log));
    }

    private boolean healthy() {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create(url + health).toURL().openConnection();
            return connection.getResponseCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    public boolean alive() {
        return process.isAlive();
    }

    /** As {@code kill -9} of the server and its workers. */
    public void kill() throws InterruptedException {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
