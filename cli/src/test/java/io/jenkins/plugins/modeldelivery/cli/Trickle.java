package io.jenkins.plugins.modeldelivery.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.live.TrainedModels;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A client that asks an endpoint again and again, and notes every answer that is not that of one model. */
final class Trickle {
    private static final long PAUSE_MILLIS = 20;
    private static final double SAME = 1e-9;

    private final AtomicInteger answers = new AtomicInteger();
    private final List<String> failures = new CopyOnWriteArrayList<>();
    private final Thread thread;
    private volatile boolean stopped;

    private Trickle(HttpRequest request, JsonNode expected) {
        HttpClient client = HttpClient.newHttpClient();
        thread = new Thread(() -> {
            while (!stopped) {
                ask(client, request, expected);
            }
        });
    }

    static Trickle start(String server, String endpoint, TrainedModels models, String trained) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server + "/v2/models/" + endpoint + "/infer"))
                .timeout(Duration.ofSeconds(10))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofFile(models.request()))
                .build();
        JsonNode expected =
                Json.read(Files.readAllBytes(models.expected(trained)), ErrorKind.INVALID_INPUT, "expected");
        Trickle trickle = new Trickle(request, expected.path(0).path("data"));
        trickle.thread.start();
        return trickle;
    }

    private void ask(HttpClient client, HttpRequest request, JsonNode expected) {
        try {
            HttpResponse<byte[]> reply = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
            answers.incrementAndGet();
            JsonNode data = Json.read(reply.body(), ErrorKind.SERVER, "answer")
                    .path("outputs")
                    .path(0)
                    .path("data");
            boolean same = reply.statusCode() == 200 && data.size() == expected.size();
            for (int i = 0; same && i < data.size(); i++) {
                same = Math.abs(data.path(i).asDouble() - expected.path(i).asDouble()) <= SAME;
            }
            if (!same) {
                failures.add(
                        reply.statusCode() + " " + new String(reply.body(), java.nio.charset.StandardCharsets.UTF_8));
            }
            Thread.sleep(PAUSE_MILLIS);
        } catch (IOException | RuntimeException e) {
            failures.add(e.toString());
        } catch (InterruptedException e) {
            stopped = true;
        }
    }

    void stop() throws InterruptedException {
        stopped = true;
        thread.join();
    }

    int answers() {
        return answers.get();
    }

    List<String> failures() {
        return failures;
    }
}
