package io.jenkins.plugins.modeldelivery.engine.registry.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.ModelVersion;
import io.jenkins.plugins.modeldelivery.engine.model.TransferProgress;
import io.jenkins.plugins.modeldelivery.engine.registry.AliasChange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A registry whose files are no longer what was written. */
class DamagedRegistryTest {
    private static final int ROUNDS = 300;

    @TempDir
    Path directory;

    private Path root;
    private LocalDirectoryRegistry registry;

    @BeforeEach
    void fill() throws IOException {
        root = directory.resolve("registry");
        Files.writeString(Files.createDirectories(directory.resolve("model")).resolve("weights"), "weights");
        register("first");
        register("second");
        registry.moveAlias(
                "churn", new AliasChange("champion", Optional.empty(), Optional.of("1"), "move-14"), Cancellation.NONE);
        registry.moveAlias(
                "churn", new AliasChange("champion", Optional.of("1"), Optional.of("2"), "move-15"), Cancellation.NONE);
    }

    private ModelVersion register(String operation) {
        registry = new LocalDirectoryRegistry(root, Clock.systemUTC());
        return Registering.one(registry, "churn", operation, directory.resolve("model"));
    }

    private interface Call {
        Object run() throws IOException;
    }

    private static void assertCorrupt(Call call, Path file, String... parts) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        DeliveryException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.CORRUPT))
                .hasMessageContaining(file.toString())
                .hasMessageContainingAll(parts);
    }

    private Path versionFile() {
        return root.resolve("models/churn/versions/1/version.json");
    }

    private Path aliasFile() {
        return root.resolve("models/churn/aliases.json");
    }

    private Object version() {
        return registry.version("churn", "1", Cancellation.NONE);
    }

    private Object move() {
        return registry.moveAlias(
                "churn", new AliasChange("champion", Optional.of("1"), Optional.of("2"), "move-16"), Cancellation.NONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "7",
                "[]",
                "{}",
                "{\"version\":\"1\"}",
                "{\"version\":\"2\"}",
                "\u0000\u0000\u0000\u0000",
                "{\"version\":\"1\",\"created\":\"yesterday\",\"description\":\"\",\"tags\":{},\"metrics\":[],\"files\":[]}",
                "{\"aliases\":7,\"history\":{}}",
                "{\"aliases\":{\"champion\":7},\"history\":{}}",
                "{\"aliases\":{},\"history\":{\"champion\":\"1\"}}"
            })
    void aDamagedFileIsNamedWithWhatToDoAndIsNotOverwritten(String content) throws IOException {
        Files.writeString(versionFile(), content);
        Files.writeString(aliasFile(), content);
        assertCorrupt(this::version, versionFile(), "damaged", "backup");
        assertCorrupt(() -> registry.aliases("churn", Cancellation.NONE), aliasFile(), "damaged", "backup");
        assertCorrupt(this::move, aliasFile(), "damaged");
        assertThat(aliasFile()).hasContent(content);
    }

    @Test
    void noDamageGivesAnotherError() throws IOException {
        Random random = new Random(7);
        for (Path file : List.of(versionFile(), aliasFile())) {
            byte[] whole = Files.readAllBytes(file);
            for (int i = 0; i < ROUNDS; i++) {
                Files.write(file, damaged(whole, random));
                try {
                    assertThat(version()).isNotNull();
                    if (i % 20 == 0) {
                        download();
                    }
                    assertThat(registry.aliases("churn", Cancellation.NONE).history("champion"))
                            .isNotNull();
                } catch (DeliveryException e) {
                    assertThat(e.kind()).as(e.getMessage()).isEqualTo(ErrorKind.CORRUPT);
                    assertThat(e.getMessage()).contains(root.toString()).hasSizeLessThan(1000);
                }
            }
            Files.write(file, whole);
        }
    }

    /** Some bytes changed, the end cut off, or rubbish in its place. */
    private static byte[] damaged(byte[] whole, Random random) {
        byte[] bytes = whole.clone();
        switch (random.nextInt(3)) {
            case 0 -> bytes = java.util.Arrays.copyOf(whole, random.nextInt(whole.length));
            case 1 -> random.nextBytes(bytes);
            default -> {
                for (int i = 0; i <= random.nextInt(4); i++) {
                    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(128);
                }
            }
        }
        return bytes;
    }

    private Path blob() throws IOException {
        try (Stream<Path> blobs = Files.walk(root.resolve("blobs"))) {
            return blobs.filter(Files::isRegularFile).findFirst().orElseThrow();
        }
    }

    private Object download() {
        return registry.download(
                registry.version("churn", "1", Cancellation.NONE),
                directory.resolve("down"),
                TransferProgress.SILENT,
                Cancellation.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"weightt", "weight", "weights and more", ""})
    void aDamagedContentIsFoundWhenItIsDownloadedAndMendedByRegisteringAgain(String content) throws IOException {
        Files.writeString(blob(), content);
        assertCorrupt(this::download, blob(), "damaged", "backup");
        assertThat(directory.resolve("down/weights")).doesNotExist();
        register("third");
        download();
        assertThat(directory.resolve("down/weights")).hasContent("weights");
    }

    @Test
    void aLostContentIsNamed() throws IOException {
        Path blob = blob();
        Files.delete(blob);
        assertCorrupt(this::download, blob, "is gone");
    }

    @Test
    void lostStagingIsNoReasonToCreateHalfAVersion() throws IOException {
        Path staging = Files.createDirectories(root.resolve("staging"));
        Files.writeString(staging.resolve("third.json"), "{\"files\":[{\"path\":\"weights\"");
        assertCorrupt(() -> Registering.create(registry, "churn", "third"), staging.resolve("third.json"), "again");
        Files.delete(staging.resolve("third.json"));
        assertCorrupt(() -> Registering.create(registry, "churn", "third"), staging.resolve("third.json"), "again");
        assertThat(root.resolve("models/churn/versions/3")).doesNotExist();
        assertThat(register("third").version()).isEqualTo("3");
    }

    @Test
    void whatCrashesLeftIsClearedAwayWhereverItWasWritten() throws IOException {
        List<String> leftovers = List.of(
                "blobs/.aside-1",
                "staging/.aside-2",
                "models/churn/.aside-3",
                "models/churn/versions/.aside-4/version.json",
                "models/churn/versions/1/.aside-5");
        for (String leftover : leftovers) {
            Files.createDirectories(root.resolve(leftover).getParent());
            Files.writeString(root.resolve(leftover), "{\"half");
        }
        registry = new LocalDirectoryRegistry(root, Clock.systemUTC());
        assertThat(registry.describe(Cancellation.NONE).warnings()).hasSize(leftovers.size());
        leftovers.forEach(leftover -> assertThat(root.resolve(leftover)).doesNotExist());
        assertThat(registry.describe(Cancellation.NONE).warnings().toString())
                .contains("a crash left", "blobs/.aside-1", "versions/1/.aside-5");
        assertThat(version()).isNotNull();
    }

    /** An agent that shares the registry replaces a file or directory by a link. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                ".lock",
                "blobs",
                "models",
                "models/churn",
                "models/churn/.lock",
                "models/churn/aliases.json",
                "models/churn/versions",
                "models/churn/versions/1",
                "models/churn/versions/1/version.json",
                "staging"
            })
    void followsNoLink(String what) throws IOException {
        Path outside = Files.createDirectories(directory.resolve("outside"));
        Path taken = outside.resolve("taken");
        Files.move(root.resolve(what), taken);
        Files.createSymbolicLink(root.resolve(what), taken);
        Map<String, String> before = contents(outside);
        List<Call> calls = List.of(
                () -> register("third"),
                () -> {
                    registry.tagVersion("churn", "1", "owner", "somebody", Cancellation.NONE);
                    return "";
                },
                () -> registry.moveAlias(
                        "churn",
                        new AliasChange("champion", Optional.of("2"), Optional.of("1"), "move-16"),
                        Cancellation.NONE));
        int refused = 0;
        for (Call call : calls) {
            try {
                call.run();
            } catch (DeliveryException e) {
                refused += e.kind() == ErrorKind.CONFLICT && e.getMessage().contains("is a link") ? 1 : 0;
            }
        }
        assertThat(refused).as("calls that say why").isPositive();
        assertThat(contents(outside)).isEqualTo(before);
    }

    private static Map<String, String> contents(Path directory) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(directory)) {
            for (Path path : (Iterable<Path>) walk::iterator) {
                contents.put(path.toString(), Files.isRegularFile(path) ? Files.readString(path) : "");
            }
        }
        return contents;
    }
}
