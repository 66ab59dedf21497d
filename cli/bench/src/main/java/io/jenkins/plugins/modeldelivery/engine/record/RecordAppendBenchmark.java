package io.jenkins.plugins.modeldelivery.engine.record;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Durable appends a second, against the same bytes written and forced with a channel that stays open. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(3)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 5, time = 2)
public class RecordAppendBenchmark {
    private Path directory;
    private RecordStore store;
    private FileChannel bare;
    private byte[] line;
    private long number;

    @Setup
    public void open() throws IOException {
        // Beside the sources, since the system's temporary directory may be in memory.
        directory = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "record-");
        store = new FileRecordStore(directory, Clock.systemUTC());
        bare = FileChannel.open(directory.resolve("bare"), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        store.append(BenchEvents.draft(100_000));
        line = Files.readAllBytes(FileRecordStore.file(directory, "mlflow", "churn"));
    }

    @TearDown
    public void delete() throws IOException {
        bare.close();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Benchmark
    public Event append() {
        return store.append(BenchEvents.draft(100_000 + number++));
    }

    @Benchmark
    public void bareChannel() throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(line);
        while (bytes.hasRemaining()) {
            bare.write(bytes);
        }
        bare.force(false);
    }
}
