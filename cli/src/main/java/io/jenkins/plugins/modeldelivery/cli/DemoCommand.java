package io.jenkins.plugins.modeldelivery.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.cli.output.ExitStatus;
import io.jenkins.plugins.modeldelivery.cli.run.EngineCommand;
import io.jenkins.plugins.modeldelivery.engine.io.DurableFiles;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Delivers three models before the user's eyes: a good one, a worse one, a broken one. */
@Command(
        name = "demo",
        description = {
            "Delivers a good model, a worse model that the gate rejects, and a broken model that is"
                    + " rolled back, on the embedded registry and a local model repository. Then shows and verifies"
                    + " the record.",
            "Works in a temporary directory. --keep does not delete it."
        })
final class DemoCommand extends EngineCommand {
    private static final List<String> FILES = List.of(
            "model-delivery.yaml",
            "good.yaml",
            "worse.yaml",
            "broken.yaml",
            "request.json",
            "expected.json",
            "expected-worse.json",
            "good/model.json",
            "good/metrics.json",
            "worse/model.json",
            "worse/metrics.json",
            "broken/model.json",
            "broken/metrics.json");

    @Option(names = "--keep", paramLabel = "DIRECTORY", description = "Work here, and leave everything there.")
    private Optional<Path> keep = Optional.empty();

    @Override
    public Integer call() {
        try {
            Path directory = keep.isPresent()
                    ? Files.createDirectories(keep.get().toAbsolutePath())
                    : Files.createTempDirectory("model-delivery-demo");
            try (DemoServer server = DemoServer.start(directory.resolve("served"))) {
                unpack(directory, server.url());
                return run(directory) ? ExitStatus.DONE : ExitStatus.SERVER;
            } finally {
                if (keep.isEmpty()) {
                    DurableFiles.deleteTree(directory);
                }
            }
        } catch (IOException e) {
            throw ErrorKind.LOCAL_IO.error("The demo cannot write its files: " + e, e);
        }
    }

    private static void unpack(Path directory, String url) throws IOException {
        for (String name : FILES) {
            Path target = directory.resolve(name);
            Files.createDirectories(target.getParent());
            try (InputStream in = DemoCommand.class.getResourceAsStream("demo/" + name)) {
                String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                Files.writeString(target, text.replace("http://127.0.0.1:8080", url));
            }
        }
    }

    /** @return whether every act ended as it should */
    private boolean run(Path directory) {
        ObjectNode acts = Json.object();
        boolean good = act(acts, directory, "1. A good model goes to production.", 0, "deliver", "good.yaml");
        boolean worse =
                act(acts, directory, "2. A worse candidate: the gate rejects its metrics.", 1, "deliver", "worse.yaml");
        boolean broken = act(
                acts,
                directory,
                "3. A broken candidate: good metrics, damaged file. The smoke test fails; version 1 stays live.",
                1,
                "deliver",
                "broken.yaml");
        boolean shown = act(
                acts,
                directory,
                "4. The record shows which version went to production, who approved it, and its metrics.",
                0,
                "record",
                "show",
                "tumour");
        boolean intact = act(acts, directory, "", 0, "record", "verify", "tumour");
        boolean all = good && worse && broken && shown && intact;
        acts.put("asExpected", all);
        if (output().json()) {
            output().print(acts, out());
        }
        return all;
    }

    private boolean act(ObjectNode acts, Path directory, String title, int expected, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        if (arguments[0].equals("deliver")) {
            all.set(1, directory.resolve(arguments[1]).toString());
        }
        all.addAll(List.of("--config", directory.resolve("model-delivery.yaml").toString()));
        if (output().json()) {
            all.addAll(List.of("--format", "json"));
        } else {
            out().print(title.isEmpty() ? "" : "\n" + title + "\n");
            out().println("$ model-delivery " + String.join(" ", arguments));
            out().flush();
        }
        StringWriter captured = new StringWriter();
        PrintWriter to = output().json() ? new PrintWriter(captured) : out();
        PrintWriter progress = output().json() ? new PrintWriter(new StringWriter()) : out();
        int status = ModelDelivery.commandLine(to, progress).execute(all.toArray(String[]::new));
        if (output().json()) {
            acts.set(
                    String.join(" ", arguments),
                    Json.read(captured.toString().getBytes(StandardCharsets.UTF_8), ErrorKind.SERVER, "The output"));
        }
        if (status != expected) {
            out().println("The exit status is " + status + ", expected was " + expected + ".");
        }
        return status == expected;
    }
}
