package io.jenkins.plugins.modeldelivery.engine.serving.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.modeldelivery.engine.io.ConfinedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TritonConfigurationTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "name: \"wine\" max_batch_size: 8|max_batch_size: 8",
                "name: 'wine'; backend: \"python\"|backend: \"python\"",
                "name:\"wi\" \"ne\", backend: \"x\"|backend: \"x\"",
                "backend: \"x\" name : \"a\\\"b\"|backend: \"x\"",
                "max_batch_size: 8|max_batch_size: 8",
                "filename: \"name: \\\"x\\\"\"|filename: \"name: \\\"x\\\"\"",
                "input [ { name: \"x\" } ] name: \"wine\"|input [ { name: \"x\" } ]",
                "default_model_filename: \"name\"|default_model_filename: \"name\"",
                "instance_group < name: \"g\" >|instance_group < name: \"g\" >"
            })
    void takesOutTheModelsNameAndNoOther(String configuration, String expected) {
        assertThat(TritonConfiguration.withoutName(configuration).strip()).isEqualTo(expected);
    }

    @Test
    void leavesCommentsAndUnfinishedStringsAlone() {
        String comment = "# name: \"wine\" {\nbackend: \"python\"\n";
        assertThat(TritonConfiguration.withoutName(comment + "name: \"wine\"\n"))
                .isEqualTo(comment);
        assertThat(TritonConfiguration.withoutName("name: \"wine")).isEqualTo("name: \"wine");
        assertThat(TritonConfiguration.withoutName("name: \"wine\\")).isEqualTo("name: \"wine\\");
        assertThat(TritonConfiguration.withoutName("")).isEmpty();
    }

    /** A configuration with the endpoint's name would keep every candidate from loading. */
    @Test
    void aCandidatesConfigurationHasNoName() throws IOException {
        Files.writeString(directory.resolve("config.pbtxt"), "name: \"wine\"\nbackend: \"python\"\n");
        ConfinedFiles access = ConfinedFiles.in(directory);
        VersionedLayout layout = new VersionedLayout(AllowedImplementations.ANY);
        assertThat(layout.candidateFiles(access, directory).get("config.pbtxt"))
                .asString()
                .isEqualTo("backend: \"python\"\n");
        assertThat(layout.candidateFiles(access, directory.resolve("nothing"))).isEmpty();
        assertThat(layout.namesake(access, "wine")).isEqualTo(Optional.empty());
    }
}
