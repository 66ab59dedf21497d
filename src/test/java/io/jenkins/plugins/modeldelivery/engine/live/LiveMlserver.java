package io.jenkins.plugins.modeldelivery.engine.live;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A real MLServer on an empty model repository. */
public final class LiveMlserver {
    private LiveMlserver() {}

    /**
     * @param directory takes the settings and the log
     * @param models the repository
     */
    public static LiveServer start(Path directory, Path models) throws IOException, InterruptedException {
        int http = LiveServer.freePort();
        Files.createDirectories(models);
        Files.writeString(
                directory.resolve("settings.json"),
                "{\"host\": \"127.0.0.1\", \"http_port\": " + http + ", \"grpc_port\": " + LiveServer.freePort()
                        + ", \"metrics_port\": " + LiveServer.freePort() + ", \"model_repository_root\": \"" + models
                        + "\", \"debug\": false}");
        return LiveServer.start(
                List.of(LiveServer.python(), "-c", "from mlserver.cli import main; main()", "start", directory.toString()),
                Map.of(),
                directory,
                "http://127.0.0.1:" + http,
                "/v2/health/ready");
    }
}
