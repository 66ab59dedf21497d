package io.jenkins.plugins.modeldelivery.engine.registry.mlflow;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.io.ModelFiles;
import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.Manifest;
import io.jenkins.plugins.modeldelivery.engine.model.TransferProgress;
import io.jenkins.plugins.modeldelivery.engine.registry.VersionDraft;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A server that hands out the addresses of parts, the store that takes them, and a directory with a large file. */
abstract class MultipartFixture {
    static final int PART = 1000;
    static final MlflowMultipart.Sizes SIZES = new MlflowMultipart.Sizes(2000, PART, 3);
    static final VersionDraft STAGING =
            new VersionDraft(Map.of("runId", "run", "files", "mlflow-artifacts:/1/run/artifacts/model"));
    static final String MPU = "POST /api/2.0/mlflow-artifacts/mpu/";
    static final String AT = "/1/run/artifacts/model";
    static final String BIG = "PUT /api/2.0/mlflow-artifacts/artifacts" + AT + "/big";

    @TempDir
    Path directory;

    FakeServer mlflow;
    FakeServer store;
    MlflowRegistry registry;
    final byte[] content = new byte[4500];

    @BeforeEach
    void start() throws Exception {
        mlflow = new FakeServer();
        store = new FakeServer();
        registry = mlflow.registry(SIZES);
        for (int i = 0; i < content.length; i++) {
            content[i] = (byte) (i * 31 + i / 256);
        }
        Files.write(directory.resolve("big"), content);
        Files.writeString(directory.resolve("small"), "small");
        mlflow.on("POST /api/2.0/mlflow/runs/update", "{}");
        mlflow.on("PUT /api/2.0/mlflow-artifacts/artifacts" + AT + "/small", "{}");
        mlflow.on(BIG, "{}");
    }

    @AfterEach
    void stop() {
        registry.close();
        mlflow.close();
        store.close();
    }

    void offered(int parts) {
        mlflow.on(MPU + "create" + AT, addresses(parts).toString());
        mlflow.on(MPU + "complete" + AT, "{}");
        mlflow.on(MPU + "abort" + AT, "{}");
        for (int number = 1; number <= parts; number++) {
            store.on("PUT /part" + number, arrived(number));
        }
    }

    ObjectNode addresses(int parts) {
        ObjectNode reply = Json.object().put("upload_id", "the-upload");
        for (int number = 1; number <= parts; number++) {
            reply.withArray("credentials")
                    .addObject()
                    .put("url", store.url() + "/part" + number + "?X-Amz-Signature=signed")
                    .put("part_number", number)
                    .putObject("headers")
                    .put("x-store", "wants this");
        }
        return reply;
    }

    static MockResponse.Builder status(int code) {
        return new MockResponse.Builder().code(code);
    }

    static MockResponse.Builder arrived(int number) {
        return status(200).addHeader("ETag", "\"etag-" + number + "\"");
    }

    Manifest upload(Cancellation cancellation) {
        return registry.upload(STAGING, ModelFiles.list(directory), TransferProgress.SILENT, cancellation);
    }

    Manifest upload() {
        return upload(Cancellation.NONE);
    }

    DeliveryException fails() {
        return catchThrowableOfType(DeliveryException.class, this::upload);
    }

    static JsonNode body(FakeServer server, String line) {
        RecordedRequest request = server.requests().get(server.lines().indexOf(line));
        return Json.read(request.getBody().toByteArray(), ErrorKind.SERVER, line);
    }
}
