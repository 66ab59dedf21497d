package io.jenkins.plugins.modeldelivery.engine.serving;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.modeldelivery.engine.serving.SmokeTest.SmokeTestResult;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Compares an answer with what was expected. A pure function; what it says may quote the answer at any length. */
public final class SmokeTestEvaluator {
    private SmokeTestEvaluator() {}

    public static SmokeTestResult judge(SmokeTest test, JsonNode answer, long millis) {
        JsonNode outputs = answer.path("outputs");
        if (!outputs.isArray() || outputs.isEmpty()) {
            return new SmokeTestResult(false, "the reply has no outputs", millis);
        }
        Optional<String> wrong = withoutValues(outputs)
                .or(() -> wrongNumbers(outputs))
                .or(() -> test.shape().flatMap(shape -> wrongShape(outputs.path(0), shape)))
                .or(() -> test.expected().flatMap(expected -> differs(test, expected, outputs)))
                .or(() -> tooSlow(test, millis));
        return new SmokeTestResult(
                wrong.isEmpty(), wrong.orElseGet(() -> passed(test, outputs) + ", " + millis + " ms"), millis);
    }

    private static Optional<String> tooSlow(SmokeTest test, long millis) {
        return test.maxLatency()
                .filter(most -> millis > most.toMillis())
                .map(most ->
                        "the fastest of three requests took " + millis + " ms; allowed are " + most.toMillis() + " ms");
    }

    private static String passed(SmokeTest test, JsonNode outputs) {
        int values = 0;
        for (JsonNode output : outputs) {
            values += flat(output.path("data")).size();
        }
        return values
                + (values == 1 ? " value" : " values")
                + (test.expected().isPresent() ? " as expected" : " answered");
    }

    private static Optional<String> withoutValues(JsonNode outputs) {
        for (JsonNode output : outputs) {
            if (!flat(output.path("data")).isEmpty()) {
                return Optional.empty();
            }
        }
        return Optional.of(
                "the reply has no value: " + (outputs.size() == 1 ? "its output is" : "its outputs are") + " empty");
    }

    private static Optional<String> wrongNumbers(JsonNode outputs) {
        for (JsonNode output : outputs) {
            List<JsonNode> values = flat(output.path("data"));
            for (int i = 0; i < values.size(); i++) {
                JsonNode value = values.get(i);
                boolean odd = value.isNull()
                        || value.isObject()
                        || (value.isNumber() && !Double.isFinite(value.asDouble()))
                        || (value.isTextual()
                                && List.of("NaN", "Infinity", "-Infinity").contains(value.asText()));
                if (odd) {
                    return Optional.of(place(output, i) + " is " + shown(value) + ", no number");
                }
            }
        }
        return Optional.empty();
    }

    /** @param wanted -1 for any size of a dimension */
    private static Optional<String> wrongShape(JsonNode output, List<Long> wanted) {
        List<Long> shape = new ArrayList<>();
        boolean fits = output.path("shape").isArray();
        for (JsonNode size : output.path("shape")) {
            fits &= size.isIntegralNumber();
            shape.add(size.asLong());
        }
        fits &= shape.size() == wanted.size();
        for (int i = 0; fits && i < shape.size(); i++) {
            fits = wanted.get(i) == -1 || wanted.get(i).equals(shape.get(i));
        }
        return fits
                ? Optional.empty()
                : Optional.of(shown(output.path("name")) + " has the shape " + shape + ", expected was " + wanted);
    }

    private static Optional<String> differs(SmokeTest test, JsonNode expected, JsonNode outputs) {
        if (!expected.isArray() || expected.isEmpty()) {
            return Optional.of("the expectation has no outputs");
        }
        for (int i = 0; i < expected.size(); i++) {
            JsonNode wanted = expected.get(i);
            JsonNode output = find(outputs, wanted, i);
            if (output == null) {
                return Optional.of(
                        "the reply lacks the output " + wanted.path("name").asText(String.valueOf(i)));
            }
            Optional<String> difference = outputDiffers(test, wanted, output);
            if (difference.isPresent()) {
                return difference;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> outputDiffers(SmokeTest test, JsonNode wanted, JsonNode output) {
        if (wanted.hasNonNull("datatype") && !wanted.path("datatype").equals(output.path("datatype"))) {
            return Optional.of(shown(output.path("name")) + " has the datatype "
                    + output.path("datatype").asText("none") + ", expected was "
                    + wanted.path("datatype").asText());
        }
        List<Long> shape = new ArrayList<>();
        wanted.path("shape").forEach(size -> shape.add(size.asLong()));
        Optional<String> otherShape = wanted.path("shape").isArray() ? wrongShape(output, shape) : Optional.empty();
        return otherShape.or(() -> differs(test, flat(wanted.path("data")), flat(output.path("data")), output));
    }

    private static JsonNode find(JsonNode outputs, JsonNode wanted, int index) {
        if (!wanted.hasNonNull("name")) {
            return outputs.get(index);
        }
        for (JsonNode output : outputs) {
            if (output.path("name").equals(wanted.path("name"))) {
                return output;
            }
        }
        return null;
    }

    private static Optional<String> differs(
            SmokeTest test, List<JsonNode> wanted, List<JsonNode> values, JsonNode output) {
        if (wanted.size() != values.size()) {
            return Optional.of(
                    shown(output.path("name")) + " has " + values.size() + " values, expected were " + wanted.size());
        }
        for (int i = 0; i < wanted.size(); i++) {
            if (!same(test, wanted.get(i), values.get(i))) {
                return Optional.of(
                        place(output, i) + " is " + shown(values.get(i)) + ", expected was " + shown(wanted.get(i)));
            }
        }
        return Optional.empty();
    }

    private static boolean same(SmokeTest test, JsonNode wanted, JsonNode value) {
        if (!wanted.isNumber() || !value.isNumber()) {
            return wanted.equals(value);
        }
        if (wanted.isIntegralNumber() && value.isIntegralNumber()) {
            return wanted.bigIntegerValue().equals(value.bigIntegerValue());
        }
        BigDecimal expected = wanted.decimalValue();
        BigDecimal allowed = BigDecimal.valueOf(test.relativeTolerance())
                .multiply(expected.abs())
                .add(BigDecimal.valueOf(test.absoluteTolerance()));
        return value.decimalValue().subtract(expected).abs().compareTo(allowed) <= 0;
    }

    /** Servers may nest the rows of a tensor or not. */
    static List<JsonNode> flat(JsonNode data) {
        List<JsonNode> values = new ArrayList<>();
        if (!data.isArray()) {
            return values;
        }
        for (JsonNode item : data) {
            if (item.isArray()) {
                values.addAll(flat(item));
            } else {
                values.add(item);
            }
        }
        return values;
    }

    private static String shown(JsonNode node) {
        return node.isMissingNode() ? "output" : node.asText();
    }

    private static String place(JsonNode output, int index) {
        return shown(output.path("name")) + "[" + index + "]";
    }
}
