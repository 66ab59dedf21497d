package io.jenkins.plugins.modeldelivery.engine.export;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.csv.CsvGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.jenkins.plugins.modeldelivery.engine.history.EventDetails;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.record.Event;
import io.jenkins.plugins.modeldelivery.engine.record.EventType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The numbers of all versions as a sheet, as RFC 4180 says: a row for each metric of a registration, and for each check of a
 * gate. Needs no more memory than one event.
 */
public final class CsvExport {
    /** Events that have rows. */
    public static final Set<EventType> TYPES = Set.of(EventType.REGISTERED, EventType.GATED);

    private static final List<String> COLUMNS = List.of(
            "time",
            "event",
            "version",
            "gate",
            "check",
            "metric",
            "slice",
            "value",
            "baseline",
            "bound",
            "margin",
            "n",
            "verdict",
            "reason",
            "actor",
            "build");

    private final SequenceWriter rows;

    private CsvExport(SequenceWriter rows) {
        this.rows = rows;
    }

    /**
     * Does not close the writer.
     *
     * @param events gives them to its argument, oldest first
     */
    public static void write(Consumer<Consumer<Event>> events, Writer out) throws IOException {
        CsvMapper mapper = CsvMapper.builder()
                .enable(CsvGenerator.Feature.STRICT_CHECK_FOR_QUOTING)
                .build();
        mapper.getFactory().disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        CsvSchema.Builder schema = CsvSchema.builder().setLineSeparator("\r\n");
        COLUMNS.forEach(schema::addColumn);
        try (SequenceWriter rows = mapper.writer(schema.build()).writeValues(out)) {
            rows.write(COLUMNS.toArray(String[]::new));
            events.accept(new CsvExport(rows)::event);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        out.flush();
    }

    private void event(Event event) {
        JsonNode details = event.draft().details();
        if (event.draft().type() == EventType.REGISTERED) {
            details.path("metrics").properties().forEach(metric -> {
                MetricKey key = MetricKey.of(metric.getKey());
                ObjectNode check = Json.object().put("metric", key.name()).put("slice", key.slice());
                row(event, check.set("value", metric.getValue()));
            });
        } else if (event.draft().type() == EventType.GATED) {
            details.path("checks").forEach(check -> row(event, check));
        }
    }

    /** @param check as a report has it; of a metric that was registered, only what is known of it */
    private void row(Event event, JsonNode check) {
        String[] cells = {
            event.time().toString(),
            event.draft().type().text(),
            text(event.draft().version().orElse("")),
            text(event.draft().details().path("gate").asText()),
            text(check.path("check").asText()),
            text(check.path("metric").asText()),
            text(check.path("slice").asText()),
            EventDetails.numberText(check.path("value")),
            EventDetails.numberText(check.path("baseline")),
            EventDetails.numberText(check.path("bound")),
            EventDetails.numberText(check.path("margin")),
            EventDetails.numberText(check.path("n")),
            text(check.path("verdict").asText()),
            text(check.path("reason").asText()),
            text(event.draft().actor()),
            text(event.draft().build().orElse(""))
        };
        try {
            rows.write(cells);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Spreadsheets take text that begins like this for a formula, and run it. */
    private static String text(String text) {
        boolean formula = !text.isEmpty() && "=+-@\t\r\n".indexOf(text.charAt(0)) >= 0;
        return formula ? "'" + text : text;
    }
}
