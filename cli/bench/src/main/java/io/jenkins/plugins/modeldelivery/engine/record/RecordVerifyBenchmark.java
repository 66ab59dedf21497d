package io.jenkins.plugins.modeldelivery.engine.record;

import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.model.Sha256;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Verifies a record, against this JVM's SHA-256 over the same file in large pieces. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 2)
@Measurement(iterations = 7)
public class RecordVerifyBenchmark {
    private static final int PIECE = 64 * 1024;

    @Param("1000000")
    int events;

    private Path directory;
    private Path file;
    private RecordStore store;

    @Setup
    public void write() throws IOException {
        directory = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "record-");
        store = new FileRecordStore(directory, Clock.systemUTC());
        file = FileRecordStore.file(directory, "mlflow", "churn");
        Files.createDirectories(file.getParent());
        String previous = ChainLine.GENESIS;
        // As append writes them, but without a million waits for the disk.
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (long n = 1; n <= events; n++) {
                String line = ChainLine.seal(Json.text(Event.content(
                        n, Instant.ofEpochMilli(1_700_000_000_000L + n), BenchEvents.draft(n), previous)));
                out.write(line);
                out.write('\n');
                byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
                previous = ChainLine.statedHash(bytes, 0, bytes.length);
            }
        }
        System.out.println(events + " events, " + Files.size(file) + " bytes");
    }

    @TearDown
    public void delete() throws IOException {
        Files.delete(file);
        Files.delete(file.getParent());
        Files.delete(directory);
    }

    @Benchmark
    public Verification verify() {
        Verification verification = store.verify("mlflow", "churn");
        if (!verification.intact() || verification.events() != events) {
            throw new IllegalStateException(verification.toString());
        }
        return verification;
    }

    @Benchmark
    public byte[] sha256() throws IOException {
        MessageDigest digest = Sha256.start();
        byte[] piece = new byte[PIECE];
        try (InputStream in = Files.newInputStream(file)) {
            for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
                digest.update(piece, 0, n);
            }
        }
        return digest.digest();
    }
}
