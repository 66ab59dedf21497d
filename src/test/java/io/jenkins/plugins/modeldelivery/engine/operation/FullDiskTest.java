package io.jenkins.plugins.modeldelivery.engine.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.journal.FileJournal;
import io.jenkins.plugins.modeldelivery.engine.journal.Journal;
import io.jenkins.plugins.modeldelivery.engine.journal.Progress;
import io.jenkins.plugins.modeldelivery.engine.live.JavaProcess;
import io.jenkins.plugins.modeldelivery.engine.metrics.Metrics;
import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.ModelRef;
import io.jenkins.plugins.modeldelivery.engine.model.Sleeper;
import io.jenkins.plugins.modeldelivery.engine.operation.delivery.RegisterOperation;
import io.jenkins.plugins.modeldelivery.engine.operation.deployment.DeployOperation;
import io.jenkins.plugins.modeldelivery.engine.policy.Rules;
import io.jenkins.plugins.modeldelivery.engine.record.Event;
import io.jenkins.plugins.modeldelivery.engine.record.EventType;
import io.jenkins.plugins.modeldelivery.engine.record.FileRecordStore;
import io.jenkins.plugins.modeldelivery.engine.registry.ModelRegistry;
import io.jenkins.plugins.modeldelivery.engine.registry.VersionSource;
import io.jenkins.plugins.modeldelivery.engine.registry.local.LocalDirectoryRegistry;
import io.jenkins.plugins.modeldelivery.engine.request.DeployRequest;
import io.jenkins.plugins.modeldelivery.engine.request.RegisterRequest;
import io.jenkins.plugins.modeldelivery.engine.serving.ServingTarget;
import io.jenkins.plugins.modeldelivery.engine.serving.directory.AllowedImplementations;
import io.jenkins.plugins.modeldelivery.engine.serving.directory.DirectoryTarget;
import io.jenkins.plugins.modeldelivery.engine.serving.directory.EndpointFiles;
import io.jenkins.plugins.modeldelivery.engine.serving.directory.ModelServer;
import io.jenkins.plugins.modeldelivery.engine.serving.directory.VersionedLayout;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A disk that is full. Where the machine lets us, it is a file system of our own; where it does not, a limit on the size of
 * files does for it in a process of its own, and the test says so.
 */
@Timeout(120)
class FullDiskTest {
    private static final int WEIGHTS = 200_000;
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @TempDir
    Path directory;

    private Path disk;
    private boolean mounted;

    @BeforeEach
    void mount() throws Exception {
        disk = Files.createDirectories(directory.resolve("disk"));
        Path model = Files.createDirectories(directory.resolve("model"));
        Files.write(model.resolve("weights"), new byte[WEIGHTS]);
        mounted = System.getProperty("user.name").equals("root")
                && run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk.toString()) == 0;
        if (!mounted) {
            System.out.println(
                    "FullDiskTest: no file system can be mounted here; a limit on the size of files is used.");
        }
    }

    @AfterEach
    void unmount() throws Exception {
        if (mounted) {
            assertThat(run("umount", "-l", disk.toString())).isZero();
        }
    }

    private static int run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getInputStream().transferTo(OutputStream.nullOutputStream());
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    /** Takes all room but so many bytes. */
    private void fill(int leave) throws IOException {
        Path filler = disk.resolve("filler");
        Files.deleteIfExists(filler);
        try (OutputStream out = Files.newOutputStream(filler)) {
            for (long free = Files.getFileStore(disk).getUsableSpace(); free > leave; free -= 4096) {
                out.write(new byte[4096]);
            }
        } catch (IOException e) {
            // That is full, too.
            assertThat(leave).isZero();
        }
    }

    private void makeRoom() throws IOException {
        Files.delete(disk.resolve("filler"));
    }

    private OperationContext context(Path registryRoot, Path records, Path served) {
        ModelRegistry registry = new LocalDirectoryRegistry(registryRoot, Clock.systemUTC());
        ServingTarget target = new DirectoryTarget(
                new EndpointFiles(
                        served,
                        Optional.empty(),
                        new VersionedLayout(AllowedImplementations.ANY),
                        2,
                        Clock.systemUTC()),
                ModelServer.UNKNOWN);
        return new OperationContext(
                OperationContext.Process.of(Clock.systemUTC()),
                name -> new NamedLookup.Named<>("local", registry),
                name -> new NamedLookup.Named<>("folder", target),
                Rules.parse(Json.object()),
                new FileRecordStore(records, Clock.systemUTC()),
                new OperationContext.Caller(new Actor("me", Optional.empty())),
                new LocalTransfers((done, total) -> {}),
                Cancellation.NONE,
                line -> {});
    }

    private RegisterRequest register() {
        return TestRequests.register(
                "churn",
                Optional.empty(),
                new VersionSource.Files(directory.resolve("model")),
                Metrics.NONE,
                Map.of(),
                Map.of(),
                "",
                Optional.of("challenger"));
    }

    private static Progress drive(Operation operation, Journal journal) {
        return new BlockingDriver(Sleeper.REAL, Cancellation.NONE, reason -> {}).run(operation, journal);
    }

    /** Fails with every amount of room that is too little, then goes on to its end, with each effect once. */
    private void assertGoesOnWhenThereIsRoom(Path registry, Path records, Path journalFile) throws IOException {
        int failures = 0;
        for (int leave : new int[] {0, 4096, 8192, 16384, 24576, 32768, 65536, 131072}) {
            fill(leave);
            try {
                drive(
                        new RegisterOperation(register(), context(registry, records, directory.resolve("served"))),
                        new FileJournal(journalFile));
                break;
            } catch (DeliveryException e) {
                failures++;
                assertThat(e.kind()).as(e.getMessage()).isEqualTo(ErrorKind.LOCAL_IO);
                assertThat(e.getMessage()).contains("No space left on device");
                assertNothingHalf(registry);
            }
        }
        assertThat(failures).isPositive();
        makeRoom();
        OperationContext context = context(registry, records, directory.resolve("served"));
        assertThat(drive(new RegisterOperation(register(), context), new FileJournal(journalFile)))
                .isInstanceOf(Progress.Done.class);
        assertThat(context.records().verify("local", "churn").intact()).isTrue();
        assertThat(context.records().events("local", "churn"))
                .extracting(e -> e.draft().type().text())
                .containsExactly("registered", "alias-move-started", "alias-moved");
        ModelRegistry found = context.registries().get(Optional.empty()).value();
        assertThat(found.aliases("churn", Cancellation.NONE).versionOf("challenger"))
                .contains("1");
        assertThatThrownBy(() -> found.version("churn", "2", Cancellation.NONE)).isInstanceOf(DeliveryException.class);
    }

    private static void assertNothingHalf(Path registry) throws IOException {
        try (Stream<Path> walk = Files.walk(registry)) {
            assertThat(walk.filter(p -> p.getFileName().toString().startsWith(".aside-")))
                    .isEmpty();
        }
    }

    @Test
    void theRegistrysDisk() throws Exception {
        if (mounted) {
            assertGoesOnWhenThereIsRoom(
                    disk.resolve("registry"), directory.resolve("records"), directory.resolve("journal"));
        } else {
            assertLimited();
        }
    }

    @Test
    void theRecordsDisk() throws Exception {
        if (mounted) {
            assertGoesOnWhenThereIsRoom(
                    directory.resolve("registry"), disk.resolve("records"), directory.resolve("journal"));
        } else {
            assertLimited();
        }
    }

    @Test
    void theJournalsDisk() throws Exception {
        if (mounted) {
            assertGoesOnWhenThereIsRoom(
                    directory.resolve("registry"), directory.resolve("records"), disk.resolve("journals/journal"));
        } else {
            assertLimited();
        }
    }

    @Test
    void everythingOnOneDisk() throws Exception {
        if (mounted) {
            assertGoesOnWhenThereIsRoom(disk.resolve("registry"), disk.resolve("records"), disk.resolve("journal"));
        } else {
            assertLimited();
        }
    }

    @Test
    void theTargetsDisk() throws Exception {
        if (!mounted) {
            assertLimited();
            return;
        }
        Path served = disk.resolve("served");
        OperationContext context = context(directory.resolve("registry"), directory.resolve("records"), served);
        drive(new RegisterOperation(register(), context), new FileJournal(directory.resolve("register")));
        DeployRequest request = new DeployRequest(
                ModelRef.ofVersion("churn", "1"),
                Optional.empty(),
                Optional.empty(),
                "churn",
                Optional.empty(),
                true,
                false,
                MINUTE);
        Files.createDirectories(served);
        fill(100_000);
        Progress refused = drive(new DeployOperation(request, context), new FileJournal(directory.resolve("deploy")));
        assertThat(refused)
                .isInstanceOfSatisfying(
                        Progress.Rejected.class,
                        progress -> assertThat(progress.message())
                                .contains("has room for 0", "Free disk space there", "It serves nothing, as before"));
        assertThat(served.resolve("churn/1")).doesNotExist();
        makeRoom();
        assertThat(drive(new DeployOperation(request, context), new FileJournal(directory.resolve("again"))))
                .isInstanceOf(Progress.Done.class);
        assertThat(served.resolve("churn/1/weights")).hasSize(WEIGHTS);
        assertThat(context.records().events("local", "churn").stream()
                        .map(Event::draft)
                        .filter(d -> d.type() == EventType.DEPLOYED))
                .hasSize(1);
    }

    /** The nearest thing to a full disk that an ordinary user can make: no file may become larger than this. */
    private void assertLimited() throws Exception {
        String script = "ulimit -f 64; trap '' XFSZ; exec \"$@\"";
        ProcessBuilder builder = JavaProcess.of(Registrar.class, directory.toString());
        List<String> command = new java.util.ArrayList<>(List.of("bash", "-c", script, "limited"));
        command.addAll(builder.command());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(said).startsWith("LOCAL_IO Cannot copy").contains("File too large");
        assertNothingHalf(directory.resolve("registry"));
        assertThat(JavaProcess.start(Registrar.class, directory.toString()).waitFor())
                .isZero();
    }

    /** Registers the model of a directory; prints the problem. */
    public static final class Registrar {
        private Registrar() {}

        public static void main(String[] arguments) {
            FullDiskTest test = new FullDiskTest();
            test.directory = Path.of(arguments[0]);
            OperationContext context = test.context(
                    test.directory.resolve("registry"),
                    test.directory.resolve("records"),
                    test.directory.resolve("served"));
            try {
                drive(
                        new RegisterOperation(test.register(), context),
                        new FileJournal(test.directory.resolve("journal")));
            } catch (DeliveryException e) {
                System.out.println(e.kind() + " " + e.getMessage());
                System.exit(1);
            }
        }
    }
}
