package io.jenkins.plugins.modeldelivery.engine.metrics;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import io.jenkins.plugins.modeldelivery.engine.model.TextSanitizer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Metrics as CSV: a header with metric and value, optionally n, stderr and dataset; every further column is a slice key. */
final class MetricsCsv extends MetricsFile {
    private static final CsvFactory FACTORY = CsvFactory.builder()
            .enable(CsvParser.Feature.WRAP_AS_ARRAY)
            .enable(CsvParser.Feature.TRIM_SPACES)
            .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** In characters; as in JSON. */
    private static final int LONGEST_NUMBER = 1000;

    private static final Pattern NUMBER = Pattern.compile("[+-]?([0-9]++(\\.[0-9]*+)?|\\.[0-9]++)([eE][+-]?[0-9]++)?");

    MetricsCsv(String fileName, JsonParser parser) {
        super(fileName, parser);
    }

    static JsonParser parser(byte[] bytes) throws IOException {
        String text = new String(bytes, StandardCharsets.UTF_8);
        return FACTORY.createParser(text.startsWith("\uFEFF") ? text.substring(1) : text);
    }

    @Override
    void read() throws IOException {
        parser.nextToken();
        List<String> header = row();
        check(header);
        for (List<String> row = row(); row != null; row = row()) {
            add(metric(header, row), parser.currentTokenLocation());
        }
    }

    /** The next row; null after the last. */
    private List<String> row() throws IOException {
        if (parser.nextToken() != JsonToken.START_ARRAY) {
            return null;
        }
        List<String> cells = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            cells.add(parser.getText());
        }
        return cells;
    }

    private void check(List<String> header) {
        if (header == null || !header.contains("metric") || !header.contains("value")) {
            throw error("the first line names the columns, metric and value among them.");
        }
        if (new HashSet<>(header).size() != header.size()) {
            throw error("a column is named twice.");
        }
    }

    private Metric metric(List<String> header, List<String> row) {
        if (row.size() != header.size()) {
            throw error("there are " + row.size() + " columns, the first line has " + header.size() + ".");
        }
        TreeMap<String, String> slice = new TreeMap<>();
        String name = "";
        double value = 0;
        OptionalLong n = OptionalLong.empty();
        OptionalDouble stderr = OptionalDouble.empty();
        Optional<String> dataset = Optional.empty();
        for (int i = 0; i < header.size(); i++) {
            String cell = row.get(i);
            switch (header.get(i)) {
                case "metric" -> name = cell;
                case "value" -> value = number(cell, "value");
                case "n" -> n = cell.isEmpty() ? n : OptionalLong.of(count(number(cell, "n")));
                case "stderr" ->
                    stderr = cell.isEmpty() ? stderr : OptionalDouble.of(standardError(number(cell, "stderr")));
                case "dataset" -> dataset = cell.isEmpty() ? dataset : Optional.of(cell);
                default -> {
                    if (!cell.isEmpty()) {
                        slice.put(header.get(i), cell);
                    }
                }
            }
        }
        if (name.isEmpty()) {
            throw error("a metric needs a name.");
        }
        return new Metric(name, Slice.of(slice), value, n, stderr, List.of(), dataset);
    }

    /** Decimal numbers, and what Python's csv and pandas write for the others. */
    private double number(String cell, String column) {
        switch (cell.toLowerCase(Locale.ROOT)) {
            case "nan":
                return Double.NaN;
            case "inf", "infinity":
                return Double.POSITIVE_INFINITY;
            case "-inf", "-infinity":
                return Double.NEGATIVE_INFINITY;
            default:
                break;
        }
        if (cell.length() > LONGEST_NUMBER || !NUMBER.matcher(cell).matches()) {
            throw error(column + " is " + TextSanitizer.brief(cell, 40) + ", not a number.");
        }
        return Double.parseDouble(cell);
    }
}
