package io.jenkins.plugins.modeldelivery.engine.model;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;

/** Reads metrics files: JSON (flat, nested, or a list of objects) and CSV. At most 10 MiB. */
public final class MetricsFile {
    /** Largest file, in bytes. */
    public static final int MAX_BYTES = 10 * 1024 * 1024;

    private MetricsFile() {}

    /** @throws DeliveryException INVALID_INPUT with line and column; LOCAL_IO if the file cannot be read */
    public static Metrics read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return parse(file.toString(), in);
        } catch (NoSuchFileException e) {
            throw new DeliveryException(Problem.INVALID_INPUT, "There is no metrics file " + file + ".", e);
        } catch (IOException e) {
            throw new DeliveryException(Problem.LOCAL_IO, "Cannot read the metrics file " + file + ": " + e, e);
        }
    }

    /** @param fileName a name that ends in .csv means CSV, any other JSON */
    public static Metrics parse(String fileName, InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(MAX_BYTES + 1);
        if (bytes.length > MAX_BYTES) {
            throw new DeliveryException(
                    Problem.INVALID_INPUT,
                    "The metrics file " + fileName + " is larger than 10 MiB. Keep only the metrics.");
        }
        boolean csv = fileName.toLowerCase(Locale.ROOT).endsWith(".csv");
        try {
            return csv ? new MetricsCsv(fileName, bytes).read() : new MetricsJson(fileName, bytes).read();
        } catch (JsonProcessingException e) {
            throw error(fileName, e.getLocation(), Texts.brief(e.getOriginalMessage(), 200));
        } catch (IOException e) {
            // The bytes are in memory; they are in no encoding that JSON may have.
            throw error(fileName, null, Texts.brief(e.getMessage(), 200));
        }
    }

    static DeliveryException error(String fileName, JsonLocation at, String what) {
        String place = at == null ? "" : ", line " + at.getLineNr() + ", column " + at.getColumnNr();
        return new DeliveryException(Problem.INVALID_INPUT, "The metrics file " + fileName + place + ": " + what);
    }
}
