package io.jenkins.plugins.modeldelivery.cli.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MlflowVariablesTest {
    private static final String URI = "MLFLOW_TRACKING_URI";

    @TempDir
    Path directory;

    private Settings settings(String... variables) {
        Map<String, String> environment = new HashMap<>();
        for (int i = 0; i < variables.length; i += 2) {
            environment.put(variables[i], variables[i + 1]);
        }
        return Settings.load(Optional.empty(), environment, directory);
    }

    private JsonNode mlflow(String... variables) {
        return settings(variables).registries().path("mlflow");
    }

    private void refused(String[] variables, String... parts) {
        assertThatThrownBy(() -> settings(variables).registries())
                .isInstanceOfSatisfying(
                        DeliveryException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_INPUT))
                .hasMessageContainingAll(parts);
    }

    @Test
    void mlflowsOwnVariablesNameTheRegistry() {
        Settings settings = settings(
                URI,
                "https://mlflow.example",
                "MLFLOW_TRACKING_USERNAME",
                "me",
                "MLFLOW_TRACKING_PASSWORD",
                "secret",
                "MLFLOW_EXPERIMENT_NAME",
                "churn");
        JsonNode mlflow = settings.registries().path("mlflow");
        assertThat(mlflow.path("url").asText()).isEqualTo("https://mlflow.example");
        assertThat(mlflow.path("experiment").asText()).isEqualTo("churn");
        assertThat(settings.secret(mlflow.path("password").asText())).isEqualTo("secret");
        assertThat(mlflow.toString()).doesNotContain("secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:5000",
                "https://example.com/mlflow/",
                "HTTP://HOST",
                "http://ml_flow:5000",
                "http://[::1]:5000"
            })
    void anAddressOfAServerIsTaken(String uri) {
        assertThat(mlflow(URI, uri).path("url").asText()).isEqualTo(uri);
    }

    @Test
    void blanksAtTheEndsOfAnAddressAreNoPartOfIt() {
        assertThat(mlflow(URI, " http://127.0.0.1:5000 \n").path("url").asText())
                .isEqualTo("http://127.0.0.1:5000");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "sqlite:///mlflow.db | mlflow server --backend-store-uri sqlite:///mlflow.db",
                "postgresql://db/mlflow | mlflow server",
                "file:./mlruns | mlflow server",
                "./mlruns | mlflow server",
                "C:\\mlruns | mlflow server",
                "databricks | Databricks",
                "databricks://profile | Databricks",
                "databricks-uc | Databricks",
                "uc:http://127.0.0.1:8080 | Unity Catalog",
                "\"http://127.0.0.1:5000\" | MLFLOW_TRACKING_URI=http://127.0.0.1:5000",
                "'http://127.0.0.1:5000' | MLFLOW_TRACKING_URI=http://127.0.0.1:5000",
                "localhost:5000 | http://localhost:5000",
                "mlflow.example.com:5000/path | http://mlflow.example.com:5000/path",
                "ftp://mlflow.example.com | http:// or https://",
                "http:/mlflow.example.com | http:// or https://",
                "http:// | host",
                "http://:5000 | host",
                "http://my server:5000 | blank",
                "http://host:port | port",
                "http://host:99999 | port",
                "http://host/?page=1 | ? or #",
                "http://host:5000/#/models/churn | ? or #",
            })
    void whatIsNoServerIsAnErrorThatSaysWhatToWrite(String uri, String remedy) {
        refused(new String[] {URI, uri}, URI, uri, remedy);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n"})
    void anEmptyVariableIsAnError(String uri) {
        refused(new String[] {URI, uri}, URI, "is set, but empty", "unset");
    }

    @Test
    void aPasswordInAnAddressIsNotShown() {
        for (String uri : List.of("http://me:hunter2@host:5000", "postgresql://me:hunter2@db/mlflow")) {
            assertThatThrownBy(() -> settings(URI, uri).registries())
                    .hasMessageContaining(URI)
                    .hasMessageNotContaining("hunter2");
        }
        refused(new String[] {URI, "http://me:x@host:5000"}, "MLFLOW_TRACKING_USERNAME", "MLFLOW_TRACKING_PASSWORD");
    }

    @Test
    void aRegistryThatIsAnotherServerIsAnError() {
        refused(
                new String[] {URI, "http://one:5000", "MLFLOW_REGISTRY_URI", "http://two:5000"},
                "MLFLOW_REGISTRY_URI",
                "http://two:5000",
                "model-delivery.yaml");
        refused(new String[] {"MLFLOW_REGISTRY_URI", "http://two:5000"}, "MLFLOW_REGISTRY_URI", URI);
        assertThat(mlflow(URI, "http://one:5000", "MLFLOW_REGISTRY_URI", "http://one:5000/")
                        .isObject())
                .isTrue();
        assertThat(mlflow(URI, "http://one:5000", "MLFLOW_REGISTRY_URI", "").isObject())
                .isTrue();
        assertThat(settings("MLFLOW_REGISTRY_URI", "").registries().has("local"))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"MLFLOW_TRACKING_TOKEN", "MLFLOW_TRACKING_USERNAME"})
    void aLoginWithoutAServerIsAnErrorAndNoLocalRegistry(String login) {
        refused(new String[] {login, "secret"}, login, "MLFLOW_TRACKING_URI is not");
        assertThat(settings(login, "").registries().has("local")).isTrue();
    }

    @Test
    void ofTwoLoginsTheOneCountsThatMlflowsOwnClientUses() {
        JsonNode both = mlflow(
                URI,
                "http://host",
                "MLFLOW_TRACKING_TOKEN",
                "t",
                "MLFLOW_TRACKING_USERNAME",
                "me",
                "MLFLOW_TRACKING_PASSWORD",
                "p");
        assertThat(both.has("token")).isFalse();
        assertThat(both.path("username").asText()).isEqualTo("${env:MLFLOW_TRACKING_USERNAME}");
        assertThat(mlflow(URI, "http://host", "MLFLOW_TRACKING_TOKEN", "t").has("token"))
                .isTrue();
        assertThat(mlflow(URI, "http://host", "MLFLOW_TRACKING_TOKEN", "").has("token"))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "MLFLOW_TRACKING_USERNAME,me,MLFLOW_TRACKING_PASSWORD",
        "MLFLOW_TRACKING_PASSWORD,p,MLFLOW_TRACKING_USERNAME",
        "MLFLOW_WORKSPACE,team,default workspace",
        "MLFLOW_TRACKING_INSECURE_TLS,true,MLFLOW_TRACKING_SERVER_CERT_PATH",
    })
    void whatCannotBeDoneAsItIsMeantIsAnError(String variable, String value, String named) {
        refused(new String[] {URI, "https://host", variable, value}, variable, named);
    }

    @Test
    void theDefaultWorkspaceIsWhereARegistrationGoesAnyway() {
        assertThat(mlflow(URI, "https://host", "MLFLOW_WORKSPACE", "default").isObject())
                .isTrue();
        assertThat(mlflow(URI, "https://host", "MLFLOW_WORKSPACE", " ").isObject())
                .isTrue();
    }

    @Test
    void certificatesAreReadWhereTheVariablesSay() {
        JsonNode mlflow = mlflow(
                URI,
                "https://host",
                "MLFLOW_TRACKING_SERVER_CERT_PATH",
                "ca.pem",
                "MLFLOW_TRACKING_CLIENT_CERT_PATH",
                "/etc/me.pem");
        assertThat(mlflow.path("certificateAuthority").asText())
                .isEqualTo(directory.resolve("ca.pem").toString());
        assertThat(mlflow.path("clientCertificate").asText()).isEqualTo("/etc/me.pem");
        assertThat(mlflow.path("clientKey").asText()).isEqualTo("/etc/me.pem");
    }

    @Test
    void configuredRegistriesCountMoreThanTheVariableAndTheOutputSaysSo() throws IOException {
        Files.writeString(
                directory.resolve("model-delivery.yaml"), "registries:\n  mine: {type: mlflow, url: 'http://mine'}\n");
        for (String uri : List.of("http://other", "sqlite:///x.db")) {
            Settings settings = settings(URI, uri);
            assertThat(settings.registries().has("mlflow")).isFalse();
            assertThat(settings.notes())
                    .singleElement()
                    .asString()
                    .contains(URI, uri, "not used", settings.configuration().toString());
        }
        assertThat(settings(URI, "http://mine/").notes()).isEmpty();
        assertThat(settings(URI, "").notes()).isEmpty();
        assertThat(settings("MLFLOW_REGISTRY_URI", "http://other").notes())
                .singleElement()
                .asString()
                .contains("MLFLOW_REGISTRY_URI", "not used");
    }

    @Test
    void withoutAConfigurationTheOutputNamesTheServer() {
        assertThat(settings(URI, "http://127.0.0.1:5000").notes())
                .singleElement()
                .asString()
                .contains("http://127.0.0.1:5000", URI, "no gates and no policies");
    }
}
