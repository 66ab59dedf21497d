package io.jenkins.plugins.modeldelivery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.delivery.FileJournal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A promotion that was stopped while it waited for approval has ended, and the same command asks again. */
class CancelledPromotionTest {
    @TempDir
    Path directory;

    private Path journal(CommandHome home) throws IOException {
        try (Stream<Path> files = Files.list(home.path(".model-delivery/journals"))) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void doesNotStandInTheWayOfTheNext() throws IOException {
        CommandHome home = new CommandHome(directory)
                .write("model.json", "{}")
                .write("model-delivery.yaml", "policies: {production: {alias: champion, approvals: {count: 1}}}");
        home.run("register", "churn", "--path", home.path("model.json").toString());
        assertThat(home.run("promote", "churn/1", "--to", "champion").status()).isEqualTo(ExitStatus.UNDECIDED);

        FileJournal journal = new FileJournal(journal(home));
        ObjectNode stopped = journal.read().orElseThrow();
        journal.write(stopped.put("state", "cancelled"));
        CommandHome.Ended cancelled = home.run("promote", "churn/1", "--to", "champion");
        assertThat(cancelled.status()).as(cancelled.all()).isEqualTo(ExitStatus.SERVER);
        assertThat(cancelled.err()).contains("Cancelled while churn/1 waited for approval");

        assertThat(home.run("promote", "churn/1", "--to", "champion").status()).isEqualTo(ExitStatus.UNDECIDED);
    }
}
