package io.jenkins.plugins.modeldelivery.build.operation;

import hudson.init.Terminator;
import hudson.model.Node;
import hudson.model.Slave;
import io.jenkins.plugins.modeldelivery.engine.fake.PlantedSecrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import jenkins.model.Jenkins;

/**
 * Searches the directory of every Jenkins that a test has started, and those of its agents, for planted secrets before it is
 * deleted. What is found is kept for {@code .ci/planted-secrets}, which fails after the whole suite.
 */
public final class HomeScan {
    private static final Path FOUND = Path.of("target", "planted-secrets.txt");

    private HomeScan() {}

    @Terminator
    public static void scan() throws IOException {
        Jenkins jenkins = Jenkins.get();
        note(List.of("begun " + jenkins.getRootDir()));
        Findings findings =
                new Findings(PlantedSecrets.forms()).in(jenkins.getRootDir().toPath());
        for (Node node : jenkins.getNodes()) {
            if (node instanceof Slave agent && Files.isDirectory(Path.of(agent.getRemoteFS()))) {
                findings.in(Path.of(agent.getRemoteFS()));
            }
        }
        note(Stream.concat(
                        Stream.of("searched " + jenkins.getRootDir()),
                        findings.all().stream().map(found -> "FOUND " + found))
                .toList());
    }

    private static void note(List<String> lines) throws IOException {
        Files.write(FOUND, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
