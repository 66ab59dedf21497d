package io.jenkins.plugins.modeldelivery.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** The option for the form of the output, and printing in it. */
public final class Output {
    private static final String OPTION = "--format";

    enum Format {
        TEXT,
        JSON
    }

    @Option(
            names = OPTION,
            paramLabel = "text|json",
            defaultValue = "text",
            description = "Form of the output; json goes to standard output alone, progress to standard error.")
    private Format format = Format.TEXT;

    /** The arguments without this option, which changes nothing of what is done. */
    public static List<String> without(List<String> arguments) {
        List<String> others = new ArrayList<>(arguments);
        int at = others.indexOf(OPTION);
        if (at >= 0) {
            others.subList(at, Math.min(at + 2, others.size())).clear();
        }
        others.removeIf(argument -> argument.startsWith(OPTION + "="));
        return others;
    }

    public boolean json() {
        return format == Format.JSON;
    }

    public boolean colour() {
        return CommandLine.Help.Ansi.AUTO.enabled();
    }

    public void print(JsonNode json, PrintWriter out) {
        out.println(Json.pretty(json));
        out.flush();
    }
}
