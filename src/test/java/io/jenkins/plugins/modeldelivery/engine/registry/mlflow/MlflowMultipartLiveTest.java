package io.jenkins.plugins.modeldelivery.engine.registry.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.modeldelivery.engine.http.HttpSettings;
import io.jenkins.plugins.modeldelivery.engine.http.OkHttpTransport;
import io.jenkins.plugins.modeldelivery.engine.io.ModelFiles;
import io.jenkins.plugins.modeldelivery.engine.live.LiveMlflow;
import io.jenkins.plugins.modeldelivery.engine.live.LiveS3;
import io.jenkins.plugins.modeldelivery.engine.live.LiveServer;
import io.jenkins.plugins.modeldelivery.engine.metrics.Metrics;
import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.CancellationSource;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.Manifest;
import io.jenkins.plugins.modeldelivery.engine.model.ModelVersion;
import io.jenkins.plugins.modeldelivery.engine.model.Sleeper;
import io.jenkins.plugins.modeldelivery.engine.model.TransferProgress;
import io.jenkins.plugins.modeldelivery.engine.registry.NewVersion;
import io.jenkins.plugins.modeldelivery.engine.registry.VersionDraft;
import io.jenkins.plugins.modeldelivery.engine.registry.VersionSource;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** MLflow with its artifacts in a store that speaks S3, where it offers uploads in parts; and one without. */
@Tag("live")
class MlflowMultipartLiveTest {
    private static final int MIB = 1 << 20;

    @TempDir
    static Path servers;

    @TempDir
    Path directory;

    private static LiveServer store;
    private static LiveServer mlflow;

    @BeforeAll
    static void start() throws Exception {
        store = LiveS3.start(Files.createDirectories(servers.resolve("s3")));
        mlflow = LiveMlflow.startWithStore(Files.createDirectories(servers.resolve("mlflow")), store);
    }

    @AfterAll
    static void stop() {
        mlflow.close();
        store.close();
    }

    private static MlflowRegistry registry(LiveServer server, List<String> requests) {
        OkHttpTransport transport = new OkHttpTransport(HttpSettings.DEFAULTS, Clock.systemUTC(), Sleeper.REAL);
        return new MlflowRegistry(
                new Listening(transport, requests), URI.create(server.url()), "parts", Clock.systemUTC());
    }

    private void file(String name, int mebibytes) throws IOException {
        Random random = new Random(name.hashCode());
        byte[] block = new byte[MIB];
        try (OutputStream out = Files.newOutputStream(directory.resolve(name))) {
            for (int i = 0; i < mebibytes; i++) {
                random.nextBytes(block);
                out.write(block);
            }
            out.write(1);
        }
    }

    private NewVersion plan() {
        return new NewVersion(
                "large",
                UUID.randomUUID().toString(),
                new VersionSource.Files(directory),
                Metrics.NONE,
                Map.of(),
                "",
                Map.of());
    }

    @Test
    void aLargeFileGoesInPartsStraightToTheStore() throws Exception {
        file("weights.bin", 100);
        file("config 100%.bin", 1);
        List<String> requests = new ArrayList<>();
        try (MlflowRegistry registry = registry(mlflow, requests)) {
            NewVersion plan = plan();
            VersionDraft staging = registry.stage(plan, false, Cancellation.NONE);
            requests.clear();
            ModelFiles files = ModelFiles.list(directory);
            Manifest manifest = registry.upload(staging, files, TransferProgress.SILENT, Cancellation.NONE);

            assertThat(manifest).isEqualTo(files.hash(Cancellation.NONE));
            assertThat(requests)
                    .filteredOn(r -> r.startsWith("PUT " + store.url()))
                    .hasSize(7);
            assertThat(requests)
                    .filteredOn(r -> r.startsWith("PUT " + mlflow.url()))
                    .hasSize(1);
            assertThat(requests).filteredOn(r -> r.contains("/mpu/")).hasSize(2);
            String key = MlflowArtifacts.storePath(staging.properties().get("files")) + "/weights.bin";
            String etag = LiveS3.request(store, "HEAD", "/" + LiveS3.BUCKET + "/" + key)
                    .headers()
                    .firstValue("etag")
                    .orElse("");
            assertThat(etag).endsWith("-7\"");
            ModelVersion version = registry.createVersion(
                    plan, Optional.of(staging), Optional.of(manifest.digest()), Cancellation.NONE);
            Path back = Files.createDirectories(servers.resolve("back"));
            assertThat(registry.download(version, back, TransferProgress.SILENT, Cancellation.NONE))
                    .isEqualTo(manifest);
        }
    }

    @Test
    void aCancelledUploadLeavesNoPartsInTheStore() throws Exception {
        file("weights.bin", 80);
        CancellationSource stop = new CancellationSource();
        List<String> requests = new ArrayList<>();
        try (MlflowRegistry registry = registry(mlflow, requests)) {
            VersionDraft staging = registry.stage(plan(), false, Cancellation.NONE);
            assertThatThrownBy(() ->
                            registry.upload(staging, ModelFiles.list(directory), (done, total) -> stop.cancel(), stop))
                    .isInstanceOfSatisfying(
                            DeliveryException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.CANCELLED));
        }
        assertThat(requests).anyMatch(r -> r.contains("/mpu/create/")).anyMatch(r -> r.contains("/mpu/abort/"));
        String left =
                LiveS3.request(store, "GET", "/" + LiveS3.BUCKET + "?uploads").body();
        assertThat(left).contains("ListMultipartUploadsResult").doesNotContain("<UploadId>");
    }

    @Test
    void aServerWithFilesOnItsDiskIsAskedOnce() throws Exception {
        file("one.bin", 65);
        file("two.bin", 65);
        List<String> requests = new ArrayList<>();
        Path home = Files.createDirectories(servers.resolve("disk"));
        try (LiveServer plain = LiveMlflow.start(home);
                MlflowRegistry registry = registry(plain, requests)) {
            VersionDraft staging = registry.stage(plan(), false, Cancellation.NONE);
            ModelFiles files = ModelFiles.list(directory);
            assertThat(registry.upload(staging, files, TransferProgress.SILENT, Cancellation.NONE))
                    .isEqualTo(files.hash(Cancellation.NONE));
        }
        assertThat(requests).filteredOn(r -> r.contains("/mpu/")).hasSize(1);
        assertThat(requests).filteredOn(r -> r.startsWith("PUT ")).hasSize(2);
    }
}
