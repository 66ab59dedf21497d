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
final class MetricsJson extends MetricsFile {
    private static final int DEPTH = 50;
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    MetricsJson(String fileName, JsonParser parser) {
        super(fileName, parser);
    }

    static JsonParser parser(byte[] bytes) throws IOException {
        return FACTORY.createParser(bytes);
    }

    @Override
    void read() throws IOException {
        try {
            JsonToken first = parser.nextToken();
            if (first == JsonToken.START_OBJECT) {
                object("");
            } else if (first == JsonToken.START_ARRAY) {
                list();
            } else {
                throw error("expected an object or a list of metrics.");
            }
            if (parser.nextToken() != null) {
                throw error("there is more after the metrics.");
            }
        } catch (StreamConstraintsException e) {
            // It knows no place itself.
            throw error(parser.currentLocation(), Json.reason(e));
        }
    }

    private void object(String prefix) throws IOException {
        if (parser.getParsingContext().getNestingDepth() > DEPTH) {
            throw error("metrics are nested more than " + DEPTH + " deep.");
        }
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = prefix + parser.currentName();
            JsonToken token = parser.nextToken();
            if (token == JsonToken.START_OBJECT) {
                object(name + ".");
            } else {
                double value = number("the metric " + name);
                if (name.isEmpty()) {
                    throw error("a metric has no name.");
                }
                add(Metric.of(name, value), parser.currentTokenLocation());
            }
        }
    }

    private double number(String what) throws IOException {
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
            throw error(what + " is " + TextSanitizer.brief(String.valueOf(parser.getText()), 40) + ", not a number.");
        }
        return parser.getDoubleValue();
    }

    private void list() throws IOException {
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            if (token != JsonToken.START_OBJECT) {
                throw error("expected an object as {\"name\": …, \"value\": …}.");
            }
            JsonLocation start = parser.currentTokenLocation();
            add(item(start), start);
        }
    }

    private Metric item(JsonLocation start) throws IOException {
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
                case "name" -> name = text("name");
                case "value" -> value = number("value");
                case "n" -> n = OptionalLong.of(count(number("n")));
                case "stderr" -> stderr = OptionalDouble.of(standardError(number("stderr")));
                case "values" -> values = numbers();
                case "dataset" -> dataset = Optional.of(text("dataset"));
                case "slice" -> slice = slice();
                default ->
                    throw error("a metric has no key \"" + TextSanitizer.brief(key, 40)
                            + "\"; there are name, value, n, stderr, values, dataset and slice.");
            }
        }
        if (name == null || name.isEmpty()) {
            throw error(start, "a metric needs a name.");
        }
        if (value == null) {
            value = mean(values, start, name);
        }
        return new Metric(name, Slice.of(slice), value, n, stderr, values, dataset);
    }

    private double mean(List<Double> values, JsonLocation start, String name) {
        if (values.isEmpty()) {
            throw error(start, "the metric " + name + " needs a value.");
        }
        return values.stream().allMatch(Double::isFinite) ? Metric.mean(values).doubleValue() : Double.NaN;
    }

    private String text(String key) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw error(key + " is not a text.");
        }
        return parser.getText();
    }

    private List<Double> numbers() throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw error("values is not a list of numbers.");
        }
        List<Double> numbers = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            numbers.add(number("one of values"));
        }
        return numbers;
    }

    private TreeMap<String, String> slice() throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw error("slice is not an object of texts.");
        }
        TreeMap<String, String> keys = new TreeMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            if (!parser.nextToken().isScalarValue()) {
                throw error("a slice's value is one text.");
            }
            keys.put(key, parser.getText());
        }
        return keys;
    }
}
