package io.jenkins.plugins.modeldelivery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.modeldelivery.engine.document.DocumentSchema;
import io.jenkins.plugins.modeldelivery.engine.document.Documents;
import io.jenkins.plugins.modeldelivery.engine.policy.Rules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExamplesTest {
    @ParameterizedTest
    @ValueSource(strings = {"embedded", "mlflow-mlserver"})
    void everyExampleIsAsItsSchemasSay(String example) {
        Path directory = CommandHome.examples().resolve(example);
        JsonNode delivery = Documents.read(directory.resolve("delivery.yaml"), DocumentSchema.delivery());
        JsonNode configuration =
                Documents.read(directory.resolve("model-delivery.yaml"), DocumentSchema.configuration());
        Rules rules = Rules.parse(configuration);
        assertThat(rules.gates()).containsKey(delivery.path("gate").path("gate").asText());
        assertThat(rules.guarding(delivery.path("promote").path("to").asText())).isPresent();
    }

    @Test
    void everyYamlFileNamesItsSchemaForEditorsWhereItIs() throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(CommandHome.examples())) {
            // Jenkins' own file has the schema of the controller that reads it.
            files = walk.filter(f -> f.toString().endsWith(".yaml") && !f.endsWith("jenkins.yaml"))
                    .toList();
        }
        assertThat(files).hasSizeGreaterThanOrEqualTo(4);
        for (Path file : files) {
            String first = Files.readAllLines(file).get(0);
            assertThat(first).startsWith("# yaml-language-server: $schema=");
            assertThat(file.getParent().resolve(first.substring(first.indexOf('=') + 1)))
                    .isRegularFile();
        }
    }
}
