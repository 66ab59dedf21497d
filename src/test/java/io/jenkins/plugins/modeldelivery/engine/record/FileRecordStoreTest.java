package io.jenkins.plugins.modeldelivery.engine.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.FileNames;
import io.jenkins.plugins.modeldelivery.engine.model.VersionIdentity;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

public class FileRecordStoreTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-02T03:04:05.006Z"), ZoneOffset.UTC);
    private static final int EVENTS = 5;
    private static final int ROUNDS = 500;

    @TempDir
    Path directory;

    private RecordStore store;
    private Path file;

    @BeforeEach
    void fill() {
        store = new FileRecordStore(directory, CLOCK);
        file = FileRecordStore.file(directory, "team", "churn");
        for (int i = 1; i <= EVENTS; i++) {
            store.append(draft("registered", String.valueOf(i)));
        }
    }

    public static EventDraft draft(String type, String version) {
        return new EventDraft(
                EventType.of(type),
                "team",
                "churn",
                Optional.of(new VersionIdentity(version, "created " + version, Optional.empty())),
                "someone",
                Optional.of("https://ci.example.org/job/churn/7/"),
                Optional.of("churn"),
                Optional.of("operation " + version),
                Optional.empty(),
                Json.object().put("größe", "1 \"quoted\" line\nand another"));
    }

    private static EventDraft large(int length) {
        return draft("registered", "6").withDetails(Json.object().put("text", "x".repeat(length)));
    }

    private List<String> lines() throws IOException {
        return new ArrayList<>(Files.readAllLines(file, StandardCharsets.UTF_8));
    }

    private Verification verifyWith(List<String> lines) throws IOException {
        Files.writeString(file, String.join("\n", lines) + (lines.isEmpty() ? "" : "\n"));
        return store.verify("team", "churn");
    }

    @Test
    void givesBackWhatWasAppended() {
        List<Event> events = store.events("team", "churn");
        assertThat(events).hasSize(EVENTS);
        assertThat(events.get(2).draft()).isEqualTo(draft("registered", "3"));
        assertThat(events.get(2).sequence()).isEqualTo(3);
        assertThat(events.get(2).time()).isEqualTo(CLOCK.instant());
        assertThat(events.get(2).previousHash()).isEqualTo(events.get(1).hash());
        assertThat(store.verify("team", "churn"))
                .isEqualTo(new Verification(true, EVENTS, "5 events, the chain is whole."));
    }

    @Test
    void appendsAnEventOfAnOperationOnce() {
        Event first = store.appendOnce(draft("promoted", "3"));
        assertThat(first.sequence()).isEqualTo(EVENTS + 1);
        assertThat(store.appendOnce(draft("promoted", "3"))).isEqualTo(first);
        assertThat(store.events("team", "churn")).hasSize(EVENTS + 1).endsWith(first);
    }

    @Test
    void anEventOfAnotherOperationOrVersionIsAnotherEvent() {
        store.appendOnce(draft("promoted", "3"));
        EventDraft three = draft("promoted", "3");
        store.appendOnce(new EventDraft(
                three.type(),
                three.registry(),
                three.model(),
                three.identity(),
                three.actor(),
                three.build(),
                three.job(),
                Optional.of("another operation"),
                three.policyDigest(),
                three.details()));
        store.appendOnce(new EventDraft(
                three.type(),
                three.registry(),
                three.model(),
                Optional.of(new VersionIdentity("4", "created 4", Optional.empty())),
                three.actor(),
                three.build(),
                three.job(),
                three.operation(),
                three.policyDigest(),
                three.details()));
        assertThat(store.events("team", "churn")).hasSize(EVENTS + 3);
    }

    @Test
    void theStateIsWhatTheEventsOfAllJobsSay() {
        store.append(draft("promoted", "3")
                .withDetails(Json.object().put("alias", "champion").put("to", "3")));
        ModelState state = store.state("team", "churn");
        assertThat(state.alias("champion").orElseThrow().isAt("3")).isTrue();
        assertThat(state.newestRegistration().orElseThrow().sequence()).isEqualTo(EVENTS);
        assertThat(store.state("team", "other").aliases()).isEmpty();
    }

    @Test
    void appendsOnlyWhatItsConditionAllows() {
        assertThat(store.appendIf(
                        draft("promoted", "3"),
                        () -> store.events("team", "churn").isEmpty()))
                .isEmpty();
        assertThat(store.events("team", "churn")).hasSize(EVENTS);
        assertThat(store.appendIf(
                        draft("promoted", "3"),
                        () -> store.state("team", "churn").newestGate().isEmpty()))
                .isPresent();
        assertThat(store.events("team", "churn")).hasSize(EVENTS + 1);
    }

    @Test
    void aModelWithoutARecordHasNoEvents() {
        assertThat(store.events("team", "other")).isEmpty();
        assertThat(store.verify("team", "other").intact()).isTrue();
    }

    @Test
    void namesTheLineWithAnyChangedByte() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        int line = 1;
        for (int at = 0; at < whole.length; at++) {
            byte[] changed = whole.clone();
            changed[at] ^= 1;
            Files.write(file, changed);
            Verification verification = store.verify("team", "churn");
            assertThat(verification.intact()).as("byte " + at).isFalse();
            boolean feed = whole[at] == '\n';
            assertThat(verification.message()).as("byte " + at).startsWith("Line " + line + " ");
            line += feed ? 1 : 0;
        }
    }

    @Test
    void namesTheFirstLineAfterARemovedOne() throws IOException {
        List<String> lines = lines();
        lines.remove(1);
        assertThat(verifyWith(lines).message()).startsWith("Line 2 has the number of event 3");
    }

    @Test
    void namesTheFirstOfSwappedLines() throws IOException {
        List<String> lines = lines();
        Collections.swap(lines, 2, 3);
        assertThat(verifyWith(lines).message()).startsWith("Line 3 ");
    }

    @Test
    void noticesARemovedEnd() throws IOException {
        assertThat(verifyWith(lines().subList(0, 3)).message())
                .startsWith("Line 4 is missing")
                .contains("event 5");
        assertThatThrownBy(() -> store.append(draft("registered", "6")))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("its end was removed");
        Files.delete(file);
        assertThat(store.verify("team", "churn").message()).startsWith("Line 1 is missing");
    }

    @Test
    void noticesARecordThatWasWrittenAnew() throws IOException {
        Path other = directory.resolve("other");
        RecordStore forger = new FileRecordStore(other, CLOCK);
        for (int i = 1; i <= EVENTS; i++) {
            forger.append(draft("registered", "9"));
        }
        Files.copy(
                FileRecordStore.file(other, "team", "churn"), file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        assertThat(store.verify("team", "churn").message()).startsWith("Line 5 is not the event in the head");
    }

    @Test
    void setsATornLastLineAside() throws IOException {
        String torn = lines().get(0).substring(0, 40);
        Files.writeString(file, torn, StandardOpenOption.APPEND);
        assertThat(store.verify("team", "churn").message()).startsWith("Line 6 is incomplete");
        assertThat(store.events("team", "churn")).hasSize(EVENTS);
        store.append(draft("registered", "6"));
        assertThat(store.verify("team", "churn").events()).isEqualTo(EVENTS + 1);
        assertThat(store.verify("team", "churn").intact()).isTrue();
        try (Stream<Path> files = Files.list(file.getParent())) {
            Path aside = files.filter(p -> p.toString().contains(".torn-"))
                    .findFirst()
                    .orElseThrow();
            assertThat(aside).hasContent(torn);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 84})
    void refusesToGoOnWithADamagedHead(int length) throws IOException {
        Path head = ChainHead.file(file);
        Files.writeString(head, Files.readString(head).substring(0, length));
        assertThatThrownBy(() -> store.append(draft("registered", "6")))
                .isInstanceOfSatisfying(
                        DeliveryException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.CORRUPT))
                .hasMessageContaining("head");
        assertThat(store.verify("team", "churn").message()).contains(head.toString(), "damaged");
    }

    @Test
    void anEmptyHeadIsWhatAFullDiskOrACrashLeavesOfTheFirst() throws IOException {
        Files.writeString(ChainHead.file(file), "");
        store.append(draft("registered", "6"));
        assertThat(store.verify("team", "churn").intact()).isTrue();
        assertThat(ChainHead.file(file)).isNotEmptyFile();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "7",
                "[]",
                "{}",
                "garbage",
                "{\"type\":\"gated\"}",
                "\u0000\u0000",
                "\uFEFF",
                // No more than the end that each line has, and no more than its beginning.
                ",\"hash\":\"0000000000000000000000000000000000000000000000000000000000000000\"}",
                "{\"sequence\":3"
            })
    void namesTheLineThatIsNoEvent(String line) throws IOException {
        List<String> lines = lines();
        lines.set(2, line);
        assertThat(verifyWith(lines).message()).startsWith("Line 3 is not an event");
        assertCorrupt(() -> store.events("team", "churn"), "Line 3 of the record " + file);
        assertCorrupt(() -> store.appendOnce(draft("registered", "6")), "Line 3 of the record " + file);
        lines.set(EVENTS - 1, line);
        verifyWith(lines);
        assertCorrupt(() -> store.append(draft("registered", "6")), file + ": its last line is not an event");
    }

    private static void assertCorrupt(ThrowingCallable call, String part) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        DeliveryException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.CORRUPT))
                .hasMessageContaining(part)
                .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1));
    }

    @Test
    void noDamageGivesAnotherErrorThanTheDocumentedOne() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        Random random = new Random(7);
        for (int i = 0; i < ROUNDS; i++) {
            byte[] changed = whole.clone();
            int from = random.nextInt(whole.length);
            for (int at = from; at < Math.min(whole.length, from + 1 + random.nextInt(40)); at++) {
                changed[at] = (byte) random.nextInt();
            }
            Files.write(file, changed);
            Verification verification = store.verify("team", "churn");
            assertThat(verification.intact()).isEqualTo(Arrays.equals(changed, whole));
            try {
                store.events("team", "churn");
            } catch (DeliveryException e) {
                assertThat(e.kind()).isEqualTo(ErrorKind.CORRUPT);
                assertThat(e.getMessage()).startsWith("Line ").contains(file.toString());
            }
        }
    }

    @Test
    void aLineWithoutEndTakesBoundedMemory() throws IOException {
        long size = 3L * 1024 * 1024 * 1024;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            // A hole takes no room on the disk.
            channel.write(ByteBuffer.wrap(new byte[] {'\n'}), size);
        }
        assertThat(store.verify("team", "churn").message())
                .startsWith("Line 6 is not an event")
                .contains("too long");
        assertCorrupt(() -> store.events("team", "churn"), "Line 6 of the record " + file);
    }

    /** A smoke test's request that is nested as deep as a document may be, for example. */
    @Test
    void anEventThatCouldNotBeReadAgainIsRefusedAndChangesNothing() throws IOException {
        byte[] before = Files.readAllBytes(file);
        EventDraft plain = draft("registered", "6");
        for (int depth : new int[] {190, 198, 199, 250}) {
            ObjectNode details = Json.object();
            ArrayNode inner = details.putArray("request");
            for (int i = 1; i < depth; i++) {
                inner = inner.addArray();
            }
            EventDraft nested = new EventDraft(
                    EventType.DEPLOYMENT_STARTED,
                    "team",
                    "churn",
                    plain.identity(),
                    "someone",
                    plain.build(),
                    plain.job(),
                    plain.operation(),
                    plain.policyDigest(),
                    details);
            try {
                store.append(nested);
                assertThat(store.events("team", "churn")).hasSize(EVENTS + 1);
                Files.write(file, before);
                Files.delete(file.resolveSibling(file.getFileName() + ".head"));
            } catch (DeliveryException e) {
                assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_INPUT);
                assertThat(depth).isGreaterThan(190);
                assertThat(file).hasBinaryContent(before);
            }
        }
        store.append(plain);
        assertThat(store.events("team", "churn")).hasSize(EVENTS + 1);
    }

    @Test
    void anEventThatIsTooLargeIsRefusedAndChangesNothing() throws IOException {
        byte[] before = Files.readAllBytes(file);
        assertThatThrownBy(() -> store.append(large(RecordLines.MAX)))
                .isInstanceOfSatisfying(
                        DeliveryException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_INPUT));
        assertThat(file).hasBinaryContent(before);
    }

    @Test
    void theLongestEventThatIsTakenIsReadAgainAndFollowed() throws IOException {
        store.append(large(0));
        int rest = lines().get(EVENTS).length();
        assertThatThrownBy(() -> store.append(large(RecordLines.MAX - rest)))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("too large for the record");
        store.append(large(RecordLines.MAX - 1 - rest));
        store.append(draft("registered", "8"));
        assertThat(store.events("team", "churn")).hasSize(EVENTS + 3);
        assertThat(store.verify("team", "churn").intact()).isTrue();
    }

    @Test
    void goesOnWhereTheHeadWasNotWrittenAnyMore() throws IOException {
        String old = Files.readString(ChainHead.file(file));
        store.append(draft("registered", "6"));
        Files.writeString(ChainHead.file(file), old);
        assertThat(store.verify("team", "churn").intact()).isTrue();
        store.append(draft("registered", "7"));
        assertThat(store.verify("team", "churn").events()).isEqualTo(EVENTS + 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", ".", "a/b", "../../etc/passwd", "nul\u0000", "C:\\x", "", " ", "Größe 🚀", "CON"})
    void noNameLeavesTheDirectory(String name) {
        Path path = FileRecordStore.file(directory, name, name);
        assertThat(path.normalize()).isEqualTo(path).startsWithRaw(directory);
        assertThat(path.getNameCount()).isEqualTo(directory.getNameCount() + 2);
    }

    @Property
    void noTwoNamesMeetEvenWhereCaseIsIgnored(@ForAll String one, @ForAll String other) {
        String first = FileNames.encode(one).toLowerCase(java.util.Locale.ROOT);
        String second = FileNames.encode(other).toLowerCase(java.util.Locale.ROOT);
        byte[] bytes = one.getBytes(StandardCharsets.UTF_8);
        boolean same = java.util.Arrays.equals(bytes, other.getBytes(StandardCharsets.UTF_8));
        assertThat(first.equals(second)).isEqualTo(same);
        assertThat(first).matches("[a-z0-9_%~-]{1,120}");
    }

    @Test
    void aNameOfAThousandCharactersFitsAFileSystem() {
        String name = "n".repeat(1000);
        assertThat(FileRecordStore.file(directory, "team", name)
                        .getFileName()
                        .toString()
                        .length())
                .isLessThan(200);
        assertThat(FileNames.encode(name)).isNotEqualTo(FileNames.encode(name + "n"));
    }
}
