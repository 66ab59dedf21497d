package io.jenkins.plugins.modeldelivery.engine.live;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A script of {@code src/test/python} that prints JSON. */
public final class PythonScript {
    private PythonScript() {}

    /** @param environment beside our own, e.g. credentials */
    public static JsonNode run(Map<String, String> environment, String script, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                LiveServer.python(),
                Path.of(System.getProperty("project.root"), "src/test/python", script)
                        .toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment);
        Process process = builder.start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0 || text.indexOf('{') < 0) {
            throw new IOException(script + " failed, see the error output. It printed: " + text);
        }
        // MLflow prints links to runs before.
        byte[] json = text.substring(text.startsWith("{") ? 0 : text.indexOf("\n{") + 1)
                .getBytes(StandardCharsets.UTF_8);
        return Json.read(json, ErrorKind.SERVER, script);
    }
}
