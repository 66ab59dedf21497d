package io.jenkins.plugins.modeldelivery.cli.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationFileTest {
    @TempDir
    Path directory;

    private Path file;
    private Path below;

    @BeforeEach
    void prepare() throws IOException {
        file = Files.writeString(directory.resolve("model-delivery.yaml"), "{}");
        below = Files.createDirectories(directory.resolve("work"));
    }

    private ConfigurationFile owned(String owner, String place) {
        return new ConfigurationFile(path -> path.equals(file) ? owner : place);
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "who owns a file there is often a group")
    void theConfigurationOfAStrangerInAParentIsRefused() {
        assertThatThrownBy(() -> owned("mallory", "ann").find(List.of(below)))
                .isInstanceOfSatisfying(
                        DeliveryException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_INPUT))
                .hasMessageContainingAll(file.toString(), "mallory", "--config");
    }

    @ParameterizedTest
    @CsvSource({"ann, ann", "root, ann"})
    void thatOfTheOwnerOfTheDirectoryOrTheAdministratorIsTaken(String owner, String place) {
        assertThat(owned(owner, place).find(List.of(below))).contains(file);
    }

    @Test
    void ourOwnIsTaken() {
        assertThat(owned(System.getProperty("user.name"), "ann").find(List.of(below)))
                .contains(file);
        assertThat(new ConfigurationFile().find(List.of(below))).contains(file);
    }

    @Test
    void whereTheCommandRunsTheOwnerIsNotAsked() {
        assertThat(owned("mallory", "ann").find(List.of(directory))).contains(file);
    }
}
