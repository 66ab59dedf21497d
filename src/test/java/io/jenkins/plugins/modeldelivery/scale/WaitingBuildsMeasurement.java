package io.jenkins.plugins.modeldelivery.scale;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.management.OperatingSystemMXBean;
import hudson.model.ParametersAction;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Result;
import hudson.model.StringParameterDefinition;
import hudson.model.StringParameterValue;
import io.jenkins.plugins.modeldelivery.build.approval.PendingApprovals;
import io.jenkins.plugins.modeldelivery.configuration.DirectoryRegistryConfiguration;
import io.jenkins.plugins.modeldelivery.configuration.JsonRules;
import io.jenkins.plugins.modeldelivery.configuration.ModelDeliveryConfiguration;
import io.jenkins.plugins.modeldelivery.configuration.OpenInferenceTargetConfiguration;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/**
 * What a thousand builds that wait for a slow target, and a thousand that wait for approval, cost a controller; beside a
 * thousand that sleep. No test: run it by name, as docs/scale.md says, and read what it prints.
 */
class WaitingBuildsMeasurement {
    private static final int BUILDS = Integer.getInteger("scale.builds", 1000);
    private static final Duration WINDOW = Duration.ofSeconds(60);

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @TempDir
    private Path directory;

    private final AtomicInteger requests = new AtomicInteger();
    private final Set<String> asked = ConcurrentHashMap.newKeySet();
    private long left;

    @Test
    void measure() throws Throwable {
        try (MockWebServer server = new MockWebServer()) {
            server.setDispatcher(new Loading());
            server.start();
            String url = server.url("/").toString();
            sessions.then(j -> {
                say("builds of each kind", BUILDS);
                long before = heap();
                start(j, "sleep", "sleep 36000");
                await("sleeping", () -> building(j, "sleep") == BUILDS);
                settle();
                say("heap of sleeping builds, MiB", mib(heap() - before));
                left = System.nanoTime();
            });
            sessions.then(j -> {
                resumed(j, "sleep");
                say("restart with sleeping builds, s", seconds(left));
                stopAll(j, "sleep");
                configure(url);
                register(j);
                long before = heap();
                start(j, "deploy", "deployModel model: 'churn/1', target: 'slow', endpoint: \"e${N}\", timeout: '10h'");
                await("deploying", () -> asked.size() >= BUILDS);
                assertThat(building(j, "deploy")).isEqualTo(BUILDS);
                settle();
                say("heap of deploying builds, MiB", mib(heap() - before));
                watch("deploying");
                interrupt(j, "deploy");
                left = System.nanoTime();
            });
            sessions.then(j -> {
                resumed(j, "deploy");
                say("restart with deploying builds, s", seconds(left));
                stopAll(j, "deploy");
                long before = heap();
                start(j, "promote", "promoteModel model: 'churn/1', to: 'champion'");
                await("approvals", () -> PendingApprovals.get().all().size() == BUILDS);
                settle();
                say("heap of builds that wait for approval, MiB", mib(heap() - before));
                watch("approvals");
                interrupt(j, "promote");
                left = System.nanoTime();
            });
            sessions.then(j -> {
                resumed(j, "promote");
                say("restart with builds that wait for approval, s", seconds(left));
                await("approvals again", () -> PendingApprovals.get().all().size() >= BUILDS - 20);
                say("until all wait again, s", seconds(left));
                stopAll(j, "promote");
            });
        }
    }

    /** A server that takes every model and is never done with loading it. */
    private final class Loading extends Dispatcher {
        @Override
        public MockResponse dispatch(RecordedRequest request) {
            requests.incrementAndGet();
            String path = String.valueOf(request.getUrl().encodedPath());
            if (path.equals("/v2")) {
                return json(200, "{\"name\":\"slow\",\"version\":\"1\",\"extensions\":[\"model_repository\"]}");
            }
            if (path.endsWith("/load") || path.endsWith("/unload") || path.endsWith("/index")) {
                return json(200, path.endsWith("/index") ? "[]" : "{}");
            }
            asked.add(path);
            return json(404, "{\"error\":\"still loading\"}");
        }
    }

    private static MockResponse json(int status, String body) {
        return new MockResponse.Builder()
                .code(status)
                .setHeader("Content-Type", "application/json")
                .body(body)
                .build();
    }

    private void configure(String url) {
        ModelDeliveryConfiguration configuration = ModelDeliveryConfiguration.get();
        configuration.setRegistries(List.of(new DirectoryRegistryConfiguration(
                "main", directory.resolve("registry").toString())));
        OpenInferenceTargetConfiguration slow = new OpenInferenceTargetConfiguration(
                "slow", url, directory.resolve("served").toString());
        slow.setImplementation("mlserver_sklearn.SKLearnModel");
        configuration.setTargets(List.of(slow));
        ObjectNode policies = Json.object();
        policies.putObject("production")
                .put("alias", "champion")
                .putObject("approvals")
                .put("count", 1);
        configuration.setPolicies(JsonRules.policies(policies));
    }

    private static void register(JenkinsRule j) throws Exception {
        WorkflowJob job = j.createProject(WorkflowJob.class, "register");
        job.setDefinition(new CpsFlowDefinition(
                "node { writeFile file: 'm/w', text: 'w'; registerModel name: 'churn', path: 'm' }", true));
        j.buildAndAssertSuccess(job);
    }

    private static void start(JenkinsRule j, String name, String script) throws Exception {
        WorkflowJob job = j.createProject(WorkflowJob.class, name);
        job.addProperty(new ParametersDefinitionProperty(new StringParameterDefinition("N", "")));
        job.setDefinition(new CpsFlowDefinition(script, true));
        for (int n = 0; n < BUILDS; n++) {
            job.scheduleBuild2(0, new ParametersAction(new StringParameterValue("N", Integer.toString(n))));
        }
    }

    private static long building(JenkinsRule j, String name) {
        return j.jenkins.getItemByFullName(name, WorkflowJob.class).getBuilds().stream()
                .filter(WorkflowRun::isBuilding)
                .count();
    }

    private void watch(String what) throws Exception {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long cpu = system.getProcessCpuTime();
        long written = written();
        requests.set(0);
        int threads = 0;
        long end = System.nanoTime() + WINDOW.toNanos();
        while (System.nanoTime() < end) {
            threads = Math.max(threads, (int) Thread.getAllStackTraces().keySet().stream()
                    .filter(t -> t.getName().contains("Model Delivery"))
                    .count());
            Thread.sleep(100);
        }
        say(what + ": threads of ours at most", threads);
        say(what + ": busy executors", busy());
        say(what + ": CPU, % of one core", (system.getProcessCpuTime() - cpu) * 100 / WINDOW.toNanos());
        say(what + ": written to disk a minute, KiB", (written() - written) / 1024);
        say(what + ": requests a minute", requests.get());
    }

    private static long busy() {
        return jenkins.model.Jenkins.get().toComputer().getExecutors().stream()
                .filter(e -> e.isBusy())
                .count();
    }

    private void interrupt(JenkinsRule j, String name) throws Exception {
        WorkflowJob job = j.jenkins.getItemByFullName(name, WorkflowJob.class);
        List<Long> millis = new ArrayList<>();
        for (int n = 1; n <= 20; n++) {
            WorkflowRun run = job.getBuildByNumber(n * BUILDS / 20);
            long from = System.nanoTime();
            run.doStop();
            await("interruption", () -> !run.isBuilding());
            millis.add((System.nanoTime() - from) / 1_000_000);
        }
        millis.sort(null);
        say(name + ": interrupted, ms, median and longest", millis.get(10) + " and " + millis.get(19));
    }

    /** Until every build has its step again. */
    private static void resumed(JenkinsRule j, String name) throws Exception {
        WorkflowJob job = j.jenkins.getItemByFullName(name, WorkflowJob.class);
        for (WorkflowRun run : job.getBuilds()) {
            if (run.isBuilding()) {
                await("execution", () -> run.getExecution() != null);
                run.getExecution().getCurrentExecutions(true).get();
            }
        }
    }

    private static void stopAll(JenkinsRule j, String name) throws Exception {
        WorkflowJob job = j.jenkins.getItemByFullName(name, WorkflowJob.class);
        for (WorkflowRun run : job.getBuilds()) {
            if (run.isBuilding()) {
                run.getExecution().interrupt(Result.ABORTED);
            }
        }
        await("end of " + name, () -> building(j, name) == 0);
    }

    private static void settle() throws InterruptedException {
        Thread.sleep(10_000);
    }

    private static void await(String what, Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + Duration.ofMinutes(10).toNanos();
        while (!condition.call()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            Thread.sleep(20);
        }
    }

    private static long heap() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            System.gc();
            least = Math.min(
                    least,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return least;
    }

    private static long written() throws IOException {
        return Files.readString(Path.of("/proc/self/io"))
                .lines()
                .filter(line -> line.startsWith("write_bytes: "))
                .mapToLong(line -> Long.parseLong(line.substring("write_bytes: ".length())))
                .findFirst()
                .orElseThrow();
    }

    private static long mib(long bytes) {
        return bytes >> 20;
    }

    private static double seconds(long since) {
        return Math.round((System.nanoTime() - since) / 1e8) / 10.0;
    }

    private static void say(String what, Object value) {
        System.out.println("MEASURED " + what + ": " + value);
    }
}
