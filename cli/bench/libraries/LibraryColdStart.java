package io.jenkins.plugins.modeldelivery.engine.gate;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.jenkins.plugins.modeldelivery.engine.document.DocumentSchema;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.distribution.TDistribution;

/** The first use of our own code or of a library in a fresh JVM: what was found, and then the milliseconds it took. */
public final class LibraryColdStart {
    /** With a misspelt key, wrong types, a misspelt word, a missing key, an empty text and a number out of range. */
    private static final String DELIVERY = "{\"register\": {\"name\": \"churn\", \"path\": \"model\", \"metrcs\": \"m.json\"},"
            + " \"gate\": {\"checks\": \"auc >= 0.8\", \"onMissingBaseline\": \"pas\"}, \"promote\": {},"
            + " \"deploy\": {\"endpoint\": \"\", \"rollback\": \"yes\","
            + " \"smokeTest\": {\"request\": \"r.json\", \"absoluteTolerance\": -1}}}";

    public static void main(String[] arguments) throws IOException {
        JsonNode document =
                Json.read(DELIVERY.getBytes(StandardCharsets.UTF_8), ErrorKind.INVALID_INPUT, "The delivery");
        long start = System.nanoTime();
        List<?> found = switch (arguments[0]) {
            case "schema-own" -> DocumentSchema.delivery().faults(document);
            case "schema-library" -> validate(document);
            case "quantiles-own" -> List.of(ConfidenceLimits.z(0.95), ConfidenceLimits.t(0.95, 9));
            case "quantiles-library" ->
                List.of(
                        new NormalDistribution(null, 0, 1).inverseCumulativeProbability(0.95),
                        new TDistribution(null, 9).inverseCumulativeProbability(0.95));
            default -> throw new IllegalArgumentException(arguments[0]);
        };
        long end = System.nanoTime();
        found.forEach(System.out::println);
        System.out.println((end - start) / 1_000_000.0);
    }

    private static List<?> validate(JsonNode document) throws IOException {
        byte[] schema =
                DocumentSchema.class.getResourceAsStream("delivery.schema.json").readAllBytes();
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(new String(schema, StandardCharsets.UTF_8), InputFormat.JSON)
                .validate(document);
    }
}
