package io.jenkins.plugins.modeldelivery.engine.serving.directory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.serving.CallLimits;
import io.jenkins.plugins.modeldelivery.engine.serving.Readiness;
import io.jenkins.plugins.modeldelivery.engine.serving.SmokeTest;
import io.jenkins.plugins.modeldelivery.engine.serving.SmokeTest.SmokeTestResult;
import io.jenkins.plugins.modeldelivery.engine.serving.SmokeTestEvaluator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Reads a directory as MLServer does, and answers with the text of the model; a model of the text "broken" kills it. */
final class FakeModelServer implements ModelServer {
    private record Loaded(String number, String text) {}

    private final Path root;
    private final Map<String, Loaded> models = new ConcurrentHashMap<>();
    private volatile boolean running = true;
    /** What happens when it is asked to load, before it does. */
    volatile Consumer<CallLimits> loading = limits -> {};

    FakeModelServer(Path root) {
        this.root = root;
    }

    boolean running() {
        return running;
    }

    /** As a supervisor starts it: it reads all models that it finds, and exits if it cannot load one. */
    void start() throws IOException {
        models.clear();
        running = true;
        List<Path> found;
        try (Stream<Path> walk = Files.walk(root)) {
            found = walk.filter(p -> p.endsWith("model-settings.json")).toList();
        }
        for (Path settings : found) {
            try {
                load(settings.getParent().getFileName().toString());
            } catch (DeliveryException e) {
                kill();
                return;
            }
        }
    }

    void kill() {
        models.clear();
        running = false;
    }

    private void ask() {
        if (!running) {
            throw ErrorKind.UNREACHABLE.error("Cannot reach the server: no connection.");
        }
    }

    private Readiness load(String name) throws IOException {
        Path home = root.resolve(name);
        JsonNode settings =
                Json.read(Files.readAllBytes(home.resolve("model-settings.json")), ErrorKind.CORRUPT, "settings");
        Path files = home.resolve(settings.path("parameters").path("uri").asText());
        String text = Files.readString(files.resolve("model.txt"));
        if (text.equals("deadly")) {
            kill();
            throw ErrorKind.UNREACHABLE.error("The connection was lost.");
        }
        if (text.equals("broken")) {
            return Readiness.failed("the server answered 500 \"cannot load\"");
        }
        models.put(name, new Loaded(settings.path("versions").path(0).asText(), text));
        return Readiness.ready();
    }

    @Override
    public String kind() {
        return "fake";
    }

    @Override
    public String describe(CallLimits limits) {
        ask();
        return "fake 1";
    }

    @Override
    public String location() {
        return "http://fake";
    }

    @Override
    public boolean answers() {
        return true;
    }

    @Override
    public boolean loadsWhenAsked() {
        return true;
    }

    @Override
    public void check(CallLimits limits) {
        ask();
    }

    @Override
    public boolean has(String name, CallLimits limits) {
        ask();
        return models.containsKey(name);
    }

    @Override
    public Readiness load(String name, CallLimits limits) {
        ask();
        try {
            loading.accept(limits);
            return load(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void unload(String name, CallLimits limits) {
        ask();
        models.remove(name);
    }

    @Override
    public Readiness ready(String name, String number, CallLimits limits) {
        ask();
        Loaded loaded = models.get(name);
        if (loaded == null) {
            return Readiness.absent("the server answered 404");
        }
        return loaded.number().equals(number)
                ? Readiness.ready()
                : Readiness.loading("the server has version " + loaded.number());
    }

    @Override
    public SmokeTestResult smoke(String name, SmokeTest test, CallLimits limits) {
        ask();
        Loaded loaded = models.get(name);
        if (loaded == null) {
            return new SmokeTestResult(false, "the server answered 404", 1);
        }
        ObjectNode answer = Json.object();
        ObjectNode output = answer.putArray("outputs").addObject().put("name", "text");
        output.put("datatype", "BYTES").putArray("shape").add(1);
        output.putArray("data").add(loaded.text());
        return SmokeTestEvaluator.judge(test, answer, 1);
    }

    @Override
    public void close() {}
}
