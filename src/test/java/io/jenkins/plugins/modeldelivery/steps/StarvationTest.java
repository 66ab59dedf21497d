package io.jenkins.plugins.modeldelivery.steps;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.modeldelivery.configuration.MlflowRegistryConfiguration;
import io.jenkins.plugins.modeldelivery.configuration.ModelDeliveryConfiguration;
import io.jenkins.plugins.modeldelivery.configuration.RegistryConfiguration;
import io.jenkins.plugins.modeldelivery.engine.live.Until;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/**
 * Thirty uploads that do not end and a server that never answers do not block other operations. Takes as long as the builds of two
 * scores of Pipelines do.
 */
@WithJenkins
@Timeout(300)
class StarvationTest {
    private static final int UPLOADS = 30;
    private static final int HUNG = 20;
    private static final Map<String, String> ANSWERS = Map.of(
            "experiments/get-by-name", "{\"experiment\": {\"experiment_id\": \"1\"}}",
            "runs/search", "{}",
            "model-versions/search", "{}",
            "registered-models/get", "{\"registered_model\": {\"name\": \"large\"}}",
            "runs/create", "{\"run\": {\"info\": {\"run_id\": \"r\", \"artifact_uri\": \"mlflow-artifacts:/1/r\"}}}");

    @TempDir
    private Path directory;

    private final AtomicInteger uploading = new AtomicInteger();
    private final AtomicInteger hanging = new AtomicInteger();
    private final MockWebServer slow = new MockWebServer();
    private final MockWebServer hung = new MockWebServer();
    private final List<WorkflowRun> stuck = new ArrayList<>();
    private JenkinsRule jenkins;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        rule.jenkins.setNumExecutors(UPLOADS + 4);
        slow.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                String path = request.getUrl().encodedPath();
                if (path.contains("/mlflow-artifacts/")) {
                    uploading.incrementAndGet();
                    return stalled();
                }
                String body = ANSWERS.get(path.replaceAll(".*/mlflow/", ""));
                return body == null
                        ? new MockResponse.Builder()
                                .code(404)
                                .body("{\"error_code\": \"ENDPOINT_NOT_FOUND\", \"message\": \"no\"}")
                                .build()
                        : new MockResponse.Builder().body(body).build();
            }
        });
        hung.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                hanging.incrementAndGet();
                return stalled();
            }
        });
        slow.start();
        hung.start();
        Delivery.configure(directory);
        List<RegistryConfiguration> registries =
                new ArrayList<>(ModelDeliveryConfiguration.get().getRegistries());
        registries.get(0).setDefaultRegistry(true);
        registries.add(new MlflowRegistryConfiguration("slow", slow.url("/").toString()));
        registries.add(new MlflowRegistryConfiguration("hung", hung.url("/").toString()));
        ModelDeliveryConfiguration.get().setRegistries(registries);
    }

    private static MockResponse stalled() {
        return new MockResponse.Builder()
                .onResponseStart(SocketEffect.Stall.INSTANCE)
                .build();
    }

    @AfterEach
    void stop() {
        slow.close();
        hung.close();
    }

    private WorkflowRun stick(String name, String script) throws Exception {
        WorkflowRun run = Pipelines.start(jenkins, name, script);
        stuck.add(run);
        return run;
    }

    private void register(String auc) throws Exception {
        Pipelines.run(jenkins, Result.SUCCESS, """
                node('built-in') {
                    writeFile file: 'model/weights', text: '%s'
                    registerModel name: 'churn', path: 'model', metricValues: [auc: %s]
                    deployModel endpoint: 'churn'
                }
                """.formatted(auc, auc));
    }

    @Test
    void slowUploadsAndAHungServerKeepNobodyElse() throws Exception {
        register("0.9");
        register("0.8");
        for (int i = 0; i < UPLOADS; i++) {
            stick("upload-" + i, """
                    node('built-in') {
                        writeFile file: 'model/weights', text: 'large'
                        registerModel name: 'large', path: 'model', registry: 'slow'
                    }
                    """);
        }
        for (int i = 0; i < HUNG; i++) {
            stick("gate-" + i, "gateOnMetrics model: 'churn/1', registry: 'hung', checks: 'auc >= 0.5'");
        }
        Until.within(
                120,
                () -> uploading.get() >= 8 && hanging.get() >= 4,
                () -> uploading + " upload, " + hanging + " hang");

        // Back to the earlier version, as a rollback does it.
        WorkflowRun back = Pipelines.run(
                jenkins,
                Result.SUCCESS,
                "gateOnMetrics model: 'churn/1', checks: 'auc >= 0.85'\n"
                        + "deployModel model: 'churn/1', endpoint: 'churn'");
        jenkins.assertLogContains("live         edge/churn serves churn/1", back);
        for (WorkflowRun run : List.of(stuck.get(0), stuck.get(UPLOADS))) {
            run.doStop();
            jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
        }
        assertThat(stuck.stream().filter(WorkflowRun::isBuilding)).hasSize(UPLOADS + HUNG - 2);
        for (WorkflowRun run : stuck) {
            run.doStop();
        }
        for (WorkflowRun run : stuck) {
            jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
        }
    }
}
