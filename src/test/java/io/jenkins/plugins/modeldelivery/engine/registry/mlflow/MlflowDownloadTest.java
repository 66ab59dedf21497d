package io.jenkins.plugins.modeldelivery.engine.registry.mlflow;

import static io.jenkins.plugins.modeldelivery.engine.registry.mlflow.FakeServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.Manifest;
import io.jenkins.plugins.modeldelivery.engine.model.ModelVersion;
import io.jenkins.plugins.modeldelivery.engine.model.TransferProgress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What arrives is what was listed, and nothing else. */
@Timeout(60)
class MlflowDownloadTest {
    private static final String ROOT = "GET /api/2.0/mlflow-artifacts/artifacts";

    @TempDir
    Path directory;

    private Path into;
    private FakeServer server;
    private MlflowRegistry registry;
    private ModelVersion version;

    @BeforeEach
    void start() throws Exception {
        into = directory.resolve("into");
        server = new FakeServer();
        registry = server.registry();
        server.on("GET /api/2.0/mlflow/model-versions/get", versionOf("mlflow-artifacts:/store"));
        version = registry.version("churn", "1", Cancellation.NONE);
    }

    @AfterEach
    void stop() {
        registry.close();
        server.close();
    }

    private static String versionOf(String source) {
        return "{\"model_version\": {\"name\": \"churn\", \"version\": \"1\", \"creation_timestamp\": 1772366400000,"
                + " \"status\": \"READY\", \"source\": \"" + source + "\"}}";
    }

    private static String file(String path, long size) {
        return "{\"path\": \"" + path + "\", \"is_dir\": false, \"file_size\": " + size + "}";
    }

    private static String directory(String path) {
        return "{\"path\": \"" + path + "\", \"is_dir\": true}";
    }

    private static String list(String... files) {
        return "{\"root_uri\": \"x\", \"files\": [" + String.join(",", files) + "]}";
    }

    private void lists(String... files) {
        server.on(ROOT, list(files));
    }

    private void holds(String path, String content) {
        server.on(ROOT + "/store/" + path, new MockResponse.Builder().body(content));
    }

    private Manifest download() {
        return registry.download(version, into, TransferProgress.SILENT, Cancellation.NONE);
    }

    private DeliveryException fails(ErrorKind problem) {
        DeliveryException failure = catchThrowableOfType(DeliveryException.class, this::download);
        assertThat(failure).isNotNull();
        assertThat(failure.kind()).as(failure.getMessage()).isEqualTo(problem);
        assertThat(left()).isEmpty();
        return failure;
    }

    private List<String> left() {
        try (Stream<Path> walk = Files.exists(into) ? Files.walk(into) : Stream.empty()) {
            return walk.filter(path -> !path.equals(into))
                    .map(path -> into.relativize(path).toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file on its way had the name of the other. */
    @Test
    void filesWhoseNamesDifferByAnEndingDoNotMeet() throws IOException {
        lists(file("a", 5), file("a.part", 5), file("a.part.part", 5));
        server.on(
                ROOT + "/store/a",
                new MockResponse.Builder().body("first").throttleBody(1, 100, TimeUnit.MILLISECONDS));
        holds("a.part", "other");
        holds("a.part.part", "third");

        assertThat(download().entries()).extracting(Manifest.Entry::path).containsExactly("a", "a.part", "a.part.part");
        assertThat(left()).containsExactly("a", "a.part", "a.part.part");
        assertThat(Files.readString(into.resolve("a"))).isEqualTo("first");
        assertThat(Files.readString(into.resolve("a.part"))).isEqualTo("other");
        assertThat(Files.readString(into.resolve("a.part.part"))).isEqualTo("third");
    }

    @Test
    void moreThanWasListedIsRefusedAndDeleted() {
        lists(file("small", 5), file("MLmodel", 10));
        holds("small", "small");
        holds("MLmodel", "x".repeat(11));

        assertThat(fails(ErrorKind.SERVER))
                .hasMessageContaining("MLmodel")
                .hasMessageContaining("10 bytes")
                .hasMessageContaining("sends");
    }

    @Test
    void aFloodThatAnnouncesNoLengthEndsWhereTheFileWasListedToEnd() {
        lists(file("MLmodel", 10));
        server.on(ROOT + "/store/MLmodel", new MockResponse.Builder().chunkedBody("x".repeat(50_000_000), 100_000));

        assertThat(fails(ErrorKind.SERVER)).hasMessageContaining("10 bytes");
    }

    @Test
    void lessThanWasListedIsRefusedAndDeleted() {
        lists(file("MLmodel", 10));
        holds("MLmodel", "x".repeat(9));

        assertThat(fails(ErrorKind.SERVER)).hasMessageContaining("10 bytes").hasMessageContaining("has sent 9");
    }

    @Test
    void whatArrivedIsDeletedWhenTheRestDoesNot() {
        server.on(ROOT, json(200, list(file("a", 1), directory("data"))), json(200, list(file("b", 1), file("c", 1))));
        holds("a", "a");
        holds("data/b", "b");
        server.on(ROOT + "/store/data/c", json(403, "{\"error_code\": \"PERMISSION_DENIED\"}"));

        fails(ErrorKind.DENIED);
    }

    @Test
    void whatWasThereBeforeStays() throws IOException {
        Files.createDirectories(into.resolve("mine"));
        Files.writeString(into.resolve("mine/notes"), "mine");
        lists(file("MLmodel", 10));
        holds("MLmodel", "short");

        assertThat(catchThrowableOfType(DeliveryException.class, this::download))
                .isNotNull();
        assertThat(left()).containsExactly("mine", "mine/notes");
    }

    @Test
    void whatAKilledDownloadLeftIsGone() throws IOException {
        Files.createDirectories(into.resolve(".incoming-3f"));
        Files.writeString(into.resolve(".incoming-3f/1"), "half");
        lists(file("MLmodel", 5));
        holds("MLmodel", "model");

        download();
        assertThat(left()).containsExactly("MLmodel");
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", ".", "../up", "a/b", "/etc/passwd", "a/../../b", "", "C:/windows"})
    void aPathThatIsNotInTheDirectoryIsRefused(String path) {
        lists(file("fine", 1), file(path, 1));

        fails(ErrorKind.SERVER);
        assertThat(server.lines()).noneMatch(line -> line.startsWith(ROOT + "/"));
        assertThat(directory.resolve("up")).doesNotExist();
    }

    @Test
    void aDirectoryThatLeavesIsRefused() {
        lists(directory(".."));
        fails(ErrorKind.SERVER);
    }

    @Test
    void aFileThatIsListedTwiceIsRefused() {
        lists(file("same", 1), file("same", 1));
        holds("same", "x");
        assertThat(fails(ErrorKind.SERVER)).hasMessageContaining("\"same\" twice");
    }

    @Test
    void aFileThatIsADirectoryTooIsRefused() {
        server.on(ROOT, json(200, list(file("x", 1), directory("x"))), json(200, list(file("y", 1))));
        assertThat(fails(ErrorKind.SERVER)).hasMessageContaining("as a file and as the directory");
    }

    @Test
    void directoriesWithoutEndEnd() {
        server.on(ROOT, list(directory("a"), directory("b")));
        assertThat(fails(ErrorKind.SERVER)).hasMessageContaining("more than 64 directories");
        assertThat(server.lines().size()).isLessThan(100);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "\"many\"", "[]", "1.5", "1e300", "99999999999999999999"})
    void aSizeThatIsNoneIsRefused(String size) {
        lists("{\"path\": \"a\", \"is_dir\": false, \"file_size\": " + size + "}");
        assertThat(fails(ErrorKind.SERVER)).hasMessageContaining("size");
    }

    @Test
    void moreThanAnyModelIsRefusedBeforeItIsAskedFor() {
        lists(file("a", Long.MAX_VALUE), file("b", Long.MAX_VALUE));
        fails(ErrorKind.SERVER);
        assertThat(server.lines()).noneMatch(line -> line.startsWith(ROOT + "/"));
    }

    @Test
    void moreThanTheDiskTakesIsRefusedBeforeItIsAskedFor() throws IOException {
        long free = Files.getFileStore(directory).getUsableSpace();
        lists(file("a", free / 2 + 1), file("b", free));
        assertThat(fails(ErrorKind.LOCAL_IO)).hasMessageContaining("Free disk space");
        assertThat(server.lines()).noneMatch(line -> line.startsWith(ROOT + "/"));
    }

    @Test
    void aServerThatSaysNoSizeIsBelieved() throws IOException {
        lists("{\"path\": \"a\", \"is_dir\": false}", "{\"path\": \"b\", \"file_size\": null}");
        holds("a", "some");
        holds("b", "");

        assertThat(download().size()).isEqualTo(4);
        assertThat(left()).containsExactly("a", "b");
    }

    private void isOneFile(String content) {
        server.replace("GET /api/2.0/mlflow/model-versions/get", versionOf("mlflow-artifacts:/dir/model.pkl"));
        version = registry.version("churn", "1", Cancellation.NONE);
        server.on(ROOT, json(200, list()), json(200, list(file("other", 1), file("model.pkl", 5))));
        server.on(ROOT + "/dir/model.pkl", new MockResponse.Builder().body(content));
    }

    @Test
    void aSingleFileIsDownloaded() {
        isOneFile("model");
        assertThat(download().entries()).extracting(Manifest.Entry::path).containsExactly("model.pkl");
        assertThat(server.requests().stream()
                        .filter(request -> request.getUrl().encodedPath().endsWith("/artifacts"))
                        .map(request -> request.getUrl().queryParameter("path")))
                .containsExactly("dir/model.pkl", "dir");
    }

    @Test
    void aSingleFileIsBoundedByItsListTheSame() {
        isOneFile("larger than that");
        assertThat(fails(ErrorKind.SERVER)).hasMessageContaining("5 bytes");
    }
}
