package io.jenkins.plugins.modeldelivery.engine.gate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How one check ended on one slice.
 *
 * @param check in its normal form
 * @param slice empty for the whole data and for aggregates
 * @param value of the candidate; absent if there is none or it is no number
 * @param baseline value of the baseline
 * @param bound what the value was compared with
 * @param margin how far on the good side; negative on the bad side. With confidence: of the limit, not of the value.
 * @param n examples of the candidate
 * @param reason one plain sentence
 */
public record CheckResult(
        String check,
        String metric,
        Optional<String> slice,
        Optional<BigDecimal> value,
        Optional<BigDecimal> baseline,
        Optional<BigDecimal> bound,
        Optional<BigDecimal> margin,
        OptionalLong n,
        Verdict verdict,
        String reason) {

    ObjectNode toJson() {
        ObjectNode json = Json.object();
        json.put("check", check);
        json.put("metric", metric);
        slice.ifPresent(s -> json.put("slice", s));
        value.ifPresent(v -> json.put("value", v));
        baseline.ifPresent(b -> json.put("baseline", b));
        bound.ifPresent(b -> json.put("bound", b));
        margin.ifPresent(m -> json.put("margin", m));
        n.ifPresent(count -> json.put("n", count));
        json.put("verdict", verdict.name());
        json.put("reason", reason);
        return json;
    }

    static CheckResult fromJson(JsonNode json) {
        return new CheckResult(
                json.path("check").asText(),
                json.path("metric").asText(),
                json.hasNonNull("slice") ? Optional.of(json.path("slice").asText()) : Optional.empty(),
                number(json, "value"),
                number(json, "baseline"),
                number(json, "bound"),
                number(json, "margin"),
                json.path("n").isNumber() ? OptionalLong.of(json.path("n").asLong()) : OptionalLong.empty(),
                Verdict.valueOf(json.path("verdict").asText()),
                json.path("reason").asText());
    }

    private static Optional<BigDecimal> number(JsonNode json, String key) {
        JsonNode number = json.path(key);
        return number.isNumber() && Double.isFinite(number.doubleValue())
                ? Optional.of(new BigDecimal(number.asText()))
                : Optional.empty();
    }
}
