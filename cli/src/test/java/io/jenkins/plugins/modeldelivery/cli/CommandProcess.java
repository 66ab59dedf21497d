package io.jenkins.plugins.modeldelivery.cli;

import io.jenkins.plugins.modeldelivery.engine.live.JavaProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The command line, or another main class of the tests, as a process of its own. */
public final class CommandProcess {
    private static final int MINUTES = 3;

    private final Path directory;
    private final Map<String, String> environment;

    public CommandProcess(Path directory, Map<String, String> environment) {
        this.directory = directory;
        this.environment = environment;
    }

    /** What a process left behind. */
    public record Ended(int status, String out, String err) {}

    public Ended run(String... arguments) throws IOException, InterruptedException {
        return run(ModelDelivery.class, arguments);
    }

    public Ended run(Class<?> main, String... arguments) throws IOException, InterruptedException {
        Path out = Files.createTempFile(directory, "out", ".txt");
        Path err = Files.createTempFile(directory, "err", ".txt");
        return end(start(main, out, err, arguments), out, err, arguments);
    }

    /** A command under way. */
    public final class Running {
        private final Path out;
        private final Path err;
        private final String[] arguments;
        private final Process process;

        public Running(String... arguments) throws IOException {
            this(ModelDelivery.class, arguments);
        }

        public Running(Class<?> main, String... arguments) throws IOException {
            this.out = Files.createTempFile(directory, "out", ".txt");
            this.err = Files.createTempFile(directory, "err", ".txt");
            this.arguments = arguments;
            this.process = start(main, out, err, arguments);
        }

        public boolean alive() {
            return process.isAlive();
        }

        /** What it has said to people so far. */
        public String said() throws IOException {
            return text(out);
        }

        /** As {@code kill -TERM}. */
        public void terminate() {
            process.destroy();
        }

        public Ended end() throws IOException, InterruptedException {
            return CommandProcess.end(process, out, err, arguments);
        }
    }

    private static Ended end(Process process, Path out, Path err, String... arguments)
            throws IOException, InterruptedException {
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

    /** Kills it with {@code kill -9} after a while; gives back whether it had ended what it did, if not its process. */
    boolean runAndKill(long millis, String... arguments) throws IOException, InterruptedException {
        Path out = Files.createTempFile(directory, "out", ".txt");
        Process process = start(ModelDelivery.class, out, out, arguments);
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        // What was printed proves nothing: an operation says what it plans before its journal does.
        boolean begun = false;
        while (process.isAlive() && System.nanoTime() < end) {
            begun |= !journals().isEmpty();
            Thread.sleep(1);
        }
        boolean ended = !process.isAlive();
        process.destroyForcibly().waitFor();
        Files.delete(out);
        return (begun || ended) && journals().isEmpty();
    }

    /**
     * Kills it with {@code kill -9} a while after its journal has appeared; gives back whether it had ended what it did, if
     * not its process.
     */
    boolean runAndKillOnceBegun(long millis, String... arguments) throws IOException, InterruptedException {
        Path out = Files.createTempFile(directory, "out", ".txt");
        Process process = start(ModelDelivery.class, out, out, arguments);
        while (process.isAlive() && journals().isEmpty()) {
            Thread.onSpinWait();
        }
        process.waitFor(millis, TimeUnit.MILLISECONDS);
        process.destroyForcibly().waitFor();
        Files.delete(out);
        return journals().isEmpty();
    }

    /** Of operations that have begun and not ended. */
    private List<Path> journals() throws IOException {
        Path journals = directory.resolve(".model-delivery/journals");
        if (!Files.isDirectory(journals)) {
            return List.of();
        }
        try (Stream<Path> list = Files.list(journals)) {
            return list.filter(p -> p.toString().endsWith(".json")).toList();
        }
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

    public static String text(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8);
    }
}
