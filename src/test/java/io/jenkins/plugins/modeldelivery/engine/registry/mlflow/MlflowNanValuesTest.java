package io.jenkins.plugins.modeldelivery.engine.registry.mlflow;

import static io.jenkins.plugins.modeldelivery.engine.registry.mlflow.FakeServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.modeldelivery.engine.metrics.Metric;
import io.jenkins.plugins.modeldelivery.engine.metrics.Metrics;
import io.jenkins.plugins.modeldelivery.engine.metrics.Slice;
import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A logged model's metric that is 0 may be NaN; the run knows. */
@Timeout(60)
class MlflowNanValuesTest {
    private static final String API = "/api/2.0/mlflow/";
    private static final String RUN = "GET " + API + "runs/get";
    private static final String HISTORY = "GET " + API + "metrics/get-history";

    private FakeServer server;
    private MlflowRegistry registry;

    @BeforeEach
    void start() throws Exception {
        server = new FakeServer();
        registry = server.registry();
        server.on("GET " + API + "model-versions/get", """
                {"model_version": {"name": "churn", "version": "1", "creation_timestamp": 1772366400000,
                 "source": "models:/m-1", "run_id": "r", "model_id": "m-1", "status": "READY"}}""");
    }

    @AfterEach
    void stop() {
        registry.close();
        server.close();
    }

    private void model(String... metrics) {
        server.on(
                "GET " + API + "logged-models/m-1",
                "{\"model\": {\"info\": {\"model_id\": \"m-1\"}, \"data\": {\"metrics\": [" + String.join(",", metrics)
                        + "]}}}");
    }

    private void run(String... metrics) {
        server.on(RUN, "{\"run\": {\"data\": {\"metrics\": [" + String.join(",", metrics) + "]}}}");
    }

    private static String metric(String key, String value, int step) {
        return "{\"key\": \"" + key + "\", \"value\": " + value + ", \"timestamp\": 9, \"step\": " + step
                + ", \"run_id\": \"r\", \"dataset_digest\": \"d1\", \"dataset_name\": \"holdout\"}";
    }

    private Metrics read() {
        return registry.metrics(registry.version("churn", "1", Cancellation.NONE), Cancellation.NONE);
    }

    private double value(String name) {
        return read().find(name, Slice.ALL).map(Metric::value).orElseThrow();
    }

    private List<String> asked() {
        return server.requests().stream()
                .map(request -> request.getUrl().encodedPath().replace(API, ""))
                .skip(1)
                .toList();
    }

    @Test
    void withoutAZeroOnlyTheModelIsAsked() {
        model(metric("auc", "0.9", 1), metric("loss", "-1", 1));
        assertThat(value("auc")).isEqualTo(0.9);
        assertThat(asked()).containsExactly("logged-models/m-1");
    }

    @Test
    void theRunTellsAZeroFromNaN() {
        model(metric("loss", "0.0", 1), metric("faults", "0", 1), metric("auc", "0.9", 1));
        run(metric("loss", "\"NaN\"", 1), metric("faults", "0.0", 1), metric("auc", "0.9", 1));
        Metrics metrics = read();
        assertThat(metrics.find("loss", Slice.ALL).orElseThrow().value()).isNaN();
        assertThat(metrics.find("faults", Slice.ALL).orElseThrow().value()).isZero();
        assertThat(metrics.find("loss", Slice.ALL).orElseThrow().dataset()).contains("d1");
        assertThat(asked()).containsExactly("logged-models/m-1", "runs/get");
    }

    @Test
    void theHistoryTellsItOfARunThatHasGoneOn() {
        model(metric("loss", "0", 1));
        run(metric("loss", "0.5", 2));
        server.on(
                HISTORY,
                json(200, "{\"metrics\": [" + metric("loss", "0.0", 0) + "], \"next_page_token\": \"more\"}"),
                json(200, "{\"metrics\": [" + metric("loss", "\"NaN\"", 1) + "," + metric("loss", "0.5", 2) + "]}"));
        assertThat(value("loss")).isNaN();
        assertThat(asked())
                .containsExactly("logged-models/m-1", "runs/get", "metrics/get-history", "metrics/get-history");
        assertThat(server.requests().get(4).getUrl().queryParameter("page_token"))
                .isEqualTo("more");
        assertThat(server.requests().get(4).getUrl().queryParameter("metric_key"))
                .isEqualTo("loss");
    }

    @Test
    void aZeroOfTheHistoryIsAZero() {
        model(metric("faults", "0", 1));
        run(metric("faults", "3", 2));
        server.on(HISTORY, "{\"metrics\": [" + metric("faults", "0.0", 1) + "," + metric("faults", "3", 2) + "]}");
        assertThat(value("faults")).isZero();
    }

    @Test
    void whatNobodyCanTellIsNoNumber() {
        model(metric("loss", "0", 1));
        server.on(
                RUN,
                json(404, "{\"error_code\": \"RESOURCE_DOES_NOT_EXIST\", \"message\": \"Run with id=r not found\"}"));
        assertThat(value("loss")).isNaN();
    }

    @Test
    void norIsAMomentThatTheRunDoesNotKnow() {
        model(metric("loss", "0", 1));
        run();
        server.on(HISTORY, "{}");
        assertThat(value("loss")).isNaN();
    }

    @Test
    void aServerThatNamesNoRunIsTakenAtItsWord() {
        model("{\"key\": \"loss\", \"value\": 0, \"timestamp\": 9, \"step\": 1}");
        assertThat(value("loss")).isZero();
        assertThat(asked()).containsExactly("logged-models/m-1");
    }

    @Test
    void theLargestDoubleIsAnInfinity() {
        model(metric("psnr", "1.7976931348623157e+308", 1), metric("gain", "-1.7976931348623157e+308", 1));
        assertThat(value("psnr")).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(value("gain")).isEqualTo(Double.NEGATIVE_INFINITY);
    }
}
