package io.jenkins.plugins.modeldelivery.engine.serving.openinference;

import static io.jenkins.plugins.modeldelivery.engine.fake.FaultyServer.assertFails;
import static io.jenkins.plugins.modeldelivery.engine.fake.FaultyServer.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.modeldelivery.engine.fake.Fault;
import io.jenkins.plugins.modeldelivery.engine.fake.FaultyServer;
import io.jenkins.plugins.modeldelivery.engine.http.OkHttpTransport;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.serving.CallLimits;
import io.jenkins.plugins.modeldelivery.engine.serving.Readiness;
import io.jenkins.plugins.modeldelivery.engine.serving.ServingTarget;
import io.jenkins.plugins.modeldelivery.engine.serving.SmokeTest;
import io.jenkins.plugins.modeldelivery.engine.serving.SmokeTest.SmokeTestResult;
import io.jenkins.plugins.modeldelivery.engine.serving.directory.AllowedImplementations;
import io.jenkins.plugins.modeldelivery.engine.serving.directory.DirectoryTarget;
import io.jenkins.plugins.modeldelivery.engine.serving.directory.EndpointFiles;
import io.jenkins.plugins.modeldelivery.engine.serving.directory.ExplicitLoadServer;
import io.jenkins.plugins.modeldelivery.engine.serving.directory.PollingServer;
import io.jenkins.plugins.modeldelivery.engine.serving.directory.VersionedLayout;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A serving server that fails, lies, is something else, or is a Triton. */
@Timeout(120)
class OpenInferenceFaultsTest {
    private static final CallLimits NEVER = CallLimits.of(Cancellation.NONE);
    private static final String METADATA =
            "{\"name\": \"triton\", \"version\": \"2.50\", \"extensions\": [\"model_repository\"]}";

    @TempDir
    Path directory;

    private FaultyServer server;
    private OpenInferenceClient client;
    private ServingTarget target;

    @BeforeEach
    void start() throws IOException {
        server = new FaultyServer();
        open(server.transport());
    }

    private void open(OkHttpTransport transport) {
        client = new OpenInferenceClient(transport, server.url(), Clock.systemUTC());
        target = new DirectoryTarget(
                new EndpointFiles(
                        directory.resolve("served"),
                        Optional.empty(),
                        new VersionedLayout(AllowedImplementations.ANY),
                        3,
                        Clock.systemUTC()),
                new ExplicitLoadServer(client));
    }

    private void answers(Fault fault) {
        target.close();
        open(server.transport(fault));
        server.answers(fault);
    }

    @AfterEach
    void stop() {
        target.close();
        server.close();
    }

    private static SmokeTest test(Optional<Duration> maxLatency) {
        return new SmokeTest(Json.object(), Optional.empty(), 0, 0, maxLatency, Optional.empty());
    }

    private static MockResponse json(int status, String body) {
        return new MockResponse.Builder().code(status).body(body).build();
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void everyQuestionSaysWhatWentWrong(Fault fault) {
        answers(fault);
        assertFails(fault, () -> target.describe(Cancellation.NONE));
        assertFails(fault, () -> target.inspect("churn", NEVER));
        assertThat(directory.resolve("served")).doesNotExist();
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void noFaultPassesForReadyOrForAPassedTest(Fault fault) {
        answers(fault);
        SmokeTestResult[] result = new SmokeTestResult[1];
        assertThat(failureOf(() -> result[0] = client.smoke("churn", test(Optional.empty()), NEVER)))
                .isNull();
        assertThat(result[0].passed()).isFalse();
        assertThat(result[0].reason()).doesNotContain("k3y").hasSizeBetween(10, 500);
        Readiness[] served = {Readiness.failed("")};
        failureOf(() -> served[0] = client.serves("churn", "2", NEVER));
        assertThat(served[0].state()).isNotEqualTo(Readiness.State.READY);
        assertThat(served[0].reason()).doesNotContain("k3y").hasSizeLessThan(500);
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"BAD_REQUEST", "UNAUTHENTICATED", "NO_SUCH_PAGE", "CONFLICT", "BROKEN", "AWAY"})
    void aRefusalToLoadIsQuoted(Fault fault) {
        answers(fault);
        Readiness loaded = client.load("churn", NEVER);
        assertThat(loaded.state()).isEqualTo(Readiness.State.FAILED);
        assertThat(loaded.reason())
                .startsWith("the server answered ")
                .doesNotContain("k3y")
                .hasSizeLessThan(400);
        assertThat(server.requests()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "null",
                "7",
                "\"text\"",
                "{}",
                "{\"name\": \"\"}",
                "{\"name\": []}",
                "{\"name\": \"x\", \"versions\": {\"2\": 1}}",
                "{\"name\": \"x\", \"versions\": [[2], null]}",
                "{\"outputs\": {}}",
                "{\"outputs\": []}",
                "{\"outputs\": null, \"name\": {}}"
            })
    void aReplyOfAnotherShapeIsNoReply(String body) {
        server.answersJson(body);
        assertThat(client.smoke("churn", test(Optional.empty()), NEVER).reason())
                .contains("outputs");
        Readiness[] served = {Readiness.failed("")};
        failureOf(() -> served[0] = client.serves("churn", "2", NEVER));
        assertThat(served[0].state()).isNotEqualTo(Readiness.State.READY);
        if (!body.contains("\"x\"")) {
            DeliveryException failure = failureOf(() -> target.describe(Cancellation.NONE));
            assertThat(failure.kind()).isEqualTo(ErrorKind.SERVER);
        }
    }

    @Test
    void aServerWithoutTheRepositoryExtensionGetsNoFiles() {
        server.answers(asked -> asked.equals("GET /v2")
                ? json(200, "{\"name\": \"plain\", \"version\": \"1\", \"extensions\": [\"statistics\"]}")
                : json(404, "{\"error\": \"not found\"}"));
        DeliveryException failure = failureOf(() -> target.inspect("churn", NEVER));
        assertThat(failure.kind()).isEqualTo(ErrorKind.UNSUPPORTED);
        assertThat(failure).hasMessageContaining("lacks the model repository extension");
        assertThat(directory.resolve("served")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({"401", "403"})
    void whoMayNotAskIsToldAtOnceWhetherItIsReady(int status) {
        server.answers(asked -> json(status, "{\"error\": \"who are you\"}"));
        assertThat(failureOf(() -> client.serves("churn", "2", NEVER)).kind()).isEqualTo(ErrorKind.DENIED);
        assertThat(failureOf(() -> client.ready("churn", "2", NEVER)).kind()).isEqualTo(ErrorKind.DENIED);
    }

    private Function<String, MockResponse> triton(String index) {
        return asked -> switch (asked) {
            case "GET /v2" -> json(200, METADATA);
            case "POST /v2/repository/index" -> json(200, index);
            case "GET /v2/models/churn/ready" -> json(400, "{\"error\": \"not ready\"}");
            default -> json(200, "{\"name\": \"churn\", \"versions\": [\"1\"]}");
        };
    }

    @Test
    void tritonsReasonForAFailedLoadIsQuoted() {
        server.answers(triton("[{\"name\": \"other\"}, {\"name\": \"churn\", \"state\": \"UNAVAILABLE\", \"reason\":"
                + " \"Invalid argument: unexpected platform\"}]"));
        Readiness served = client.serves("churn", "2", NEVER);
        assertThat(served.state()).isEqualTo(Readiness.State.FAILED);
        assertThat(served.reason()).contains("UNAVAILABLE \"Invalid argument: unexpected platform\"");
        server.answers(triton("[{\"name\": \"churn\", \"state\": \"LOADING\", \"reason\": \"warming up\"}]"));
        assertThat(client.serves("churn", "2", NEVER).state()).isEqualTo(Readiness.State.LOADING);
    }

    /** A version that failed earlier stays in the list of Triton. */
    @Test
    void tritonsReasonForAnotherVersionIsNotQuoted() {
        server.answers(triton("[{\"name\": \"churn\", \"version\": \"3\", \"state\": \"UNAVAILABLE\", \"reason\":"
                + " \"Internal: no such module\"}, {\"name\": \"churn\", \"version\": \"2\", \"state\":"
                + " \"LOADING\"}]"));
        assertThat(client.serves("churn", "2", NEVER)).isEqualTo(Readiness.loading("LOADING \"\""));
        assertThat(client.serves("churn", "3", NEVER).state()).isEqualTo(Readiness.State.FAILED);
        assertThat(client.serves("churn", "4", NEVER).reason()).contains("not ready");
    }

    /** A server that polls tries again at each look, so that this is no verdict; while it tries, it does not say why. */
    @Test
    void whyAPollingTritonDoesNotServeAVersionIsTold() {
        PollingServer polled = new PollingServer(client);
        String index = "[{\"name\": \"churn\", \"version\": \"2\", \"state\": \"%s\", \"reason\": \"%s\"}]";
        Readiness notReady = Readiness.loading("the server says 400 \"Model version not ready\"");
        for (MockResponse none : List.of(json(404, ""), json(403, ""), json(200, "no list"), json(200, "[7]"))) {
            server.answers(polling(none));
            assertThat(polled.ready("churn", "2", NEVER)).isEqualTo(notReady);
        }
        server.answers(polling(json(200, index.formatted("UNAVAILABLE", "unloaded"))));
        assertThat(polled.ready("churn", "2", NEVER)).isEqualTo(notReady);
        server.answers(polling(json(200, index.formatted("UNAVAILABLE", "no such module"))));
        Readiness why = Readiness.loading("the server says UNAVAILABLE \"no such module\"");
        assertThat(polled.ready("churn", "2", NEVER)).isEqualTo(why);
        assertThat(polled.ready("churn", "1", NEVER)).isEqualTo(notReady);
        server.answers(polling(json(200, index.formatted("LOADING", ""))));
        assertThat(polled.ready("churn", "2", NEVER)).isEqualTo(why);
        server.answers(asked -> json(200, "{}"));
        assertThat(polled.ready("churn", "2", NEVER)).isEqualTo(Readiness.ready());
        server.answers(polling(json(200, index.formatted("LOADING", ""))));
        assertThat(polled.ready("churn", "2", NEVER)).isEqualTo(notReady);
    }

    private static Function<String, MockResponse> polling(MockResponse index) {
        return asked -> asked.equals("POST /v2/repository/index")
                ? index
                : json(400, "{\"error\": \"Model version not ready\"}");
    }

    @ParameterizedTest
    @CsvSource({"200, false", "400, true", "404, false"})
    void aFailedLoadThatCostsTheServersReadinessIsTold(int ready, boolean told) {
        server.answers(asked ->
                asked.equals("GET /v2/health/ready") ? json(ready, "") : json(400, "{\"error\": \"no such module\"}"));
        Readiness loaded = new ExplicitLoadServer(client).load("churn", NEVER);
        assertThat(loaded.state()).isEqualTo(Readiness.State.FAILED);
        assertThat(loaded.reason()).startsWith("the server answered 400 \"no such module\"");
        assertThat(loaded.reason().contains("--strict-readiness=false")).isEqualTo(told);
    }

    /** In the modes poll and none, Triton still lists the extension. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "explicit model load / unload is not allowed if polling is enabled",
                "explicit model load / unload is not allowed"
            })
    void aTritonThatDoesNotLoadWhenAskedGetsNoFiles(String words) {
        server.answers(
                asked -> asked.equals("GET /v2") ? json(200, METADATA) : json(503, "{\"error\": \"" + words + "\"}"));
        DeliveryException failure = failureOf(() -> target.inspect("churn", NEVER));
        assertThat(failure.kind()).isEqualTo(ErrorKind.UNSUPPORTED);
        assertThat(failure).hasMessageContainingAll(words, "--model-control-mode=explicit", "directory target");
        assertThat(directory.resolve("served")).doesNotExist();
    }

    @Test
    void aModelThatTheServerDoesNotKnowMustBeLoadedAgain() {
        Function<String, MockResponse> restarted = asked -> asked.equals("POST /v2/repository/index")
                ? json(200, "[{\"name\": \"churn\", \"state\": \"UNAVAILABLE\", \"reason\": \"unloaded\"}]")
                : json(404, "{\"error\": \"Model churn not found\"}");
        server.answers(restarted);
        Readiness absent = client.serves("churn", "2", NEVER);
        assertThat(absent.state()).isEqualTo(Readiness.State.ABSENT);
        assertThat(absent.reason()).contains("404 \"Model churn not found\"");
    }

    @Test
    void noCallTakesLongerThanTheRolloutMay() {
        server.answers(asked -> new MockResponse.Builder()
                .headersDelay(30, java.util.concurrent.TimeUnit.SECONDS)
                .build());
        Clock clock = Clock.systemUTC();
        CallLimits second =
                new CallLimits(Cancellation.NONE, Optional.of(clock.instant().plusSeconds(1)), clock);
        Readiness loaded = client.load("churn", second);
        assertThat(loaded.state()).isEqualTo(Readiness.State.LOADING);
        assertThat(loaded.reason()).contains("has not answered the request to load churn within 1 s");
        assertThat(failureOf(() -> client.serves("churn", "2", second)).kind()).isEqualTo(ErrorKind.TIMED_OUT);
        assertThat(clock.instant()).isBefore(second.deadline().orElseThrow().plusSeconds(10));
    }

    @Test
    void anotherVersionIsNotThisOne() {
        server.answers(asked -> json(200, "{\"name\": \"churn\", \"versions\": [\"1\", \"12\"]}"));
        assertThat(client.serves("churn", "2", NEVER)).isEqualTo(Readiness.loading("the server has version [1, 12]"));
        assertThat(client.serves("churn", "12", NEVER)).isEqualTo(Readiness.ready());
    }

    @Test
    void aSlowAnswerBreaksItsBoundOnlyIfAllAreSlow() {
        int[] asked = {0};
        Function<String, MockResponse> slowAtFirst = path -> {
            MockResponse.Builder answer = new MockResponse.Builder().body("{\"outputs\": [{\"data\": [1]}]}");
            return asked[0]++ < 2
                    ? answer.headersDelay(120, java.util.concurrent.TimeUnit.MILLISECONDS)
                            .build()
                    : answer.build();
        };
        SmokeTest test = test(Optional.of(Duration.ofMillis(100)));
        server.answers(slowAtFirst);
        assertThat(client.smoke("churn", test, NEVER).passed()).isTrue();
        asked[0] = -9;
        SmokeTestResult slow = client.smoke("churn", test, NEVER);
        assertThat(slow.passed()).isFalse();
        assertThat(slow.reason()).contains("the fastest of three requests took").contains("allowed are 100 ms");
    }
}
