package io.jenkins.plugins.modeldelivery.engine.serving.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.modeldelivery.engine.io.ConfinedFiles;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A model does not choose the code that serves it where an administrator has chosen. */
class AllowedImplementationsTest {
    private static final AllowedImplementations SKLEARN =
            AllowedImplementations.parse("mlserver_sklearn.SKLearnModel, mlserver_xgboost.XGBoostModel");

    @TempDir
    Path files;

    private ConfinedFiles access() {
        return ConfinedFiles.in(files);
    }

    private MlServerLayout mlserver(AllowedImplementations implementations, String own) throws IOException {
        Files.writeString(files.resolve("model-settings.json"), own);
        return new MlServerLayout(implementations);
    }

    private JsonNode written(AllowedImplementations implementations, String own) throws IOException {
        MlServerLayout layout = mlserver(implementations, own);
        layout.check(access(), files);
        return Json.read(layout.pointer(access(), files, "churn", "3").orElseThrow(), ErrorKind.CORRUPT, "It");
    }

    private void refused(RepositoryLayout layout, String... words) {
        assertThatThrownBy(() -> layout.check(access(), files))
                .isInstanceOfSatisfying(
                        DeliveryException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_INPUT))
                .hasMessageContainingAll(words);
    }

    @Test
    void takesTheFirstForAModelThatNamesNone() throws IOException {
        assertThat(written(SKLEARN, "{}").path("implementation").asText()).isEqualTo("mlserver_sklearn.SKLearnModel");
    }

    @Test
    void takesWhatTheModelNamesIfItIsAdmitted() throws IOException {
        assertThat(written(SKLEARN, "{\"implementation\":\"mlserver_xgboost.XGBoostModel\"}")
                        .path("implementation")
                        .asText())
                .isEqualTo("mlserver_xgboost.XGBoostModel");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mlserver_mlflow.MLflowRuntime",
                "MLSERVER_SKLEARN.SKLEARNMODEL",
                " mlserver_sklearn.SKLearnModel",
                "model.Own",
                ""
            })
    void refusesARuntimeThatIsNotAdmitted(String runtime) throws IOException {
        refused(
                mlserver(SKLEARN, "{\"implementation\":\"" + runtime + "\"}"),
                "model-settings.json requires the implementation " + runtime,
                "admits mlserver_sklearn.SKLearnModel, mlserver_xgboost.XGBoostModel only");
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "null", "[\"mlserver_sklearn.SKLearnModel\"]", "{}"})
    void refusesARuntimeThatIsNoText(String runtime) throws IOException {
        refused(mlserver(SKLEARN, "{\"implementation\":" + runtime + "}"), "\"implementation\"", "no text");
    }

    @Test
    void letsAModelChooseWhereNothingIsConfigured() throws IOException {
        JsonNode settings = written(
                AllowedImplementations.ANY,
                "{\"implementation\":\"model.Own\",\"parameters\":{\"extra\":{\"task\":\"qa\"}}}");
        assertThat(settings.path("implementation").asText()).isEqualTo("model.Own");
        assertThat(settings.path("parameters").path("extra").path("task").asText())
                .isEqualTo("qa");
    }

    @Test
    void keepsWhatDescribesTheModel() throws IOException {
        JsonNode settings = written(
                SKLEARN,
                "{\"name\":\"theirs\",\"platform\":\"sklearn\",\"max_batch_size\":8,\"inputs\":[{\"name\":\"x\"}],"
                        + "\"parameters\":{\"uri\":\"model.joblib\",\"version\":\"v9\",\"content_type\":\"pd\"}}");
        assertThat(settings.path("name").asText()).isEqualTo("churn");
        assertThat(settings.path("platform").asText()).isEqualTo("sklearn");
        assertThat(settings.path("max_batch_size").asInt()).isEqualTo(8);
        assertThat(settings.path("inputs").path(0).path("name").asText()).isEqualTo("x");
        assertThat(settings.path("parameters"))
                .isEqualTo(Json.read(
                        "{\"uri\":\"./3/model.joblib\",\"content_type\":\"pd\"}".getBytes(), ErrorKind.CORRUPT, "It"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"parallel_workers\":64}|parallel_workers",
                "{\"parameters\":{\"environment_tarball\":\"./env.tar.gz\"}}|parameters.environment_tarball",
                "{\"parameters\":{\"environment_path\":\"/opt/theirs\"}}|parameters.environment_path",
                "{\"parameters\":{\"extra\":{\"pretrained_model\":\"somebody/else\"}}}|parameters.extra",
                "{\"implementation_\":\"model.Own\"}|implementation_",
                "{\"IMPLEMENTATION\":\"model.Own\"}|IMPLEMENTATION"
            })
    void refusesEverythingElse(String own, String name) throws IOException {
        refused(mlserver(SKLEARN, own), "sets " + name + ". A model may set ", "platform", "Remove it");
    }

    @Test
    void refusesAnEnvironmentOfTheModelAlsoWhereTheModelChooses() throws IOException {
        refused(
                mlserver(
                        AllowedImplementations.ANY,
                        "{\"implementation\":\"model.Own\",\"parameters\":{\"environment_tarball\":\"./env.tar.gz\"}}"),
                "parameters.environment_tarball");
    }

    @Test
    void refusesAFileByWhichTritonWouldChooseAnotherBackend() throws IOException {
        Files.writeString(files.resolve("model.onnx"), "graph");
        VersionedLayout onnx = new VersionedLayout(AllowedImplementations.parse("onnxruntime"));
        assertThatCode(() -> onnx.check(access(), files)).doesNotThrowAnyException();
        Files.writeString(files.resolve("model.py"), "import os");
        refused(onnx, "model.py requires the implementation python", "admits onnxruntime only");
        assertThatCode(() -> new VersionedLayout(AllowedImplementations.ANY).check(access(), files))
                .doesNotThrowAnyException();
    }
}
