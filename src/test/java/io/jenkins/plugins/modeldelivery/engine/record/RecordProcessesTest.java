package io.jenkins.plugins.modeldelivery.engine.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.modeldelivery.engine.live.JavaProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One record under several processes, and under processes that are killed. */
class RecordProcessesTest {
    private static final int EACH = 200;
    private static final int KILLS = 8;

    @TempDir
    Path directory;

    @Test
    void twoProcessesWriteOneChain() throws Exception {
        List<Process> processes = List.of(
                JavaProcess.start(RecordAppender.class, directory.toString(), String.valueOf(EACH), "gated"),
                JavaProcess.start(RecordAppender.class, directory.toString(), String.valueOf(EACH), "approved"));
        for (Process process : processes) {
            assertThat(process.waitFor()).isZero();
        }
        RecordStore store = new FileRecordStore(directory, Clock.systemUTC());
        assertThat(store.verify("team", "churn").intact()).isTrue();
        List<Event> events = store.events("team", "churn");
        assertThat(events).hasSize(2 * EACH);
        for (String type : List.of("gated", "approved")) {
            assertThat(events.stream()
                            .filter(e -> e.draft().type().text().equals(type))
                            .map(e -> e.draft().version().orElseThrow()))
                    .isSortedAccordingTo((a, b) -> Integer.compare(Integer.parseInt(a), Integer.parseInt(b)))
                    .hasSize(EACH);
        }
    }

    @Test
    void aKilledProcessLosesNothingThatItHadAppended() throws Exception {
        RecordStore store = new FileRecordStore(directory, Clock.systemUTC());
        Path file = FileRecordStore.file(directory, "team", "churn");
        int before = 0;
        for (int i = 0; i < KILLS; i++) {
            Process process = JavaProcess.start(RecordAppender.class, directory.toString(), "1000000", "gated");
            long seen = Files.exists(file) ? Files.size(file) : 0;
            while (process.isAlive() && (!Files.exists(file) || Files.size(file) < seen + 2000)) {
                process.waitFor(1, TimeUnit.MILLISECONDS);
            }
            process.destroyForcibly().waitFor();
            store.append(FileRecordStoreTest.draft("promoted", String.valueOf(i)));
            Verification verification = store.verify("team", "churn");
            assertThat(verification.intact()).as(verification.message()).isTrue();
            assertThat(store.events("team", "churn")).hasSizeGreaterThan(before + 1);
            before = store.events("team", "churn").size();
        }
    }
}
