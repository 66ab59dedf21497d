package io.jenkins.plugins.modeldelivery.steps;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.modeldelivery.engine.live.Until;
import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.record.EventType;
import io.jenkins.plugins.modeldelivery.engine.record.FileRecordStore;
import io.jenkins.plugins.modeldelivery.engine.record.RecordStore;
import io.jenkins.plugins.modeldelivery.engine.registry.local.LocalDirectoryRegistry;
import io.jenkins.plugins.modeldelivery.steps.Freezer.Moment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/**
 * A controller is killed with {@code kill -9} while operations are in every state that their journals know, before and after
 * it is written down, and started again. Several builds are frozen before each kill, each in a moment of its own.
 */
class KilledControllerTest {
    /** An operation that is frozen keeps a thread of its pool, which has eight. */
    private static final int FROZEN = 7;

    private static final String FOUR = """
            node {
                writeFile file: 'model/weights', text: 'of ' + env.JOB_NAME
                registerModel name: env.JOB_NAME, path: 'model', metricValues: [auc: 0.95], alias: 'candidate'
                gateOnMetrics checks: 'auc >= 0.9'
                promoteModel to: 'champion'
                deployModel target: 'edge', endpoint: env.JOB_NAME
            }
            """;
    private static final String WHOLE = """
            node {
                writeFile file: 'model/weights', text: 'of ' + env.JOB_NAME
                writeFile file: 'metrics.json', text: '{"auc": 0.95}'
                writeFile file: 'delivery.yaml', text: "register: {name: ${env.JOB_NAME}, path: model, " +
                    "metrics: metrics.json, alias: candidate}\\ngate: {checks: [auc >= 0.9]}\\n" +
                    "promote: {to: champion}\\ndeploy: {target: edge, endpoint: ${env.JOB_NAME}}\\n"
                deliverModel()
            }
            """;
    private static final String APPROVED = """
            node {
                writeFile file: 'model/weights', text: 'of ' + env.JOB_NAME
                registerModel name: env.JOB_NAME, path: 'model'
            }
            promoteModel to: 'approved'
            """;
    private static final String TAKEN_BACK = """
            node {
                writeFile file: 'model/weights', text: 'of ' + env.JOB_NAME
                registerModel name: env.JOB_NAME, path: 'model'
            }
            deployModel target: 'silent', endpoint: env.JOB_NAME, timeout: '2s'
            """;

    private static final List<String> DELIVERED = List.of(
            "registered",
            "alias-move-started",
            "alias-moved",
            "gated",
            "alias-move-started",
            "promoted",
            "deployment-started",
            "deployed");

    @RegisterExtension
    private final RealJenkinsExtension jenkins = new RealJenkinsExtension();

    @TempDir
    private Path directory;

    private final Map<Moment, String> cases =
            new TreeMap<>((a, b) -> (a.type() + a.job()).compareTo(b.type() + b.job()));

    private void plan(String script, String kind, String type, String whens, String... states) {
        List<String> moments = new ArrayList<>(List.of("after begin", "after end"));
        for (String when : whens.split(" ")) {
            for (String state : states) {
                moments.add(when + " " + state);
            }
        }
        for (String moment : moments) {
            String job = kind + "-" + type + "-" + moment.replaceAll("[ /]", "-");
            cases.put(new Moment(job, type, moment), script);
        }
    }

    private void planAll() {
        plan(
                FOUR,
                "four",
                "register",
                "before after",
                "staging",
                "uploading",
                "creating",
                "recording",
                "alias",
                "announcing-move",
                "moving",
                "done");
        plan(FOUR, "four", "gate", "before after", "recording", "done");
        plan(FOUR, "four", "promote", "before after", "deciding", "announcing-move", "moving", "done");
        plan(
                FOUR,
                "four",
                "deploy",
                "before after",
                "recording-start",
                "applying",
                "loading",
                "awaiting-candidate",
                "switching",
                "verifying",
                "recording-live",
                "finishing",
                "live");
        plan(
                WHOLE,
                "whole",
                "deliver",
                "after",
                "register",
                "register/uploading",
                "register/creating",
                "register/recording",
                "gate",
                "gate/recording",
                "promote",
                "promote/announcing-move",
                "promote/moving",
                "deploy",
                "deploy/applying",
                "deploy/switching",
                "deploy/live",
                "done");
        plan(APPROVED, "approved", "promote", "before after", "recording-request", "awaiting-approval");
        plan(
                TAKEN_BACK,
                "back",
                "deploy",
                "before after",
                "restoring",
                "awaiting-restored",
                "recording-rolled-back",
                "rolled-back");
    }

    private TreeMap<String, String> results() throws Throwable {
        return jenkins.runRemotely(ControllerJobs::results);
    }

    private static boolean transfers(Moment moment) {
        return !Set.of("gate", "promote").contains(moment.type());
    }

    /** The maximum number of frozen builds. */
    private static Set<Moment> next(List<Moment> rest) {
        Set<Moment> next = new HashSet<>();
        int[] room = {FROZEN, FROZEN};
        for (Iterator<Moment> each = rest.iterator(); each.hasNext(); ) {
            Moment moment = each.next();
            if (room[transfers(moment) ? 1 : 0]-- > 0) {
                next.add(moment);
                each.remove();
            }
        }
        return next;
    }

    @Test
    void everythingHappensOnceHoweverOftenTheControllerIsKilled() throws Throwable {
        planAll();
        List<Moment> rest = new ArrayList<>(cases.keySet());
        try (Freezer freezer = new Freezer()) {
            jenkins.javaOptions(freezer.javaOption(), "-Xmx768m", "-XX:TieredStopAtLevel=1");
            // What is frozen keeps its thread.
            jenkins.javaOptions(
                    "-Dio.jenkins.plugins.modeldelivery.threads.calls=64",
                    "-Dio.jenkins.plugins.modeldelivery.threads.callsOfOneServer=64",
                    "-Dio.jenkins.plugins.modeldelivery.threads.uploads=64",
                    "-Dio.jenkins.plugins.modeldelivery.threads.downloads=64");
            boolean configured = false;
            while (!rest.isEmpty()) {
                Set<Moment> moments = next(rest);
                freezer.attach(moments);
                jenkins.startJenkins();
                if (!configured) {
                    jenkins.runRemotely(ControllerJobs::configure, directory.toString(), "");
                    configured = true;
                }
                TreeMap<String, String> scripts = new TreeMap<>();
                moments.forEach(m -> scripts.put(m.job(), cases.get(m)));
                jenkins.runRemotely(ControllerJobs::begin, scripts);
                Until.within(
                        120,
                        () -> {
                            jenkins.runRemotely(ControllerJobs::approve);
                            return freezer.frozen().equals(moments)
                                    && jenkins.runRemotely(ControllerJobs::othersEnded, scripts);
                        },
                        () -> "frozen " + freezer.frozen() + " of " + moments);
                kill();
            }
            freezer.attach(Set.of());
            jenkins.startJenkins();
            Until.within(
                    180,
                    () -> {
                        jenkins.runRemotely(ControllerJobs::approve);
                        return !results().containsValue("RUNNING");
                    },
                    () -> results().toString());
            assertEverythingOnce(results());
        }
    }

    private void kill() throws Exception {
        Process process = jenkins.getProcess();
        jenkins.stopJenkinsForcibly();
        process.waitFor();
    }

    private void assertEverythingOnce(TreeMap<String, String> results) throws Throwable {
        RecordStore records =
                new FileRecordStore(jenkins.getHome().toPath().resolve("model-delivery/records"), Clock.systemUTC());
        LocalDirectoryRegistry registry = new LocalDirectoryRegistry(directory.resolve("registry"), Clock.systemUTC());
        for (Map.Entry<Moment, String> each : cases.entrySet()) {
            String job = each.getKey().job();
            String log = jenkins.runRemotely(ControllerJobs::log, job);
            List<String> events = records.events("main", job).stream()
                    .filter(event -> event.draft().type() != EventType.POLICY_RECORDED)
                    .map(event -> event.draft().type().text())
                    .toList();
            boolean back = each.getValue().equals(TAKEN_BACK);
            assertThat(results.get(job)).as(log).isEqualTo(back ? "FAILURE" : "SUCCESS");
            assertThat(records.verify("main", job).intact()).as(job).isTrue();
            assertThat(list(directory.resolve("registry/models/" + job + "/versions")))
                    .as(log)
                    .hasSize(1);
            var aliases = registry.aliases(job, Cancellation.NONE);
            if (back) {
                assertThat(events)
                        .as(job)
                        .containsExactly("registered", "deployment-started", "deployment-rolled-back");
                assertThat(directory.resolve("silent/" + job + "/1")).doesNotExist();
                assertThat(log).contains("was rolled back");
            } else if (each.getValue().equals(APPROVED)) {
                assertThat(events)
                        .as(job)
                        .containsExactly(
                                "registered", "approval-requested", "approved", "alias-move-started", "promoted");
                assertThat(aliases.versionOf(Delivery.GUARDED)).contains("1");
            } else {
                assertThat(events).as(job).containsExactlyElementsOf(DELIVERED);
                assertThat(aliases.versionOf("candidate")).contains("1");
                assertThat(aliases.versionOf("champion")).contains("1");
                assertThat(list(directory.resolve("served/" + job)))
                        .contains("1")
                        .doesNotContain("2");
                assertThat(directory.resolve("served/" + job + "/1/weights")).hasContent("of " + job);
            }
        }
    }

    private static List<String> list(Path path) throws IOException {
        try (Stream<Path> entries = Files.list(path)) {
            return entries.map(p -> p.getFileName().toString()).sorted().toList();
        }
    }
}
