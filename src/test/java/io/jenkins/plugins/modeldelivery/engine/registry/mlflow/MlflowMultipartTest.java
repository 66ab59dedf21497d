package io.jenkins.plugins.modeldelivery.engine.registry.mlflow;

import static io.jenkins.plugins.modeldelivery.engine.registry.mlflow.FakeServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.http.HttpReply;
import io.jenkins.plugins.modeldelivery.engine.http.JsonReply;
import io.jenkins.plugins.modeldelivery.engine.http.Redactor;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.io.ModelFiles;
import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.Manifest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are sent in parts, and those that are sent whole instead. */
@Timeout(60)
class MlflowMultipartTest extends MultipartFixture {
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

    /** As with a name inside a cluster, or a private certificate. */
    private void offeredAt(String base) {
        offered(5);
        ObjectNode elsewhere = addresses(5);
        elsewhere
                .path("credentials")
                .forEach(part -> ((ObjectNode) part)
                        .put("url", base + "/part" + part.path("part_number").asInt()));
        mlflow.replace(MPU + "create" + AT, elsewhere.toString());
    }

    private void goesWhole() {
        assertThat(upload()).isEqualTo(ModelFiles.list(directory).hash(Cancellation.NONE));
        assertThat(mlflow.lines()).contains(MPU + "abort" + AT, BIG);
    }

    @Test
    void sendsTheFileWholeWhenTheStoreHasANameForTheServerOnly() {
        offeredAt("http://store.invalid");
        goesWhole();
    }

    @Test
    void sendsTheFileWholeWhenTheCertificateOfTheStoreIsNotTrusted() throws IOException {
        HandshakeCertificates certificates = new HandshakeCertificates.Builder()
                .heldCertificate(new HeldCertificate.Builder()
                        .addSubjectAlternativeName("localhost")
                        .build())
                .build();
        try (MockWebServer secret = new MockWebServer()) {
            secret.useHttps(certificates.sslSocketFactory());
            secret.start();
            offeredAt("https://localhost:" + secret.getPort());
            goesWhole();
            assertThat(secret.getRequestCount()).isZero();
        }
    }

    private static PartUrls read(ObjectNode reply, int count) {
        return PartUrls.read(
                JsonReply.of(
                        new HttpReply(200, Map.of(), Json.text(reply).getBytes(StandardCharsets.UTF_8)),
                        "The reply",
                        Redactor.NONE),
                count,
                "http://mlflow.example");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ftp://store/part", "/part", "file:///etc/passwd", "http://me:secret99@store/part", "no url"})
    void refusesAddressesThatNoPartCanGoTo(String address) {
        ObjectNode reply = addresses(1);
        ((ObjectNode) reply.at("/credentials/0")).put("url", address);

        assertThatThrownBy(() -> read(reply, 1))
                .isInstanceOfSatisfying(
                        DeliveryException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.SERVER))
                .hasMessageNotContaining("secret99");
    }

    @ParameterizedTest
    @CsvSource({"x-store, 'a\nb'", "x-store, 'tök-secret99'", "'x store', a", "'', a"})
    void refusesHeadersThatNoRequestCanHave(String name, String value) {
        ObjectNode reply = addresses(1);
        ((ObjectNode) reply.at("/credentials/0")).putObject("headers").put(name, value);

        assertThatThrownBy(() -> read(reply, 1))
                .isInstanceOfSatisfying(
                        DeliveryException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.SERVER))
                .hasMessageNotContaining("secret99");
    }

    @Test
    void sendsNoMorePartsThanThereAre() {
        assertThat(read(addresses(9), 3).count()).isEqualTo(3);
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
    void sendsNoPartOpenlyWhereTheServerIsSpokenToInSecret() {
        JsonReply open = JsonReply.of(
                new HttpReply(200, Map.of(), Json.text(addresses(1)).getBytes(StandardCharsets.UTF_8)),
                "The reply",
                Redactor.NONE);
        assertThatThrownBy(() -> PartUrls.read(open, 1, "https://mlflow.example"))
                .isInstanceOf(MlflowMultipart.MultipartUnavailable.class);
        assertThat(PartUrls.read(open, 1, "http://mlflow.example").count()).isEqualTo(1);
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
