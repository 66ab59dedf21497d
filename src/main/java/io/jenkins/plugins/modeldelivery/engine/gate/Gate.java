package io.jenkins.plugins.modeldelivery.engine.gate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.metrics.Metrics;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.Sha256;
import java.util.List;
import java.util.Optional;

/**
 * A list of checks.
 *
 * @param name as configured; empty for checks given in place
 * @param baseline what the candidate is compared with, if with anything
 * @param sameDataset whether candidate and baseline must have been measured on the same data
 */
public record Gate(
        Optional<String> name,
        List<Check> checks,
        Optional<BaselineSource> baseline,
        OnMissingBaseline onMissingBaseline,
        boolean sameDataset) {
    public Gate {
        checks = List.copyOf(checks);
    }

    /** @param name may be null */
    public static Gate of(String name, List<String> lines) {
        return new Gate(
                Optional.ofNullable(name),
                lines.stream().map(Check::parse).toList(),
                Optional.empty(),
                OnMissingBaseline.PASS,
                true);
    }

    public Gate withBaseline(BaselineSource source) {
        return new Gate(name, checks, Optional.of(source), onMissingBaseline, sameDataset);
    }

    public Gate withOnMissingBaseline(OnMissingBaseline meaning) {
        return new Gate(name, checks, baseline, meaning, sameDataset);
    }

    public Gate withSameDataset(boolean same) {
        return new Gate(name, checks, baseline, onMissingBaseline, same);
    }

    /** @throws DeliveryException INVALID_INPUT if there are none: a gate that checks nothing must not pass */
    public void requireChecks() {
        if (checks.isEmpty()) {
            throw ErrorKind.INVALID_INPUT.error(
                    "The gate" + name.map(n -> " " + n).orElse("")
                            + " has no checks, so it can neither pass nor fail. Write at least one, as: auc >= 0.85");
        }
    }

    /** {@code sha256:} over everything that decides, with the content of a baseline file that was read; the name does not. */
    public String digest() {
        return Sha256.digest(Json.canonical(toJson()));
    }

    /** Everything that decides, which the digest covers. */
    public ObjectNode toJson() {
        ObjectNode json = Json.object();
        ArrayNode lines = json.putArray("checks");
        checks.forEach(check -> lines.add(check.toString()));
        baseline.ifPresent(source -> json.put("baseline", text(source)));
        json.put("onMissingBaseline", onMissingBaseline.name());
        json.put("sameDataset", sameDataset);
        return json;
    }

    private static String text(BaselineSource source) {
        if (source instanceof BaselineSource.Reference reference) {
            return "reference " + reference.text();
        }
        if (source instanceof BaselineSource.File file) {
            return "file " + file.path()
                    + file.content().map(content -> " " + content.sha256()).orElse("");
        }
        Metrics metrics = ((BaselineSource.Numbers) source).metrics();
        return "numbers " + metrics;
    }
}
