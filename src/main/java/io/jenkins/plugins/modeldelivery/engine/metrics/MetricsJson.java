package io.jenkins.plugins.modeldelivery.engine.metrics;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.model.TextSanitizer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Metrics as JSON, read token by token so that every error has its place. */
final class MetricsJson {
    private static final int DEPTH = 50;
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final String fileName;
    private final byte[] bytes;
    private final MetricsCollector metrics;

    MetricsJson(String fileName, byte[] bytes) {
        this.fileName = fileName;
        this.bytes = bytes;
        this.metrics = new MetricsCollector(fileName);
    }

    Metrics read() throws IOException {
        try (JsonParser parser = FACTORY.createParser(bytes)) {
            read(parser);
        }
        return metrics.metrics();
    }

    private void read(JsonParser parser) throws IOException {
        try {
            JsonToken first = parser.nextToken();
            if (first == JsonToken.START_OBJECT) {
                object(parser, "");
            } else if (first == JsonToken.START_ARRAY) {
                list(parser);
            } else {
                throw MetricsFile.error(
                        fileName, parser.currentTokenLocation(), "expected an object or a list of metrics.");
            }
            if (parser.nextToken() != null) {
                throw MetricsFile.error(fileName, parser.currentTokenLocation(), "there is more after the metrics.");
            }
        } catch (StreamConstraintsException e) {
            // It knows no place itself.
            throw MetricsFile.error(fileName, parser.currentLocation(), Json.reason(e));
        }
    }

    private void object(JsonParser parser, String prefix) throws IOException {
        if (parser.getParsingContext().getNestingDepth() > DEPTH) {
            throw MetricsFile.error(
                    fileName, parser.currentTokenLocation(), "metrics are nested more than " + DEPTH + " deep.");
        }
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = prefix + parser.currentName();
            JsonToken token = parser.nextToken();
            if (token == JsonToken.START_OBJECT) {
                object(parser, name + ".");
            } else {
                double value = number(parser, "the metric " + name);
                if (name.isEmpty()) {
                    throw MetricsFile.error(fileName, parser.currentTokenLocation(), "a metric has no name.");
                }
                metrics.add(Metric.of(name, value), parser.currentTokenLocation());
            }
        }
    }

    private double number(JsonParser parser, String what) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_STRING) {
            switch (parser.getText()) {
                case "NaN":
                    return Double.NaN;
                case "Infinity":
                    return Double.POSITIVE_INFINITY;
                case "-Infinity":
                    return Double.NEGATIVE_INFINITY;
                default:
                    break;
            }
        }
        if (token == null || !token.isNumeric()) {
            throw MetricsFile.error(
                    fileName,
                    parser.currentTokenLocation(),
                    what + " is " + TextSanitizer.brief(String.valueOf(parser.getText()), 40) + ", not a number.");
        }
        return parser.getDoubleValue();
    }

    private void list(JsonParser parser) throws IOException {
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            if (token != JsonToken.START_OBJECT) {
                throw MetricsFile.error(
                        fileName, parser.currentTokenLocation(), "expected an object as {\"name\": …, \"value\": …}.");
            }
            JsonLocation start = parser.currentTokenLocation();
            metrics.add(item(parser, start), start);
        }
    }

    private Metric item(JsonParser parser, JsonLocation start) throws IOException {
        String name = null;
        Double value = null;
        OptionalLong n = OptionalLong.empty();
        OptionalDouble stderr = OptionalDouble.empty();
        List<Double> values = List.of();
        Optional<String> dataset = Optional.empty();
        TreeMap<String, String> slice = new TreeMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            parser.nextToken();
            switch (key) {
                case "name" -> name = text(parser, "name");
                case "value" -> value = number(parser, "value");
                case "n" -> n = OptionalLong.of(count(parser));
                case "stderr" -> stderr = OptionalDouble.of(notNegative(parser));
                case "values" -> values = numbers(parser);
                case "dataset" -> dataset = Optional.of(text(parser, "dataset"));
                case "slice" -> slice = slice(parser);
                default ->
                    throw MetricsFile.error(
                            fileName,
                            parser.currentTokenLocation(),
                            "a metric has no key \"" + TextSanitizer.brief(key, 40)
                                    + "\"; there are name, value, n, stderr, values, dataset and slice.");
            }
        }
        if (name == null || name.isEmpty()) {
            throw MetricsFile.error(fileName, start, "a metric needs a name.");
        }
        if (value == null) {
            value = mean(values, start, name);
        }
        return new Metric(name, Slice.of(slice), value, n, stderr, values, dataset);
    }

    private double mean(List<Double> values, JsonLocation start, String name) {
        if (values.isEmpty()) {
            throw MetricsFile.error(fileName, start, "the metric " + name + " needs a value.");
        }
        return values.stream().allMatch(Double::isFinite) ? Metric.mean(values).doubleValue() : Double.NaN;
    }

    private String text(JsonParser parser, String key) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw MetricsFile.error(fileName, parser.currentTokenLocation(), key + " is not a text.");
        }
        return parser.getText();
    }

    private long count(JsonParser parser) throws IOException {
        double number = number(parser, "n");
        if (number < 0 || number > (1L << 53) || number != Math.rint(number)) {
            throw MetricsFile.error(fileName, parser.currentTokenLocation(), "n is not a whole number of examples.");
        }
        return (long) number;
    }

    private double notNegative(JsonParser parser) throws IOException {
        double number = number(parser, "stderr");
        if (!(number >= 0)) {
            throw MetricsFile.error(fileName, parser.currentTokenLocation(), "a standard error is at least 0.");
        }
        return number;
    }

    private List<Double> numbers(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw MetricsFile.error(fileName, parser.currentTokenLocation(), "values is not a list of numbers.");
        }
        List<Double> numbers = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            numbers.add(number(parser, "one of values"));
        }
        return numbers;
    }

    private TreeMap<String, String> slice(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw MetricsFile.error(fileName, parser.currentTokenLocation(), "slice is not an object of texts.");
        }
        TreeMap<String, String> keys = new TreeMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            if (!parser.nextToken().isScalarValue()) {
                throw MetricsFile.error(fileName, parser.currentTokenLocation(), "a slice's value is one text.");
            }
            keys.put(key, parser.getText());
        }
        return keys;
    }
}
