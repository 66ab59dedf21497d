package io.jenkins.plugins.modeldelivery.engine.export;

import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.record.Event;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.function.Consumer;

/** Events as one JSON list, one event a line. Needs no more memory than one event. */
public final class JsonExport {
    private final Writer out;
    private final boolean chain;
    private boolean first = true;

    private JsonExport(Writer out, boolean chain) {
        this.out = out;
        this.chain = chain;
    }

    /**
     * Does not close the writer.
     *
     * @param events gives them to its argument, oldest first
     * @param chain whether each event's place in the chain is told: only to who may see all of them
     */
    public static void write(Consumer<Consumer<Event>> events, boolean chain, Writer out) throws IOException {
        JsonExport export = new JsonExport(out, chain);
        out.write("[");
        try {
            events.accept(export::event);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        out.write("\n]\n");
        out.flush();
    }

    private void event(Event event) {
        try {
            out.write(first ? "\n" : ",\n");
            out.write(Json.text(chain ? event.toJson() : event.toJsonAlone()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        first = false;
    }
}
