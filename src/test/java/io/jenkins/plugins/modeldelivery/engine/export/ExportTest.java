package io.jenkins.plugins.modeldelivery.engine.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import io.jenkins.plugins.modeldelivery.engine.history.Written;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.record.Event;
import io.jenkins.plugins.modeldelivery.engine.record.EventQuery;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportTest {
    @TempDir
    Path directory;

    private Written record;

    @BeforeEach
    void begin() {
        record = new Written(directory);
    }

    private Consumer<Consumer<Event>> events() {
        return sink -> record.read().each(EventQuery.of(job -> true), sink);
    }

    private String json(boolean chain) throws IOException {
        StringWriter out = new StringWriter();
        JsonExport.write(events(), chain, out);
        return out.toString();
    }

    private List<String[]> csv() throws IOException {
        StringWriter out = new StringWriter();
        CsvExport.write(events(), out);
        assertThat(out.toString()).endsWith("\r\n");
        return new CsvMapper()
                .readerFor(String[].class)
                .with(CsvParser.Feature.WRAP_AS_ARRAY)
                .<String[]>readValues(out.toString())
                .readAll();
    }

    @Test
    void jsonIsOneListWithOneEventALine() throws IOException {
        record.registered("1", "{}").gated("1", "PASSED", "[]");
        String text = json(true);
        assertThat(text.lines()).hasSize(4);
        JsonNode list = Json.read(text.getBytes(StandardCharsets.UTF_8), ErrorKind.INVALID_INPUT, "The export");
        assertThat(list).hasSize(2);
        assertThat(list.at("/1/type").asText()).isEqualTo("gated");
        assertThat(list.at("/1/sequence").asLong()).isEqualTo(2);
        assertThat(list.at("/1/previous")).isEqualTo(list.at("/0/hash"));
    }

    @Test
    void withoutTheChainNothingTellsHowManyEventsThereAre() throws IOException {
        record.by("secret").registered("1", "{}");
        record.registered("2", "{}");
        assertThat(json(false)).contains("\"version\":\"2\"").doesNotContain("sequence", "previous", "\"hash\"");
    }

    @Test
    void noEventsAreAnEmptyList() throws IOException {
        StringWriter out = new StringWriter();
        JsonExport.write(sink -> {}, true, out);
        assertThat(Json.read(out.toString().getBytes(StandardCharsets.UTF_8), ErrorKind.INVALID_INPUT, "It"))
                .isEmpty();
    }

    @Test
    void theSheetHasARowForEachMetricAndEachCheck() throws IOException {
        record.registered("1", "{\"auc\": 0.9, \"recall{c=DE, FR}\": -1e-9}")
                .gated(
                        "1",
                        "FAILED",
                        "[{\"check\": \"auc >= 0.95\", \"metric\": \"auc\", \"value\": 0.9, \"bound\": 0.95,"
                                + "\"margin\": -0.05, \"verdict\": \"FAILED\", \"reason\": \"0.9 is \\\"low\\\"\"}]");
        List<String[]> rows = csv();
        assertThat(rows).hasSize(4);
        assertThat(rows.get(0)).startsWith("time", "event", "version", "gate", "check", "metric", "slice", "value");
        assertThat(rows.get(1)).containsSequence("registered", "1", "", "", "auc", "", "0.9");
        assertThat(rows.get(2)).containsSequence("recall", "{c=DE, FR}", "-1.0E-9");
        assertThat(rows.get(3))
                .containsSequence("tabular", "auc >= 0.95", "auc", "", "0.9", "", "0.95", "-0.05", "", "FAILED")
                .contains("0.9 is \"low\"");
    }

    @Test
    void textThatASpreadsheetWouldRunIsMarkedAsTextAndNumbersAreNot() throws IOException {
        record.registered("=cmd()", "{\"@auc\": -0.5, \"+x\": 1, \"-y\": 2, \"\\tz\": 3}");
        List<String[]> rows = csv();
        assertThat(rows.stream().skip(1)).allSatisfy(row -> assertThat(row[2]).isEqualTo("'=cmd()"));
        assertThat(rows.stream().skip(1).map(row -> row[5])).containsExactly("'@auc", "'+x", "'-y", "'\tz");
        assertThat(rows.get(1)[7]).isEqualTo("-0.5");
    }
}
