package io.jenkins.plugins.modeldelivery.steps;

import io.jenkins.plugins.modeldelivery.configuration.DirectoryRegistryConfiguration;
import io.jenkins.plugins.modeldelivery.configuration.DirectoryTargetConfiguration;
import io.jenkins.plugins.modeldelivery.configuration.ModelDeliveryConfiguration;
import io.jenkins.plugins.modeldelivery.engine.live.Until;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jenkinsci.plugins.workflow.flow.FlowExecutionList;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/**
 * Makes the files of {@link FrozenBuildTest}. No test by its name; {@code mvn test -Dtest=FrozenBuilds} writes
 * {@code target/frozen.zip}, which a release keeps beside that test under its number and never changes again.
 */
class FrozenBuilds {
    private static final String CONFIGURATION = ModelDeliveryConfiguration.class.getName() + ".xml";

    private static final List<String> KEPT = List.of(
            "jobs", "model-delivery/records", "servers", FlowExecutionList.class.getName() + ".xml", CONFIGURATION);

    @RegisterExtension
    private final JenkinsSessionExtension session = new JenkinsSessionExtension();

    @Test
    void leaveWaiting() throws Throwable {
        try (Poller poller = new Poller()) {
            session.then(rule -> {
                Path servers = session.getHome().toPath().resolve("servers");
                ModelDeliveryConfiguration configuration = ModelDeliveryConfiguration.get();
                configuration.setRegistries(List.of(new DirectoryRegistryConfiguration(
                        "main", servers.resolve("registry").toString())));
                DirectoryTargetConfiguration polled = new DirectoryTargetConfiguration(
                        "polled", servers.resolve("served").toString());
                polled.setServer(poller.url());
                configuration.setTargets(List.of(polled));
                Delivery.guard();
                Pipelines.start(
                        rule,
                        "promoting",
                        "node {\n" + Pipelines.MODEL
                                + "registerModel name: 'churn', path: 'model'\n}\npromoteModel to: 'approved'");
                // A rollout whose time is over would be taken back, however late the builds go on.
                WorkflowRun deploying = Pipelines.start(
                        rule,
                        "deploying",
                        "def m\nnode {\n" + Pipelines.MODEL
                                + "m = registerModel name: 'fraud', path: 'model'\n}\n"
                                + "def d = deployModel target: 'polled', endpoint: 'fraud', timeout: '3600d'\n"
                                + "echo \"registered ${m.version}, state ${d.state}\"");
                Until.within(60, () -> Delivery.waiting() == 1, () -> "nobody waits for an approval");
                Until.within(60, () -> poller.askedFor("1"), () -> Pipelines.told(deploying));
            });
            zip(session.getHome().toPath(), poller.url());
        }
    }

    private static void zip(Path home, String server) throws IOException {
        try (OutputStream file = Files.newOutputStream(Path.of("target", "frozen.zip"));
                ZipOutputStream zip = new ZipOutputStream(file)) {
            for (String kept : KEPT) {
                try (Stream<Path> all = Files.walk(home.resolve(kept))) {
                    for (Path each : all.filter(Files::isRegularFile).sorted().toList()) {
                        zip.putNextEntry(new ZipEntry(home.relativize(each).toString()));
                        zip.write(content(each, home, server));
                    }
                }
            }
        }
    }

    /** {@link FrozenBuildTest} has another home and another server. */
    private static byte[] content(Path file, Path home, String server) throws IOException {
        return file.getFileName().toString().equals(CONFIGURATION)
                ? Files.readString(file)
                        .replace(home.toString(), "@HOME@")
                        .replace(server, "@SERVER@")
                        .getBytes(StandardCharsets.UTF_8)
                : Files.readAllBytes(file);
    }
}
