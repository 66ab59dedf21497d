package io.jenkins.plugins.modeldelivery.steps;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.modeldelivery.engine.live.LiveMlflow;
import io.jenkins.plugins.modeldelivery.engine.live.LiveServer;
import io.jenkins.plugins.modeldelivery.engine.live.Until;
import io.jenkins.plugins.modeldelivery.engine.record.EventType;
import io.jenkins.plugins.modeldelivery.engine.record.FileRecordStore;
import io.jenkins.plugins.modeldelivery.engine.record.RecordStore;
import io.jenkins.plugins.modeldelivery.steps.Freezer.Moment;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/** As {@link KilledControllerTest}, with a running MLflow as the registry. */
@Tag("live")
class KilledControllerLiveTest {
    private static final String SCRIPT = """
            node {
                writeFile file: 'model/weights', text: 'of ' + env.JOB_NAME
                registerModel name: env.JOB_NAME, path: 'model', metricValues: [auc: 0.95]
                promoteModel to: 'champion'
            }
            """;

    /** Comes back while the registry is away. */
    private static final String WITHOUT_REGISTRY = "promote-before-moving";

    @RegisterExtension
    private final RealJenkinsExtension jenkins = new RealJenkinsExtension();

    @TempDir
    private Path directory;

    private static Set<Moment> moments(String type, List<String> states) {
        Set<Moment> moments = new HashSet<>();
        for (String state : states) {
            moments.add(new Moment(type + "-" + state.replace(' ', '-'), type, state));
        }
        return moments;
    }

    @Test
    void oneVersionAndOneMoveOfTheAliasHoweverOftenTheControllerIsKilled() throws Throwable {
        List<Set<Moment>> lives = List.of(
                moments(
                        "register",
                        List.of(
                                "after begin",
                                "after staging",
                                "before uploading",
                                "after uploading",
                                "before creating",
                                "after creating",
                                "before recording")),
                moments("register", List.of("after recording", "before done", "after done", "after end")),
                moments(
                        "promote",
                        List.of(
                                "after deciding",
                                "before announcing-move",
                                "after announcing-move",
                                "before moving",
                                "after moving",
                                "before done",
                                "after done")));
        try (LiveServer mlflow = LiveMlflow.start(directory);
                Freezer freezer = new Freezer()) {
            jenkins.javaOptions(freezer.javaOption(), "-Xmx768m", "-XX:TieredStopAtLevel=1");
            // What is frozen keeps its thread.
            jenkins.javaOptions(
                    "-Dio.jenkins.plugins.modeldelivery.threads.calls=64",
                    "-Dio.jenkins.plugins.modeldelivery.threads.callsOfOneServer=64",
                    "-Dio.jenkins.plugins.modeldelivery.threads.uploads=64",
                    "-Dio.jenkins.plugins.modeldelivery.threads.downloads=64");
            for (Set<Moment> moments : lives) {
                freezer.attach(moments);
                jenkins.startJenkins();
                jenkins.runRemotely(ControllerJobs::configure, directory.toString(), mlflow.url());
                TreeMap<String, String> scripts = new TreeMap<>();
                moments.forEach(m -> scripts.put(m.job(), SCRIPT));
                jenkins.runRemotely(ControllerJobs::begin, scripts);
                Until.within(
                        120,
                        () -> freezer.frozen().equals(moments)
                                && jenkins.runRemotely(ControllerJobs::othersEnded, scripts),
                        () -> "frozen " + freezer.frozen() + " of " + moments);
                Process process = jenkins.getProcess();
                jenkins.stopJenkinsForcibly();
                process.waitFor();
            }
            freezer.attach(Set.of());
            mlflow.kill();
            jenkins.startJenkins();
            Until.within(120, () -> log(WITHOUT_REGISTRY).contains("waiting      "), () -> log(WITHOUT_REGISTRY));
            assertThat(results().get(WITHOUT_REGISTRY)).isEqualTo("RUNNING");
            mlflow.restart();
            Until.within(
                    180,
                    () -> !results().containsValue("RUNNING"),
                    () -> results().toString());
            TreeMap<String, String> results = results();
            RecordStore records = new FileRecordStore(
                    jenkins.getHome().toPath().resolve("model-delivery/records"), Clock.systemUTC());
            for (String job : results.keySet()) {
                assertThat(results.get(job)).as(log(job)).isEqualTo("SUCCESS");
                assertThat(records.events("main", job).stream()
                                .filter(event -> event.draft().type() != EventType.POLICY_RECORDED)
                                .map(event -> event.draft().type().text()))
                        .as(job)
                        .containsExactly("registered", "alias-move-started", "promoted");
                JsonNode versions = ask(
                        mlflow,
                        "model-versions/search?filter="
                                + URLEncoder.encode("name = '" + job + "'", StandardCharsets.UTF_8));
                assertThat(versions.path("model_versions")).as(job).hasSize(1);
                assertThat(ask(mlflow, "registered-models/alias?name=" + job + "&alias=champion")
                                .path("model_version")
                                .path("version")
                                .asText())
                        .isEqualTo("1");
            }
            assertThat(results).hasSize(18);
        }
    }

    private TreeMap<String, String> results() throws Throwable {
        return jenkins.runRemotely(ControllerJobs::results);
    }

    private String log(String job) throws Throwable {
        return jenkins.runRemotely(ControllerJobs::log, job);
    }

    private static JsonNode ask(LiveServer mlflow, String path) throws Exception {
        return new ObjectMapper()
                .readTree(URI.create(mlflow.url() + "/api/2.0/mlflow/" + path).toURL());
    }
}
