package io.jenkins.plugins.modeldelivery.engine.registry.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.FileNames;
import io.jenkins.plugins.modeldelivery.engine.model.ModelVersion;
import io.jenkins.plugins.modeldelivery.engine.model.TransferProgress;
import io.jenkins.plugins.modeldelivery.engine.registry.ModelRegistry;
import io.jenkins.plugins.modeldelivery.engine.registry.RegistryContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalDirectoryRegistryTest extends RegistryContract {
    @TempDir
    Path root;

    @Override
    protected ModelRegistry registry() {
        return new LocalDirectoryRegistry(root, Clock.systemUTC());
    }

    private Path models(String model) {
        return root.resolve("models").resolve(FileNames.encode(model));
    }

    @Override
    protected void delete(String model) throws IOException {
        try (Stream<Path> walk = Files.walk(models(model))) {
            for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    @Override
    protected void rename(String model, String name) throws IOException {
        Files.move(models(model), models(name));
    }

    @Override
    protected void describe(String model, String version, String description) throws IOException {
        Path file = models(model).resolve("versions").resolve(version).resolve("version.json");
        ObjectNode json = (ObjectNode) Json.read(Files.readAllBytes(file), ErrorKind.CORRUPT, "It");
        Files.writeString(file, Json.text(json.put("description", description)));
    }

    /** Numbers and files belong to the version that was read, not to the next one of its number. */
    @Test
    void givesNothingOfAnotherVersionWithTheSameNumber(@TempDir Path directory) throws IOException {
        Files.writeString(directory.resolve("weights"), "weights");
        ModelVersion first = Registering.one(registry(), "churn", "first", directory);
        delete("churn");
        Registering.one(registry(), "churn", "second", directory);
        for (ThrowingCallable call : List.<ThrowingCallable>of(
                () -> registry().metrics(first, Cancellation.NONE),
                () -> registry()
                        .download(first, directory.resolve("into"), TransferProgress.SILENT, Cancellation.NONE))) {
            assertThatThrownBy(call)
                    .isInstanceOfSatisfying(
                            DeliveryException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.NOT_FOUND))
                    .hasMessageContaining("churn/1 was deleted and created again");
        }
    }

    @Test
    void clearsAwayWhatACrashLeftAndSaysSo() throws IOException {
        Path leftover = root.resolve("models/churn/versions/.aside-1234");
        Files.createDirectories(leftover);
        Files.writeString(leftover.resolve("version.json"), "{\"ver");
        assertThat(registry().describe(Cancellation.NONE).warnings())
                .singleElement()
                .asString()
                .contains(".aside-1234");
        assertThat(leftover).doesNotExist();
        assertThat(registry().describe(Cancellation.NONE).warnings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"É", "🚀", "N"})
    void storesTheLongestNameOfLettersThatNeedEncoding(String letter) throws IOException {
        String name = letter.repeat(250 / letter.length());
        Path model = Files.writeString(directory.resolve("one file"), "weights");
        registry().checkName(name);
        assertThat(Registering.one(registry(), name, "operation", model).version())
                .isEqualTo("1");
        assertThat(registry().version(name, "1", Cancellation.NONE).name()).isEqualTo(name);
    }
}
