package io.jenkins.plugins.modeldelivery.engine.serving;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Compares an answer with what was expected. A pure function; what it says may quote the answer at any length. */
final class SmokeJudge {
    private SmokeJudge() {}

    static SmokeResult judge(SmokeTest test, JsonNode answer, long millis) {
        JsonNode outputs = answer.path("outputs");
        if (!outputs.isArray() || outputs.isEmpty()) {
            return new SmokeResult(false, "the answer has no outputs", millis);
        }
        String wrong = wrongNumbers(outputs);
        if (wrong == null) {
            wrong = wrongShape(test, outputs);
        }
        if (wrong == null) {
            wrong = test.expected().map(e -> differs(test, e, outputs)).orElse(null);
        }
        if (wrong == null
                && test.maxLatency().isPresent()
                && millis > test.maxLatency().get().toMillis()) {
            wrong = "the fastest of three requests took " + millis + " ms; allowed are "
                    + test.maxLatency().get().toMillis() + " ms";
        }
        return wrong == null
                ? new SmokeResult(true, passed(test, outputs) + ", " + millis + " ms", millis)
                : new SmokeResult(false, wrong, millis);
    }

    private static String passed(SmokeTest test, JsonNode outputs) {
        int values = flat(outputs.path(0).path("data")).size();
        return test.expected().isPresent() ? values + " values as expected" : values + " values answered";
    }

    private static String wrongNumbers(JsonNode outputs) {
        for (JsonNode output : outputs) {
            List<JsonNode> values = flat(output.path("data"));
            for (int i = 0; i < values.size(); i++) {
                JsonNode value = values.get(i);
                boolean odd = value.isNull()
                        || (value.isNumber() && !Double.isFinite(value.asDouble()))
                        || (value.isTextual()
                                && List.of("NaN", "Infinity", "-Infinity").contains(value.asText()));
                if (odd) {
                    return place(output, i) + " is " + shown(value) + ", no number";
                }
            }
        }
        return null;
    }

    private static String wrongShape(SmokeTest test, JsonNode outputs) {
        if (test.shape().isEmpty()) {
            return null;
        }
        List<Long> wanted = test.shape().get();
        List<Long> shape = new ArrayList<>();
        outputs.path(0).path("shape").forEach(size -> shape.add(size.asLong()));
        boolean fits = shape.size() == wanted.size();
        for (int i = 0; fits && i < shape.size(); i++) {
            fits = wanted.get(i) == -1 || wanted.get(i).equals(shape.get(i));
        }
        return fits ? null : "the output has the shape " + shape + ", expected was " + wanted;
    }

    private static String differs(SmokeTest test, JsonNode expected, JsonNode outputs) {
        if (!expected.isArray()) {
            return "the expectation is no list of outputs";
        }
        for (int i = 0; i < expected.size(); i++) {
            JsonNode wanted = expected.get(i);
            JsonNode output = find(outputs, wanted, i);
            if (output == null) {
                return "the answer lacks the output " + wanted.path("name").asText(String.valueOf(i));
            }
            String difference = differs(test, flat(wanted.path("data")), flat(output.path("data")), output);
            if (difference != null) {
                return difference;
            }
        }
        return null;
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

    private static String differs(SmokeTest test, List<JsonNode> wanted, List<JsonNode> values, JsonNode output) {
        if (wanted.size() != values.size()) {
            return shown(output.path("name")) + " has " + values.size() + " values, expected were " + wanted.size();
        }
        for (int i = 0; i < wanted.size(); i++) {
            if (!same(test, wanted.get(i), values.get(i))) {
                return place(output, i) + " is " + shown(values.get(i)) + ", expected was " + shown(wanted.get(i));
            }
        }
        return null;
    }

    private static boolean same(SmokeTest test, JsonNode wanted, JsonNode value) {
        boolean exact =
                !wanted.isNumber() || !value.isNumber() || (wanted.isIntegralNumber() && value.isIntegralNumber());
        if (exact) {
            return wanted.equals(value)
                    || (wanted.isIntegralNumber() && value.isIntegralNumber() && wanted.asLong() == value.asLong());
        }
        double allowed = test.absoluteTolerance() + test.relativeTolerance() * Math.abs(wanted.asDouble());
        return Math.abs(value.asDouble() - wanted.asDouble()) <= allowed;
    }

    /** Servers may nest the rows of a tensor or not. */
    private static List<JsonNode> flat(JsonNode data) {
        List<JsonNode> values = new ArrayList<>();
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
