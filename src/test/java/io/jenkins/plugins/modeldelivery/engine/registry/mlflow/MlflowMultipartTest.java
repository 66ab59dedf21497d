package io.jenkins.plugins.modeldelivery.engine.registry.mlflow;

import static io.jenkins.plugins.modeldelivery.engine.registry.mlflow.FakeServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.http.Answer;
import io.jenkins.plugins.modeldelivery.engine.http.HttpReply;
import io.jenkins.plugins.modeldelivery.engine.http.Redactor;
import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.CancellationSource;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.Json;
import io.jenkins.plugins.modeldelivery.engine.model.Manifest;
import io.jenkins.plugins.modeldelivery.engine.model.ModelFiles;
import io.jenkins.plugins.modeldelivery.engine.model.Problem;
import io.jenkins.plugins.modeldelivery.engine.model.TransferProgress;
import io.jenkins.plugins.modeldelivery.engine.registry.Staging;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class MlflowMultipartTest {
    private static final int PART = 1000;
    private static final MlflowMultipart.Sizes SIZES = new MlflowMultipart.Sizes(2000, PART, 3);
    private static final Staging STAGING =
            new Staging(Map.of("runId", "run", "files", "mlflow-artifacts:/1/run/artifacts/model"));
    private static final String MPU = "POST /api/2.0/mlflow-artifacts/mpu/";
    private static final String AT = "/1/run/artifacts/model";
    private static final String BIG = "PUT /api/2.0/mlflow-artifacts/artifacts" + AT + "/big";

    @TempDir
    Path directory;

    private FakeServer mlflow;
    private FakeServer store;
    private MlflowRegistry registry;
    private final byte[] content = new byte[4500];

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

    private void offered(int parts) {
        mlflow.on(MPU + "create" + AT, addresses(parts).toString());
        mlflow.on(MPU + "complete" + AT, "{}");
        mlflow.on(MPU + "abort" + AT, "{}");
        for (int number = 1; number <= parts; number++) {
            store.on("PUT /part" + number, arrived(number));
        }
    }

    private ObjectNode addresses(int parts) {
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

    private static MockResponse.Builder status(int code) {
        return new MockResponse.Builder().code(code);
    }

    private static MockResponse.Builder arrived(int number) {
        return status(200).addHeader("ETag", "\"etag-" + number + "\"");
    }

    private Manifest upload(Cancellation cancellation) {
        return registry.upload(STAGING, ModelFiles.list(directory), TransferProgress.SILENT, cancellation);
    }

    private Manifest upload() {
        return upload(Cancellation.NONE);
    }

    private DeliveryException fails() {
        return catchThrowableOfType(DeliveryException.class, this::upload);
    }

    private static JsonNode body(FakeServer server, String line) {
        RecordedRequest request = server.requests().get(server.lines().indexOf(line));
        return Json.read(request.getBody().toByteArray(), Problem.SERVER, line);
    }

    @Test
    void sendsALargeFileInPartsToTheStoreAndASmallOneWholeThroughTheServer() throws IOException {
        offered(5);

        assertThat(upload()).isEqualTo(ModelFiles.list(directory).hash(Cancellation.NONE));
        assertThat(mlflow.lines())
                .containsExactly(
                        MPU + "create" + AT,
                        MPU + "complete" + AT,
                        "PUT /api/2.0/mlflow-artifacts/artifacts" + AT + "/small",
                        "POST /api/2.0/mlflow/runs/update");
        assertThat(body(mlflow, MPU + "create" + AT))
                .isEqualTo(Json.object().put("path", "big").put("num_parts", 5));
        byte[] stored = new byte[content.length];
        for (int number = 1; number <= 5; number++) {
            byte[] part = store.requests()
                    .get(store.lines().indexOf("PUT /part" + number))
                    .getBody()
                    .toByteArray();
            System.arraycopy(part, 0, stored, (number - 1) * PART, part.length);
        }
        assertThat(stored).isEqualTo(content);
        JsonNode completed = body(mlflow, MPU + "complete" + AT);
        assertThat(completed.path("upload_id").asText()).isEqualTo("the-upload");
        List<String> receipts = new ArrayList<>();
        completed
                .path("parts")
                .forEach(p -> receipts.add(p.path("part_number").asInt() + " "
                        + p.path("etag").asText() + " " + p.path("url").asText().replace(store.url(), "")));
        assertThat(receipts)
                .containsExactly(
                        "1 \"etag-1\" /part1?X-Amz-Signature=signed",
                        "2 \"etag-2\" /part2?X-Amz-Signature=signed",
                        "3 \"etag-3\" /part3?X-Amz-Signature=signed",
                        "4 \"etag-4\" /part4?X-Amz-Signature=signed",
                        "5 \"etag-5\" /part5?X-Amz-Signature=signed");
    }

    @Test
    void showsOurCredentialsToTheServerOnly() {
        offered(5);
        upload();

        assertThat(mlflow.requests())
                .allMatch(r -> "Bearer our-secret".equals(r.getHeaders().get("Authorization")));
        assertThat(store.requests()).hasSize(5).allSatisfy(r -> {
            assertThat(r.getHeaders().get("Authorization")).isNull();
            assertThat(r.getHeaders().get("x-store")).isEqualTo("wants this");
            assertThat(r.getHeaders().get("Content-Type")).isNull();
            assertThat(r.getUrl().queryParameter("X-Amz-Signature")).isEqualTo("signed");
        });
    }

    @Test
    void sendsOnlyAFailedPartAgainWithTheBytesThatWereHashed() {
        store.on("PUT /part3", status(503), status(500));
        offered(5);

        assertThat(upload()).isEqualTo(ModelFiles.list(directory).hash(Cancellation.NONE));
        assertThat(store.lines()).hasSize(7).filteredOn("PUT /part3"::equals).hasSize(3);
        assertThat(store.requests())
                .filteredOn(r -> r.getUrl().encodedPath().equals("/part3"))
                .allSatisfy(
                        r -> assertThat(r.getBody().toByteArray()).isEqualTo(Arrays.copyOfRange(content, 2000, 3000)));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 404, 405, 501})
    void asksAServerThatDoesNotOfferPartsOnce(int answer) throws IOException {
        Files.write(directory.resolve("also-big"), content);
        mlflow.on(MPU + "create" + AT, json(answer, "{\"error_code\": \"NOT_IMPLEMENTED\", \"message\": \"no\"}"));
        mlflow.on("PUT /api/2.0/mlflow-artifacts/artifacts" + AT + "/also-big", "{}");

        Manifest manifest = upload();
        upload();

        assertThat(manifest).isEqualTo(ModelFiles.list(directory).hash(Cancellation.NONE));
        assertThat(mlflow.lines()).filteredOn(line -> line.contains("/mpu/")).containsExactly(MPU + "create" + AT);
        assertThat(mlflow.lines()).filteredOn(BIG::equals).hasSize(2);
    }

    @Test
    void asksForNoPartsWhereAllFilesAreSmall() throws IOException {
        Files.delete(directory.resolve("big"));
        upload();
        assertThat(mlflow.lines()).noneMatch(line -> line.contains("/mpu/"));
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void sendsTheFileWholeWhenTheStoreLetsNobodyIn(int answer) {
        store.on("PUT /part2", status(answer));
        offered(5);

        assertThat(upload()).isEqualTo(ModelFiles.list(directory).hash(Cancellation.NONE));
        assertThat(body(mlflow, MPU + "abort" + AT).path("upload_id").asText()).isEqualTo("the-upload");
        assertThat(mlflow.requests().get(mlflow.lines().indexOf(BIG)).getBody().toByteArray())
                .isEqualTo(content);
        upload();
        assertThat(mlflow.lines()).filteredOn((MPU + "create" + AT)::equals).hasSize(1);
    }

    @Test
    void sendsTheFileWholeWhenTheStoreCannotBeReachedFromHere() {
        offered(5);
        store.close();

        assertThat(upload()).isEqualTo(ModelFiles.list(directory).hash(Cancellation.NONE));
        assertThat(mlflow.lines()).contains(MPU + "abort" + AT, BIG);
    }

    @Test
    void sendsTheFileWholeWhenNobodyKnowsWhetherThePartsWereJoined() {
        mlflow.on(
                MPU + "complete" + AT,
                json(200, "{}").onResponseStart(new SocketEffect.CloseSocket()),
                json(500, "never sent: joining is asked for once"));
        offered(5);

        assertThat(upload()).isEqualTo(ModelFiles.list(directory).hash(Cancellation.NONE));
        assertThat(mlflow.lines()).filteredOn((MPU + "complete" + AT)::equals).hasSize(1);
        assertThat(mlflow.lines()).contains(BIG);
    }

    @Test
    void quotesTheStoreAndThrowsThePartsAwayWhenItRefusesOne() {
        store.on("PUT /part2", new MockResponse.Builder().code(400).body("<Error><Code>EntityTooSmall</Code></Error>"));
        offered(5);

        DeliveryException failure = fails();
        assertThat(failure.problem()).isEqualTo(Problem.INVALID_INPUT);
        assertThat(failure).hasMessageContaining("part 2 of big").hasMessageContaining("EntityTooSmall");
        assertThat(failure.getMessage()).doesNotContain("signed");
        assertThat(mlflow.lines()).contains(MPU + "abort" + AT).doesNotContain(MPU + "complete" + AT, BIG);
    }

    @Test
    void throwsThePartsAwayWhenTheServerWillNotJoinThem() {
        mlflow.on(
                MPU + "complete" + AT,
                json(400, "{\"error_code\": \"INVALID_PARAMETER_VALUE\", \"message\": \"InvalidPart\"}"));
        offered(5);

        assertThat(fails()).hasMessageContaining("join the parts of big").hasMessageContaining("InvalidPart");
        assertThat(mlflow.lines()).contains(MPU + "abort" + AT).doesNotContain(BIG);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "{\"credentials\": [{\"url\": \"http://127.0.0.1/1\", \"part_number\": 1}]}",
                "{\"credentials\": [{\"url\": \"no url at all\", \"part_number\": 1}]}"
            })
    void refusesAnAnswerWithoutAnAddressForEachPart(String answer) {
        mlflow.on(MPU + "create" + AT, answer);

        assertThat(fails().problem()).isEqualTo(Problem.SERVER);
        assertThat(store.lines()).isEmpty();
        assertThat(mlflow.lines().contains(MPU + "abort" + AT)).isEqualTo(answer.startsWith("{"));
    }

    @Test
    void throwsThePartsAwayWhenTheFileChangesUnderWay() throws IOException {
        offered(5);
        ModelFiles listed = ModelFiles.list(directory);
        Files.write(directory.resolve("big"), new byte[4400]);

        assertThatThrownBy(() -> registry.upload(STAGING, listed, TransferProgress.SILENT, Cancellation.NONE))
                .isInstanceOfSatisfying(
                        DeliveryException.class, e -> assertThat(e.problem()).isEqualTo(Problem.LOCAL_IO))
                .hasMessageContaining("changed while it was read");
        Files.write(directory.resolve("big"), new byte[4600]);
        assertThatThrownBy(() -> registry.upload(STAGING, listed, TransferProgress.SILENT, Cancellation.NONE))
                .hasMessageContaining("changed while it was read");
        assertThat(mlflow.lines()).filteredOn((MPU + "abort" + AT)::equals).hasSize(2);
        assertThat(mlflow.lines()).doesNotContain(MPU + "complete" + AT);
    }

    @Test
    void throwsThePartsAwayWhenItIsCancelled() {
        CancellationSource stop = new CancellationSource();
        store.on("PUT /part4", status(200).headersDelay(1, TimeUnit.HOURS));
        offered(5);
        TransferProgress cancelling = (done, total) -> {
            if (done >= 4 * PART - 500) {
                stop.cancel();
            }
        };

        assertThatThrownBy(() -> registry.upload(STAGING, ModelFiles.list(directory), cancelling, stop))
                .isInstanceOfSatisfying(
                        DeliveryException.class, e -> assertThat(e.problem()).isEqualTo(Problem.CANCELLED));
        assertThat(mlflow.lines()).contains(MPU + "abort" + AT).doesNotContain(MPU + "complete" + AT, BIG);
    }

    @Test
    void throwsThePartsAwayWhenItsThreadIsInterrupted() throws InterruptedException {
        store.on("PUT /part4", status(200).headersDelay(1, TimeUnit.HOURS));
        offered(5);
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        AtomicBoolean stillInterrupted = new AtomicBoolean();
        Thread uploading = new Thread(() -> {
            thrown.set(catchThrowable(this::upload));
            stillInterrupted.set(Thread.currentThread().isInterrupted());
        });
        uploading.start();
        while (!store.lines().contains("PUT /part4")) {
            Thread.onSpinWait();
        }
        uploading.interrupt();
        uploading.join();

        assertThat(((DeliveryException) thrown.get()).problem()).isEqualTo(Problem.CANCELLED);
        assertThat(stillInterrupted).isTrue();
        assertThat(mlflow.lines()).contains(MPU + "abort" + AT);
    }

    @Test
    void sendsNoPartOpenlyWhereTheServerIsSpokenToInSecret() {
        Answer open = Answer.of(
                new HttpReply(200, Map.of(), Json.text(addresses(1)).getBytes(StandardCharsets.UTF_8)),
                "The reply",
                Redactor.NONE);
        assertThatThrownBy(() -> PartAddresses.read(open, 1, "https://mlflow.example"))
                .isInstanceOf(MlflowMultipart.NotThisWay.class);
        assertThat(PartAddresses.read(open, 1, "http://mlflow.example").count()).isEqualTo(1);
    }

    @Test
    void leavesAFileOfMorePartsThanAStoreTakesWhole() {
        MlflowMultipart multipart = new MlflowMultipart(null, MlflowMultipart.Sizes.DEFAULT);
        long most = 10_000L * (16 << 20);
        assertThat(multipart.suits((64L << 20) - 1)).isFalse();
        assertThat(multipart.suits(64L << 20)).isTrue();
        assertThat(multipart.suits(most)).isTrue();
        assertThat(multipart.suits(most + 1)).isFalse();
    }

    @Test
    void readsAFileOnceAndKeepsOnePartForEachSender() throws IOException {
        ModelFiles files = ModelFiles.list(directory.resolve("big"));
        ModelFiles.File file = files.files().get(0);
        Set<Object> buffers = Collections.newSetFromMap(new IdentityHashMap<>());
        try (FileParts parts = new FileParts(files, file, PART)) {
            for (int number = 1; number <= FileParts.count(file.size(), PART); number++) {
                FileParts.Part part = parts.next();
                buffers.add(part.bytes());
                assertThat(part.number()).isEqualTo(number);
                assertThat(part.length()).isEqualTo(number == 5 ? 500 : PART);
                // Once taken from the file, a part owes it nothing.
                Files.write(directory.resolve("big"), content);
                Files.setLastModifiedTime(directory.resolve("big"), file.modified());
                parts.sent(part);
            }
            assertThat(Manifest.of(List.of(parts.entry()))).isEqualTo(files.hash(Cancellation.NONE));
        }
        assertThat(buffers).hasSize(1);
    }
}
