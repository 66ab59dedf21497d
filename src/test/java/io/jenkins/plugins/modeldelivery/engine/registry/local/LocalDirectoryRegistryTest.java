package io.jenkins.plugins.modeldelivery.engine.registry.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.registry.ModelRegistry;
import io.jenkins.plugins.modeldelivery.engine.registry.RegistryContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
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
