package io.jenkins.plugins.modeldelivery.engine.metrics;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.TextSanitizer;
import java.io.IOException;
import java.util.Locale;

/** Reads metrics files: JSON (flat, nested, or a list of objects) and CSV. At most 10 MiB. */
public final class MetricsFile {
    /** Largest file, in bytes. */
    public static final int MAX_BYTES = 10 * 1024 * 1024;

    private MetricsFile() {}

    /**
     * @param fileName for messages; one that ends in .csv means CSV, any other JSON
     * @throws DeliveryException INVALID_INPUT with line and column
     */
    public static Metrics parse(String fileName, byte[] bytes) {
        if (bytes.length > MAX_BYTES) {
            throw new DeliveryException(
                    ErrorKind.INVALID_INPUT,
                    "The metrics file " + fileName + " is larger than 10 MiB. Keep only the metrics.");
        }
        boolean csv = fileName.toLowerCase(Locale.ROOT).endsWith(".csv");
        try {
            return csv ? new MetricsCsv(fileName, bytes).read() : new MetricsJson(fileName, bytes).read();
        } catch (JsonProcessingException e) {
            throw error(fileName, e.getLocation(), Json.reason(e));
        } catch (IOException e) {
            // The bytes are in memory; they are in no encoding that JSON may have.
            throw error(fileName, null, TextSanitizer.brief(e.getMessage(), 200));
        }
    }

    static DeliveryException error(String fileName, JsonLocation at, String what) {
        String place = at == null ? "" : ", line " + at.getLineNr() + ", column " + at.getColumnNr();
        return new DeliveryException(ErrorKind.INVALID_INPUT, "The metrics file " + fileName + place + ": " + what);
    }
}
