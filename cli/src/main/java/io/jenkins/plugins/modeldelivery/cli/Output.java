package io.jenkins.plugins.modeldelivery.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.modeldelivery.engine.model.Json;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** The option for the form of the output, and printing in it. */
final class Output {
    enum Format {
        TEXT,
        JSON
    }

    @Option(
            names = "--format",
            paramLabel = "text|json",
            defaultValue = "text",
            description = "Form of the output; json goes to standard output alone, progress to standard error.")
    private Format format = Format.TEXT;

    boolean json() {
        return format == Format.JSON;
    }

    boolean colour() {
        return CommandLine.Help.Ansi.AUTO.enabled();
    }

    void print(JsonNode json, PrintWriter out) {
        out.println(Json.pretty(json));
        out.flush();
    }
}
