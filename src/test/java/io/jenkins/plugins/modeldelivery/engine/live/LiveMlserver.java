package io.jenkins.plugins.modeldelivery.engine.live;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A real MLServer on an empty model repository. */
public final class LiveMlserver {
    private LiveMlserver() {}

    /** @param models the repository; takes the settings and the log too */
    public static LiveServer start(Path models) throws IOException, InterruptedException {
        int http = LiveServer.freePort();
        Files.createDirectories(models);
        Files.writeString(
                models.resolve("settings.json"),
                "{\"host\": \"127.0.0.1\", \"http_port\": " + http + ", \"grpc_port\": " + LiveServer.freePort()
                        + ", \"metrics_port\": " + LiveServer.freePort() + ", \"debug\": false}");
        return LiveServer.start(
                List.of(LiveServer.python(), "-c", "from mlserver.cli import main; main()", "start", models.toString()),
                Map.of(),
                models,
                "http://127.0.0.1:" + http,
                "/v2/health/ready");
    }
}
