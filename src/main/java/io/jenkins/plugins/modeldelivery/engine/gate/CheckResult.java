package io.jenkins.plugins.modeldelivery.engine.gate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.metrics.Metric;
import io.jenkins.plugins.modeldelivery.engine.metrics.Slice;
import java.math.BigDecimal;
import java.math.MathContext;
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
    private static final MathContext SHOWN = new MathContext(6);

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

    /** At most six significant digits, for people; never compared. */
    static String text(BigDecimal number) {
        BigDecimal shown = number.round(SHOWN).stripTrailingZeros();
        return Math.abs(shown.scale()) > 12 ? shown.toString() : shown.toPlainString();
    }

    /** What is known of a check until its verdict. */
    static final class Builder {
        /** More digits than this tell nobody anything; what was compared is not rounded. */
        private static final MathContext KEPT = MathContext.DECIMAL128;

        private final String check;
        private final String metric;
        private final Slice slice;
        private Optional<BigDecimal> value = Optional.empty();
        private Optional<BigDecimal> baseline = Optional.empty();
        private Optional<BigDecimal> bound = Optional.empty();
        private Optional<BigDecimal> margin = Optional.empty();
        private OptionalLong n = OptionalLong.empty();
        private String note = "";

        /** @param check in its normal form */
        Builder(String check, String metric, Slice slice) {
            this.check = check;
            this.metric = metric;
            this.slice = slice;
        }

        Builder candidate(Metric metric) {
            value = metric.decimal();
            n = metric.n();
            return this;
        }

        Builder value(BigDecimal number) {
            value = Optional.of(number);
            return this;
        }

        Builder baseline(Metric metric) {
            baseline = metric.decimal();
            return this;
        }

        Builder baseline(BigDecimal number) {
            baseline = Optional.of(number);
            return this;
        }

        Builder bound(BigDecimal number, BigDecimal distance) {
            bound = kept(number);
            margin = kept(distance);
            return this;
        }

        /** Empty for what no reader of the report could hold in a double. */
        private static Optional<BigDecimal> kept(BigDecimal number) {
            return Double.isFinite(number.doubleValue()) ? Optional.of(number.round(KEPT)) : Optional.empty();
        }

        /** Compares a value with its bound, exactly. */
        CheckResult compare(Check compared, BigDecimal number, Optional<BigDecimal> base) {
            BigDecimal limit = compared.bound().of(base.orElse(null));
            boolean holds = compared.operator().holds(number, limit);
            return bound(limit, compared.operator().margin(number, limit))
                    .end(
                            holds ? Verdict.PASSED : Verdict.FAILED,
                            text(number) + (holds ? " is " : " is not ")
                                    + compared.operator().text() + " " + text(limit) + ".");
        }

        /** Adds a sentence to the reason. */
        Builder note(String sentence) {
            note = note + " " + sentence;
            return this;
        }

        void noteUnknownData() {
            note("It is unknown whether both were measured on the same dataset.");
        }

        CheckResult end(Verdict verdict, String reason) {
            return new CheckResult(
                    check,
                    metric,
                    slice.isAll() ? Optional.empty() : Optional.of(slice.toString()),
                    value,
                    baseline,
                    bound,
                    margin,
                    n,
                    verdict,
                    reason + note);
        }
    }
}
