package io.jenkins.plugins.modeldelivery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.modeldelivery.cli.output.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A delivery on one disk, stopped in the middle and run again. */
@Timeout(300)
class ResumeTest {
    private static final int STEP = 25;
    private static final int LAST = 200;

    @TempDir
    Path directory;

    private static boolean unfinished(CommandHome home) throws IOException {
        Path journals = home.path(".model-delivery/journals");
        if (!Files.isDirectory(journals)) {
            return false;
        }
        try (Stream<Path> files = Files.list(journals)) {
            return files.anyMatch(f -> f.toString().endsWith(".json"));
        }
    }

    private static List<String> events(CommandHome home) {
        JsonNode events =
                home.run("record", "show", "tumour", "--format", "json").json();
        return StreamSupport.stream(events.spliterator(), false)
                .filter(e -> !e.path("type").asText().equals("policy-recorded"))
                .map(e -> e.path("type").asText() + " " + e.path("version").asText())
                .toList();
    }

    /** Each delivery is killed a little longer after it began than the one before. */
    @Test
    void killedAtAnyMomentTheSameCommandDoesEverythingOnce() throws Exception {
        int stopped = 0;
        for (int millis = 0; millis <= LAST; millis += STEP) {
            Path place = Files.createDirectories(directory.resolve("after-" + millis));
            CommandHome home = CommandHome.embedded(place);
            CommandProcess command = new CommandProcess(place, Map.of());
            if (command.runAndKillOnceBegun(millis, "deliver")) {
                continue;
            }
            stopped++;
            CommandProcess.Ended second = command.run("deliver", "--format", "json");
            assertThat(second.status()).as(millis + second.out() + second.err()).isZero();
            assertThat(events(home))
                    .as("killed after " + millis + " ms")
                    .containsExactly(
                            "registered 1",
                            "gated 1",
                            "alias-move-started 1",
                            "promoted 1",
                            "deployment-started 1",
                            "deployed 1");
            assertThat(home.path(".model-delivery/registry/models/tumour/versions"))
                    .isDirectoryNotContaining("glob:**/2");
            assertThat(home.run("record", "verify", "tumour").status()).isZero();
        }
        assertThat(stopped).as("deliveries that were stopped in the middle").isPositive();
    }

    private static CommandHome.Ended register(CommandHome home) {
        return home.run(
                "register",
                "tumour",
                "--path",
                home.path("model").toString(),
                "--metrics",
                home.path("metrics.json").toString());
    }

    /** A registration that has sent its files, and could not make a version. */
    private CommandHome stoppedAfterUpload() throws IOException {
        CommandHome home = CommandHome.embedded(directory);
        home.write(".model-delivery/registry/models/tumour", "a file where a directory belongs");
        assertThat(register(home).status()).isEqualTo(ExitStatus.USAGE);
        assertThat(unfinished(home)).isTrue();
        Files.delete(home.path(".model-delivery/registry/models/tumour"));
        return home;
    }

    @Test
    void theSameInputsGoOn() throws IOException {
        CommandHome home = stoppedAfterUpload();
        CommandHome.Ended again = register(home);
        assertThat(again.status()).as(again.all()).isZero();
        assertThat(again.out()).contains("resuming").doesNotContain("note", "uploaded");
    }

    @Test
    void aModelThatWasTrainedAnewIsANewRegistration() throws IOException {
        CommandHome home = stoppedAfterUpload();
        home.replace("model/model.json", "{", "{ ");
        CommandHome.Ended again = register(home);
        assertThat(again.status()).as(again.all()).isZero();
        assertThat(again.out())
                .doesNotContain("resuming")
                .contains("note         an earlier run of this command was stopped before its end", "uploaded");
        assertThat(home.path("model/model.json")).hasSameTextualContentAs(registered(home));
        assertThat(unfinished(home)).isFalse();
        try (Stream<Path> journals = Files.list(home.path(".model-delivery/journals"))) {
            assertThat(journals.map(Path::toString)).anyMatch(name -> name.endsWith(".abandoned"));
        }
    }

    private static Path registered(CommandHome home) throws IOException {
        try (Stream<Path> blobs = Files.walk(home.path(".model-delivery/registry/blobs"))) {
            List<Path> found = blobs.filter(Files::isRegularFile).toList();
            String version =
                    Files.readString(home.path(".model-delivery/registry/models/tumour/versions/1/version.json"));
            return found.stream()
                    .filter(blob -> version.contains(blob.getFileName().toString()))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
