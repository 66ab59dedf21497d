package io.jenkins.plugins.modeldelivery.engine.metrics;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.TextSanitizer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads metrics files: JSON (flat, nested, or a list of objects) and CSV. At most 10 MiB. One object reads one file. */
public abstract sealed class MetricsFile permits MetricsCsv, MetricsJson {
    public static final int MAX_BYTES = 10 * 1024 * 1024;

    final JsonParser parser;
    private final String fileName;
    private final List<Metric> metrics = new ArrayList<>();
    private final Map<Metric.Key, JsonLocation> places = new HashMap<>();

    MetricsFile(String fileName, JsonParser parser) {
        this.fileName = fileName;
        this.parser = parser;
    }

    /**
     * @param fileName for messages; one that ends in .csv means CSV, any other JSON
     * @throws DeliveryException INVALID_INPUT with line and column
     */
    public static Metrics parse(String fileName, byte[] bytes) {
        if (bytes.length > MAX_BYTES) {
            throw ErrorKind.INVALID_INPUT.error(
                    "The metrics file " + fileName + " is larger than 10 MiB. Keep only the metrics.");
        }
        boolean csv = fileName.toLowerCase(Locale.ROOT).endsWith(".csv");
        try (JsonParser parser = csv ? MetricsCsv.parser(bytes) : MetricsJson.parser(bytes)) {
            MetricsFile file = csv ? new MetricsCsv(fileName, parser) : new MetricsJson(fileName, parser);
            file.read();
            return Metrics.of(file.metrics);
        } catch (JsonProcessingException e) {
            throw error(fileName, e.getLocation(), Json.reason(e));
        } catch (IOException e) {
            // The bytes are in memory; they are in no encoding that JSON may have.
            throw error(fileName, null, TextSanitizer.brief(e.getMessage(), 200));
        }
    }

    /** Adds all metrics of the file. */
    abstract void read() throws IOException;

    /** The second of two metrics with the same name and slice is refused at its place. */
    void add(Metric metric, JsonLocation at) {
        JsonLocation first = places.putIfAbsent(metric.key(), at);
        if (first != null) {
            throw error(
                    at,
                    "the metric " + TextSanitizer.brief(metric.key().toString(), 120)
                            + " is given twice, first in line " + first.getLineNr() + ".");
        }
        metrics.add(metric);
    }

    long count(double number) {
        if (number < 0 || number > (1L << 53) || number != Math.rint(number)) {
            throw error("n is not a whole number of examples.");
        }
        return (long) number;
    }

    double standardError(double number) {
        if (!(number >= 0)) {
            throw error("a standard error is at least 0.");
        }
        return number;
    }

    /** At the present token. */
    DeliveryException error(String what) {
        return error(parser.currentTokenLocation(), what);
    }

    DeliveryException error(JsonLocation at, String what) {
        return error(fileName, at, what);
    }

    private static DeliveryException error(String fileName, JsonLocation at, String what) {
        String place = at == null ? "" : ", line " + at.getLineNr() + ", column " + at.getColumnNr();
        return ErrorKind.INVALID_INPUT.error("The metrics file " + fileName + place + ": " + what);
    }
}
