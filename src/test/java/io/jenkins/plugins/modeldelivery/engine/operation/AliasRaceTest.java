package io.jenkins.plugins.modeldelivery.engine.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.modeldelivery.engine.journal.FileJournal;
import io.jenkins.plugins.modeldelivery.engine.live.JavaProcess;
import io.jenkins.plugins.modeldelivery.engine.metrics.Metrics;
import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.Sleeper;
import io.jenkins.plugins.modeldelivery.engine.operation.delivery.RegisterOperation;
import io.jenkins.plugins.modeldelivery.engine.record.Event;
import io.jenkins.plugins.modeldelivery.engine.registry.VersionSource;
import io.jenkins.plugins.modeldelivery.engine.request.RegisterRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AliasRaceTest {
    private static final int EACH = 200;

    @TempDir
    Path directory;

    @Test
    void twoProcessesThatPromoteMakeOneChainOfPredecessors() throws Exception {
        OperationContext context = AliasRacer.context(directory);
        Path model = Files.writeString(directory.resolve("model"), "weights");
        for (int i = 0; i < 4; i++) {
            RegisterRequest request = TestRequests.register(
                    "churn",
                    Optional.empty(),
                    new VersionSource.Files(model),
                    Metrics.NONE,
                    Map.of(),
                    Map.of(),
                    "",
                    Optional.empty());
            new BlockingDriver(Sleeper.REAL, Cancellation.NONE, reason -> {})
                    .run(new RegisterOperation(request, context), new FileJournal(directory.resolve("j" + i)));
        }
        String each = String.valueOf(EACH);
        List<Process> processes = List.of(
                JavaProcess.start(AliasRacer.class, directory.toString(), each, "1", "2"),
                JavaProcess.start(AliasRacer.class, directory.toString(), each, "3", "4"));
        for (Process process : processes) {
            // Opening a registry deletes files from crashes, but not files that are being written.
            while (!process.waitFor(1, TimeUnit.MILLISECONDS)) {
                assertThat(AliasRacer.context(directory)
                                .registries()
                                .get(Optional.empty())
                                .value()
                                .describe(Cancellation.NONE)
                                .warnings())
                        .isEmpty();
            }
            assertThat(process.exitValue()).isZero();
        }
        assertThat(context.records().verify("local", "churn").intact()).isTrue();
        List<Event> events = context.records().events("local", "churn");
        Set<String> overtaken = events.stream()
                .filter(e -> e.draft().type().text().equals("alias-move-conflict"))
                .map(e -> e.draft().operation().orElseThrow())
                .collect(Collectors.toSet());
        List<Event> moves = events.stream()
                .filter(e -> e.draft().type().text().equals("promoted"))
                .toList();
        assertThat(overtaken).as("conflicts that the test is about").isNotEmpty();
        assertThat(moves).hasSize(2 * EACH);
        // Outcomes may stand in another order than the moves, but each move of the one chain has one.
        List<String> chain = new ArrayList<>(context.registries()
                .get(Optional.empty())
                .value()
                .aliases("churn", Cancellation.NONE)
                .history("champion"));
        Collections.reverse(chain);
        List<String> steps = new ArrayList<>();
        String bearer = "";
        for (String next : chain) {
            steps.add(bearer + " to " + next);
            bearer = next;
        }
        assertThat(moves.stream()
                        .map(m -> m.draft().details().path("from").asText("") + " to "
                                + m.draft().version().orElseThrow()))
                .containsExactlyInAnyOrderElementsOf(steps);
    }
}
