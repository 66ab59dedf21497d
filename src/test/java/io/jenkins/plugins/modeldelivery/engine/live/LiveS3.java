package io.jenkins.plugins.modeldelivery.engine.live;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A real server that speaks S3 (moto), with one bucket, {@link #BUCKET}. */
public final class LiveS3 {
    public static final String BUCKET = "models";

    private LiveS3() {}

    /** @param directory takes the log */
    public static LiveServer start(Path directory) throws IOException, InterruptedException {
        int port = LiveServer.freePort();
        List<String> command = List.of(
                LiveServer.python(), "-m", "moto.server", "--host", "127.0.0.1", "--port", String.valueOf(port));
        LiveServer server =
                LiveServer.start(command, Map.of(), directory, "http://127.0.0.1:" + port, "/moto-api/data.json");
        request(server, "PUT", "/" + BUCKET);
        return server;
    }

    /** Its answer to a plain request. */
    public static HttpResponse<String> request(LiveServer server, String method, String path)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.url() + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        HttpResponse<String> reply = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        if (reply.statusCode() >= 400) {
            throw new IOException(method + " " + path + ": " + reply.statusCode() + " " + reply.body());
        }
        return reply;
    }
}
