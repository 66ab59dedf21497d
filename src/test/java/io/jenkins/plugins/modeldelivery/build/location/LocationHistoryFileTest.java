package io.jenkins.plugins.modeldelivery.build.location;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.LogRecorder;

/** What became of jobs is kept, also in a file that was torn or damaged. */
class LocationHistoryFileTest {
    private static final Instant NOW = Instant.parse("2026-12-01T08:00:00Z");
    private static final LocationChange MOVE = LocationChange.moved(NOW.minusSeconds(3), "team", "group");
    private static final LocationChange DELETION = LocationChange.deleted(NOW.minusSeconds(2), "train");
    private static final LocationChange SECOND_MOVE = LocationChange.moved(NOW.minusSeconds(1), "group", "all");

    private final LogRecorder logs =
            new LogRecorder().record(LocationHistoryFile.class, Level.SEVERE).capture(10);

    @TempDir
    private Path directory;

    private Path path;

    @BeforeEach
    void name() {
        path = directory.resolve("model-delivery/job-locations.jsonl");
    }

    private LocationHistoryFile file() {
        return new LocationHistoryFile(path, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private LocationHistory read() {
        return file().read(100);
    }

    private void write(LocationChange... changes) throws IOException {
        LocationHistoryFile file = file();
        LocationHistory history = file.read(100);
        for (LocationChange change : changes) {
            history.add(change);
            file.append(change, history);
        }
    }

    private List<Path> setAside() throws IOException {
        try (Stream<Path> files = Files.list(path.getParent())) {
            return files.filter(file -> file.getFileName().toString().contains("damaged"))
                    .toList();
        }
    }

    @Test
    void eachChangeIsALineThatIsAppended() throws Exception {
        assertThat(read().changes()).isEmpty();
        write(MOVE);
        write(DELETION, SECOND_MOVE);
        assertThat(Files.readAllLines(path)).containsExactly(MOVE.line(), DELETION.line(), SECOND_MOVE.line());
        assertThat(read().changes()).containsExactly(MOVE, DELETION, SECOND_MOVE);
        assertThat(logs.getMessages()).isEmpty();
    }

    @Test
    void aTornLineIsSetAsideAndAllElseIsKept() throws Exception {
        write(MOVE, DELETION);
        String torn = Files.readString(path) + SECOND_MOVE.line().substring(0, 40);
        Files.writeString(path, torn);
        LocationHistory history = read();
        assertThat(history.changes()).containsExactly(MOVE, DELETION);
        assertThat(history.forgotten()).isEqualTo(Instant.MIN);
        assertThat(setAside())
                .singleElement()
                .satisfies(aside -> assertThat(aside).hasContent(torn));
        assertThat(logs.getMessages()).singleElement().asString().contains("ends within a line", "set aside as");
        write(SECOND_MOVE);
        assertThat(Files.readAllLines(path)).containsExactly(MOVE.line(), DELETION.line(), SECOND_MOVE.line());
        assertThat(setAside()).hasSize(1);
    }

    /** Its end is there but for the end of the line: the next line must not be joined to it. */
    @Test
    void aLineWithoutItsEndIsKept() throws Exception {
        write(MOVE);
        Files.writeString(path, MOVE.line());
        write(DELETION);
        assertThat(Files.readAllLines(path)).containsExactly(MOVE.line(), DELETION.line());
        assertThat(logs.getMessages()).isEmpty();
    }

    @Test
    void whatADamagedLineHeldIsUnknownSoThatOnlyAdministratorsSeeWhatIsOlder() throws Exception {
        write(MOVE, DELETION, SECOND_MOVE);
        byte[] content = Files.readAllBytes(path);
        content[MOVE.line().length() + 5] = (byte) 0xff;
        Files.write(path, content);
        LocationHistory history = read();
        assertThat(history.changes()).containsExactly(MOVE, SECOND_MOVE);
        assertThat(history.forgotten()).isEqualTo(NOW);
        assertThat(setAside())
                .singleElement()
                .satisfies(aside -> assertThat(aside).hasBinaryContent(content));
        assertThat(logs.getMessages())
                .singleElement()
                .asString()
                .contains("is damaged in 1 line", "is shown to administrators only", "mend the file");
        assertThat(read().forgotten()).isEqualTo(NOW);
        assertThat(setAside()).hasSize(1);

        Path mended = setAside().get(0);
        content[MOVE.line().length() + 5] = DELETION.line().getBytes(StandardCharsets.UTF_8)[4];
        Files.write(mended, content);
        Files.move(mended, path, StandardCopyOption.REPLACE_EXISTING);
        assertThat(read().changes()).containsExactly(MOVE, DELETION, SECOND_MOVE);
        assertThat(read().forgotten()).isEqualTo(Instant.MIN);
    }

    @Test
    void aFileThatCannotBeReadAtAllIsSetAsideToo() throws Exception {
        Files.createDirectories(path);
        Files.writeString(path.resolve("inside"), "x");
        LocationHistory history = read();
        assertThat(history.forgotten()).isEqualTo(NOW);
        assertThat(setAside())
                .singleElement()
                .satisfies(aside -> assertThat(aside.resolve("inside")).exists());
        write(MOVE);
        assertThat(read().changes()).containsExactly(MOVE);
        assertThat(read().forgotten()).isEqualTo(NOW);
    }

    @Test
    void whatCouldNotBeAppendedComesWithTheNextChange() throws Exception {
        LocationHistoryFile file = file();
        LocationHistory history = file.read(100);
        history.add(MOVE);
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("model-delivery"), "no directory");
        assertThatThrownBy(() -> file.append(MOVE, history)).isInstanceOf(IOException.class);
        Files.delete(directory.resolve("model-delivery"));
        history.add(DELETION);
        file.append(DELETION, history);
        assertThat(read().changes()).containsExactly(MOVE, DELETION);
    }

    @Test
    void theFileDoesNotGrowWithBranchesThatComeAndGo() throws Exception {
        LocationHistoryFile file = file();
        LocationHistory history = file.read(100);
        for (int i = 0; i < 1300; i++) {
            LocationChange change = LocationChange.deleted(NOW.plusSeconds(i), "branch" + i % 3);
            history.add(change);
            file.append(change, history);
        }
        assertThat(Files.readAllLines(path)).hasSizeLessThan(1100);
        assertThat(read().changes()).isEqualTo(history.changes()).hasSize(3);
    }

    @Test
    void linesOfAnotherProgramAreNotTakenForTheEnd() throws Exception {
        write(MOVE);
        Files.writeString(path, "\n{}\n", StandardOpenOption.APPEND);
        assertThat(read().changes()).containsExactly(MOVE);
        assertThat(logs.getMessages()).singleElement().asString().contains("is damaged in 2 lines");
    }
}
