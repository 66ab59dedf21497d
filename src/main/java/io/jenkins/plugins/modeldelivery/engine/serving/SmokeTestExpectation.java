package io.jenkins.plugins.modeldelivery.engine.serving;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a golden request and its expected outputs must be like, so that a smoke test can be judged by them. */
public final class SmokeTestExpectation {
    /** Deeper nesting is no tensor, and not every reader would take it. */
    private static final int DEEPEST = 100;

    private static final Set<String> DATATYPES = Set.of(
            "BOOL", "UINT8", "UINT16", "UINT32", "UINT64", "INT8", "INT16", "INT32", "INT64", "FP16", "BF16", "FP32",
            "FP64", "BYTES");

    private SmokeTestExpectation() {}

    /** @return what is wrong with the body of an {@code infer} call; empty if it can be sent */
    public static Optional<String> faultOfRequest(JsonNode request) {
        if (!request.isObject()) {
            return Optional.of("the request is no JSON object");
        }
        return deep(request, 0)
                ? Optional.of("the request is nested more than " + DEEPEST + " levels deep")
                : Optional.empty();
    }

    /** @return what is wrong with a list of expected outputs; empty if answers can be compared with it */
    public static Optional<String> faultOfOutputs(JsonNode expected) {
        if (!expected.isArray()) {
            return Optional.of("the expectation is no list of outputs");
        }
        if (expected.isEmpty()) {
            return Optional.of("the expectation has no outputs, so that every reply would pass");
        }
        if (deep(expected, 0)) {
            return Optional.of("the expectation is nested more than " + DEEPEST + " levels deep");
        }
        for (int i = 0; i < expected.size(); i++) {
            Optional<String> fault = faultOfOutput(expected.get(i), "output " + i + " of the expectation ");
            if (fault.isPresent()) {
                return fault;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> faultOfOutput(JsonNode output, String subject) {
        if (!output.isObject() || !output.path("data").isArray()) {
            return Optional.of(subject + "has no list \"data\"");
        }
        List<JsonNode> values = SmokeTestEvaluator.flat(output.path("data"));
        if (values.isEmpty()) {
            return Optional.of(subject + "has no values");
        }
        for (JsonNode value : values) {
            boolean finite = !value.isNumber() || Double.isFinite(value.doubleValue()) || value.isBigInteger();
            if (!(value.isNumber() || value.isTextual() || value.isBoolean()) || !finite) {
                return Optional.of(subject + "holds " + value + ", which no reply equals");
            }
        }
        JsonNode datatype = output.path("datatype");
        if (!datatype.isMissingNode() && !datatype.isNull() && !DATATYPES.contains(datatype.asText())) {
            return Optional.of(subject + "has the unknown datatype " + datatype);
        }
        return faultOfShape(output.path("shape"), values.size(), subject);
    }

    private static Optional<String> faultOfShape(JsonNode shape, int values, String subject) {
        boolean fits = shape.isMissingNode() || shape.isNull() || shape.isArray();
        for (JsonNode size : shape) {
            fits &= size.isIntegralNumber() && size.canConvertToLong() && size.asLong() >= -1;
        }
        if (!fits) {
            return Optional.of(subject + "has a shape that is no list of whole numbers");
        }
        return shape.isArray() && !holds(shape, values)
                ? Optional.of(subject + "has the shape " + shape + ", which does not hold its " + values
                        + (values == 1 ? " value" : " values") + ". No reply can have both")
                : Optional.empty();
    }

    /** @param shape -1 for any size of a dimension */
    private static boolean holds(JsonNode shape, int values) {
        BigInteger room = BigInteger.ONE;
        boolean any = false;
        for (JsonNode size : shape) {
            any |= size.asLong() == -1;
            room = room.multiply(BigInteger.valueOf(size.asLong() == -1 ? 1 : size.asLong()));
        }
        BigInteger found = BigInteger.valueOf(values);
        return any ? room.signum() > 0 && found.mod(room).signum() == 0 : room.equals(found);
    }

    private static boolean deep(JsonNode node, int level) {
        if (level > DEEPEST) {
            return true;
        }
        for (JsonNode child : node) {
            if (deep(child, level + 1)) {
                return true;
            }
        }
        return false;
    }
}
