package io.jenkins.plugins.modeldelivery.engine.export;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.record.Event;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** Events as one JSON list, one event a line. Needs no more memory than one event. */
public final class JsonExport {
    private JsonExport() {}

    /**
     * Does not close the writer.
     *
     * @param events gives them to its argument, oldest first
     * @param chain whether each event's place in the chain is told: only to who may see all of them
     */
    public static void write(Consumer<Consumer<Event>> events, boolean chain, Writer out) throws IOException {
        out.write("[");
        AtomicReference<String> before = new AtomicReference<>("\n");
        try {
            events.accept(event -> {
                ObjectNode json = chain ? event.toJson() : event.toJsonAlone();
                write(before.getAndSet(",\n") + Json.text(json), out);
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        out.write("\n]\n");
        out.flush();
    }

    private static void write(String text, Writer out) {
        try {
            out.write(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
