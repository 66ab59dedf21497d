package io.jenkins.plugins.modeldelivery.cli;

import io.jenkins.plugins.modeldelivery.engine.live.JavaProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The command line, or another main class of the tests, as a process of its own. */
final class CommandProcess {
    private static final int MINUTES = 3;

    private final Path directory;
    private final Map<String, String> environment;

    CommandProcess(Path directory, Map<String, String> environment) {
        this.directory = directory;
        this.environment = environment;
    }

    /** What a process left behind. */
    record Ended(int status, String out, String err) {}

    Ended run(String... arguments) throws IOException, InterruptedException {
        return run(ModelDelivery.class, arguments);
    }

    Ended run(Class<?> main, String... arguments) throws IOException, InterruptedException {
        Path out = Files.createTempFile(directory, "out", ".txt");
        Path err = Files.createTempFile(directory, "err", ".txt");
        Process process = start(main, out, err, arguments);
        if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IOException("no end within " + MINUTES + " min: " + String.join(" ", arguments) + "\n"
                    + Files.readString(out) + Files.readString(err));
        }
        Ended ended = new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
        Files.delete(out);
        Files.delete(err);
        return ended;
    }

    /**
     * Kills it with {@code kill -9} after a while, unless it has ended.
     *
     * @return whether it was killed
     */
    boolean runAndKill(long millis, String... arguments) throws IOException, InterruptedException {
        Path out = Files.createTempFile(directory, "out", ".txt");
        Process process = start(ModelDelivery.class, out, out, arguments);
        boolean ended = process.waitFor(millis, TimeUnit.MILLISECONDS);
        process.destroyForcibly().waitFor();
        Files.delete(out);
        return !ended;
    }

    private Process start(Class<?> main, Path out, Path err, String... arguments) throws IOException {
        ProcessBuilder builder = JavaProcess.of(main, arguments)
                .directory(directory.toFile())
                .redirectOutput(out.toFile())
                .redirectError(
                        out.equals(err)
                                ? ProcessBuilder.Redirect.appendTo(err.toFile())
                                : ProcessBuilder.Redirect.to(err.toFile()));
        builder.environment().putAll(environment);
        return builder.start();
    }

    static String text(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8);
    }
}
