package io.jenkins.plugins.modeldelivery.engine.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lines that were changed with a correct hash. */
class ForgedLinesTest {
    private static final int EVENTS = 5;

    @TempDir
    Path directory;

    private RecordStore store;
    private Path file;

    @BeforeEach
    void fill() {
        store = new FileRecordStore(directory, Clock.systemUTC());
        file = FileRecordStore.file(directory, "team", "churn");
        for (int i = 1; i <= EVENTS; i++) {
            store.append(FileRecordStoreTest.draft("registered", String.valueOf(i)));
        }
    }

    /** @param number from 1 */
    private String messageWith(int number, String line) throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(file));
        lines.set(number - 1, line);
        Files.writeString(file, String.join("\n", lines) + "\n");
        return store.verify("team", "churn").message();
    }

    private String line(int number) throws IOException {
        return Files.readAllLines(file).get(number - 1);
    }

    private static String sealedAnew(String line) {
        return ChainLine.seal(line.substring(0, line.indexOf(",\"hash\":\"")) + "}");
    }

    @Test
    void aLineThatIsAsItWasMayBeSealedAnew() throws IOException {
        assertThat(messageWith(3, sealedAnew(line(3)))).isEqualTo("5 events, the chain is whole.");
    }

    @Test
    void theLineAfterAReplacedOneDoesNotFollowIt() throws IOException {
        assertThat(messageWith(3, sealedAnew(line(3).replace("someone", "another"))))
                .isEqualTo("Line 4 does not follow line 3: a line was replaced.");
    }

    @Test
    void aLineThatNamesAnotherPredecessorDoesNotFollow() throws IOException {
        String other = line(5).replaceFirst("\"previous\":\"[0-9a-f]{64}", "\"previous\":\"" + "f".repeat(64));
        assertThat(messageWith(5, sealedAnew(other))).isEqualTo("Line 5 does not follow line 4: a line was replaced.");
    }

    @Test
    void theLastLineIsComparedWithTheHead() throws IOException {
        assertThat(messageWith(5, sealedAnew(line(5).replace("someone", "another"))))
                .isEqualTo("Line 5 is not the event in the head of the record: the record was written again.");
    }

    @Test
    void aLastLineThatWasChangedAndNotSealedIsNamed() throws IOException {
        assertThat(messageWith(5, line(5).replace("someone", "another")))
                .isEqualTo("Line 5 was changed after it was written.");
    }

    @Test
    void aLastLineThatSaysNoNumberIsFollowedByNothing() throws IOException {
        assertThat(messageWith(5, sealedAnew(line(5).replace("{\"sequence\":5,", "{"))))
                .startsWith("Line 5 has the number of event -1:");
        assertThatThrownBy(() -> store.append(FileRecordStoreTest.draft("registered", "6")))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("its last line is not an event");
    }
}
