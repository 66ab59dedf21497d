package io.jenkins.plugins.modeldelivery.engine.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.journal.FileJournal;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Windows opens no directory, and each journal and each record failed there. */
class RecordOnWindowsTest {
    @ParameterizedTest
    @ValueSource(strings = {"churn", "CON", "nul", "a:b", "ends.", "Churn"})
    void aRecordIsWrittenAndRead(String model) throws IOException {
        try (FileSystem windows = Jimfs.newFileSystem(Configuration.windows())) {
            Path records = windows.getPath("C:\\records");
            RecordStore store = new FileRecordStore(records, Clock.systemUTC());
            for (int i = 1; i <= 3; i++) {
                store.append(draft(model, String.valueOf(i)));
            }
            assertThat(new FileRecordStore(records, Clock.systemUTC()).events("team", model))
                    .hasSize(3);
            assertThat(store.verify("team", model).intact()).isTrue();
        }
    }

    private static EventDraft draft(String model, String version) {
        EventDraft draft = FileRecordStoreTest.draft("registered", version);
        return new EventDraft(
                draft.type(),
                draft.registry(),
                model,
                draft.identity(),
                draft.actor(),
                draft.build(),
                draft.job(),
                draft.operation(),
                draft.policyDigest(),
                draft.details());
    }

    @Test
    void aJournalIsWrittenAndRead() throws IOException {
        try (FileSystem windows = Jimfs.newFileSystem(Configuration.windows())) {
            FileJournal journal = new FileJournal(windows.getPath("C:\\home\\journals\\one.json"));
            for (int i = 1; i <= 3; i++) {
                journal.write(Json.object().put("state", i));
                assertThat(journal.read()).contains(Json.object().put("state", i));
            }
            journal.delete();
            assertThat(journal.read()).isEmpty();
        }
    }
}
