package io.jenkins.plugins.modeldelivery.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A directory with a configuration, and the command line run on it in this process. */
public final class CommandHome {
    private final Path directory;

    public CommandHome(Path directory) {
        this.directory = directory;
    }

    /** A copy of {@code docs/examples/embedded}. */
    public static CommandHome embedded(Path directory) throws IOException {
        Path example = examples().resolve("embedded");
        try (Stream<Path> walk = Files.walk(example)) {
            for (Path path : (Iterable<Path>) walk::iterator) {
                Path copy = directory.resolve(example.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(path, copy);
                }
            }
        }
        return new CommandHome(directory);
    }

    public static Path examples() {
        return Path.of(System.getProperty("project.root"), "docs", "examples");
    }

    public Path path(String name) {
        return directory.resolve(name);
    }

    public CommandHome write(String name, String text) throws IOException {
        Files.createDirectories(path(name).getParent());
        Files.writeString(path(name), text);
        return this;
    }

    public CommandHome replace(String name, String old, String text) throws IOException {
        String before = Files.readString(path(name));
        if (!before.contains(old)) {
            throw new IllegalArgumentException(name + " does not hold " + old);
        }
        return write(name, before.replace(old, text));
    }

    /**
     * What a command left behind.
     *
     * @param status exit status
     */
    public record Ended(int status, String out, String err) {
        public String all() {
            return "status " + status + "\n" + out + err;
        }

        public JsonNode json() {
            return Json.read(out.getBytes(StandardCharsets.UTF_8), ErrorKind.INVALID_INPUT, "standard output");
        }
    }

    /** Runs a command with this directory's configuration. */
    public Ended run(String... arguments) {
        List<String> line =
                new ArrayList<>(List.of("--config", path("model-delivery.yaml").toString()));
        line.addAll(List.of(arguments));
        return plain(line.toArray(String[]::new));
    }

    public Ended deliver(String... options) {
        List<String> line =
                new ArrayList<>(List.of("deliver", path("delivery.yaml").toString()));
        line.addAll(List.of(options));
        return run(line.toArray(String[]::new));
    }

    /** Runs a command as it is. */
    public static Ended plain(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int status = ModelDelivery.commandLine(new PrintWriter(out), new PrintWriter(err))
                .execute(arguments);
        return new Ended(status, out.toString(), err.toString());
    }

    /** Every file below, but for locks, with its content: to show that nothing was changed. */
    public String snapshot() {
        try (Stream<Path> walk = Files.walk(directory)) {
            StringBuilder all = new StringBuilder();
            for (Path file : walk.filter(Files::isRegularFile).sorted().toList()) {
                // The index is made from the records, and may be made at any time.
                if (!file.toString().endsWith("lock") && !file.startsWith(path(".model-delivery/index"))) {
                    all.append(directory.relativize(file))
                            .append('\n')
                            .append(Files.readString(file, StandardCharsets.ISO_8859_1))
                            .append('\n');
                }
            }
            return all.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
