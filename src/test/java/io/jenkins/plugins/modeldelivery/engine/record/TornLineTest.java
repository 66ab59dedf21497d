package io.jenkins.plugins.modeldelivery.engine.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.modeldelivery.engine.io.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a crash in the middle of an append leaves, and what becomes of it. */
class TornLineTest {
    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochMilli(1234), ZoneOffset.UTC);

    @TempDir
    Path directory;

    private RecordStore store;
    private Path file;

    @BeforeEach
    void fill() {
        store = new FileRecordStore(directory, CLOCK);
        file = FileRecordStore.file(directory, "team", "churn");
        store.append(FileRecordStoreTest.draft("registered", "1"));
        store.append(FileRecordStoreTest.draft("registered", "2"));
    }

    private List<Path> setAside() throws IOException {
        try (Stream<Path> files = Files.list(file.getParent())) {
            return files.filter(path -> path.toString().contains(".torn-")).toList();
        }
    }

    @Test
    void aWholeRecordHasNothingToSetAside() throws IOException {
        assertThat(setAside()).isEmpty();
    }

    /** The record is read back from its end in pieces of 8192 bytes. */
    @ParameterizedTest
    @ValueSource(ints = {1, 8190, 8191, 8192, 8193, 16383, 16384})
    void allOfATornLineIsSetAsideAndNothingElse(int length) throws IOException {
        String torn = "x".repeat(length);
        Files.writeString(file, torn, StandardOpenOption.APPEND);
        store.append(FileRecordStoreTest.draft("registered", "3"));
        assertThat(store.verify("team", "churn")).isEqualTo(new Verification(true, 3, "3 events, the chain is whole."));
        assertThat(setAside()).singleElement().satisfies(aside -> {
            assertThat(aside).hasFileName(file.getFileName() + ".torn-1234");
            assertThat(aside).hasContent(torn);
        });
    }

    @Test
    void aRecordOfNothingButATornLineBeginsAnew() throws IOException {
        Path other = FileRecordStore.file(directory, "team", "other");
        Files.writeString(other, "{\"sequence\":1,");
        assertThat(store.events("team", "other")).isEmpty();
        store.append(new EventDraft(
                EventType.GATED,
                "team",
                "other",
                Optional.empty(),
                "someone",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Json.object()));
        assertThat(store.events("team", "other")).hasSize(1);
    }
}
