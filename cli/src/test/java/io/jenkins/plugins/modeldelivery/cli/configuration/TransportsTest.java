package io.jenkins.plugins.modeldelivery.cli.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.modeldelivery.cli.CommandHome;
import io.jenkins.plugins.modeldelivery.cli.output.ExitStatus;
import io.jenkins.plugins.modeldelivery.engine.http.HttpCall;
import io.jenkins.plugins.modeldelivery.engine.http.HttpTransport;
import io.jenkins.plugins.modeldelivery.engine.http.Idempotency;
import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Credentials;
import okhttp3.Headers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the configuration says of a server is what a server gets, or an error before anything is sent. */
@Timeout(60)
class TransportsTest {
    private static final Map<String, String> ENVIRONMENT =
            Map.of("TOKEN", "our-token", "PASSWORD", "our-password", "KEY", "our-key");

    @TempDir
    Path directory;

    private MockWebServer server;

    @BeforeEach
    void start() throws IOException {
        server = new MockWebServer();
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Headers sent(String keys) throws Exception {
        new CommandHome(directory)
                .write(
                        "model-delivery.yaml",
                        "registries: {team: {type: mlflow, url: '" + server.url("/") + "', " + keys + "}}");
        Settings settings = Settings.load(Optional.empty(), ENVIRONMENT, directory);
        JsonNode team = settings.registries().path("team");
        server.enqueue(new MockResponse.Builder().build());
        try (HttpTransport transport = Transports.open(settings, team, "The registry team", Clock.systemUTC())) {
            HttpCall call = new HttpCall(
                    "GET",
                    server.url("/").uri(),
                    Map.of(),
                    Optional.empty(),
                    Idempotency.SAFE,
                    Duration.ofMinutes(1),
                    1000,
                    "list models",
                    true);
            transport.send(call, Cancellation.NONE);
        }
        RecordedRequest request = server.takeRequest();
        return request.getHeaders();
    }

    /** The server stands for a proxy here, too: a plain call reaches it in both cases. */
    @Test
    void aProxyThatAsksGetsTheLoginOfTheProperties() throws Exception {
        ProxySelector before = ProxySelector.getDefault();
        ProxySelector.setDefault(ProxySelector.of(new InetSocketAddress("127.0.0.1", server.getPort())));
        System.setProperty("http.proxyUser", "me");
        System.setProperty("http.proxyPassword", "proxy-secret");
        try {
            server.enqueue(new MockResponse.Builder()
                    .code(407)
                    .addHeader("Proxy-Authenticate", "Basic realm=\"x\"")
                    .build());
            assertThat(sent("token: '${env:TOKEN}'").get("Proxy-Authorization")).isNull();
            assertThat(server.takeRequest().getHeaders().get("Proxy-Authorization"))
                    .isEqualTo(Credentials.basic("me", "proxy-secret"));
        } finally {
            ProxySelector.setDefault(before);
            System.clearProperty("http.proxyUser");
            System.clearProperty("http.proxyPassword");
        }
    }

    @Test
    void aLoginAndHeadersAreSentTogether() throws Exception {
        Headers headers = sent(
                "username: me, password: '${env:PASSWORD}', headers: {X-Gateway: '${env:KEY}', X-Org: '${env:KEY}'}");
        assertThat(headers.get("Authorization")).isEqualTo(Credentials.basic("me", "our-password"));
        assertThat(headers.get("X-Gateway")).isEqualTo("our-key");
        assertThat(headers.get("X-Org")).isEqualTo("our-key");
    }

    @Test
    void aTokenAndHeadersAreSentTogether() throws Exception {
        Headers headers = sent("token: '${env:TOKEN}', headers: {X-Gateway: '${env:KEY}'}");
        assertThat(headers.get("Authorization")).isEqualTo("Bearer our-token");
        assertThat(headers.get("X-Gateway")).isEqualTo("our-key");
    }

    @Test
    void headersAloneMayHoldTheAuthorization() throws Exception {
        assertThat(sent("headers: {authorization: '${env:KEY}'}").get("Authorization"))
                .isEqualTo("our-key");
    }

    private void refused(String keys, String... said) throws IOException {
        new CommandHome(directory).write("model-delivery.yaml", "registries: {team: {type: mlflow, " + keys + "}}");
        CommandHome.Ended ended =
                new CommandHome(directory).run("register", "churn", "--source", "s3://bucket/model", "--alias", "a");
        assertThat(ended.status()).as(ended.all()).isEqualTo(ExitStatus.USAGE);
        assertThat(ended.err()).contains(said).contains("registry team");
        assertThat(server.getRequestCount()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "username: me, password: '${env:PATH}', headers: {AUTHORIZATION: '${env:PATH}'} | Authorization",
                "token: '${env:PATH}', headers: {Authorization: '${env:PATH}'}                  | Authorization",
                "token: '${env:PATH}', username: me, password: '${env:PATH}'                     | token and a username",
                "headers: {X-Key: '${env:PATH}', x-key: '${env:PATH}'}                           | twice",
                "headers: {'X Key': '${env:PATH}'}                                               | name"
            })
    void whatCannotBeSentTogetherIsRefused(String keys, String said) throws IOException {
        refused("url: '" + server.url("/") + "', " + keys, said);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://registry.example/a b",
                "http://registry example",
                "http://registry:99999",
                "http://",
                "https://?x",
                "http://me:secret99@registry.example"
            })
    void aUrlThatIsNoneIsAnErrorOfTheConfiguration(String url) throws IOException {
        refused("url: '" + url + "'", "URL of the registry team");
    }

    @ParameterizedTest
    @CsvSource({"openInference, url", "directory, server"})
    void theSameHoldsForATarget(String type, String key) throws IOException {
        CommandHome home = CommandHome.embedded(directory)
                .write(
                        "model-delivery.yaml",
                        "targets: {edge: {type: " + type + ", repository: served, " + key
                                + ": 'http://edge.example/a b'}}");
        home.run("register", "churn", "--path", home.path("delivery.yaml").toString());
        CommandHome.Ended ended = home.run("deploy", "churn/1", "--endpoint", "churn");
        assertThat(ended.status()).as(ended.all()).isEqualTo(ExitStatus.USAGE);
        assertThat(ended.err()).contains("URL of the serving target edge").contains("blank");
    }
}
