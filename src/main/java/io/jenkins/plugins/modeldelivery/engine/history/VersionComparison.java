package io.jenkins.plugins.modeldelivery.engine.history;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.record.Event;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Two versions of a model side by side.
 *
 * @param metrics of either, by name
 * @param facts digest, size, data and the like
 * @param tags of either, by name, without those that this product writes
 * @param parameters of either, by name
 * @param gates verdict and digest of the newest report of each gate
 * @param policies name and digest of the policy of the newest promotion to each alias
 */
public record VersionComparison(
        String a,
        String b,
        List<Metric> metrics,
        List<Fact> facts,
        List<Fact> tags,
        List<Fact> parameters,
        List<Fact> gates,
        List<Fact> policies) {
    /** One fact of two versions; empty where it is not known. */
    public record Fact(String name, Optional<String> a, Optional<String> b) {
        public boolean same() {
            return a.equals(b);
        }
    }

    /**
     * One metric of two versions.
     *
     * @param metric with its slice, as {@code recall{country=DE}}
     */
    public record Metric(String metric, Optional<BigDecimal> a, Optional<BigDecimal> b) {
        /** Exact, on the decimal texts of both; empty if one is absent. */
        public Optional<BigDecimal> difference() {
            return a.flatMap(first -> b.map(second -> second.subtract(first).stripTrailingZeros()));
        }
    }

    public VersionComparison {
        metrics = List.copyOf(metrics);
        facts = List.copyOf(facts);
        tags = List.copyOf(tags);
        parameters = List.copyOf(parameters);
        gates = List.copyOf(gates);
        policies = List.copyOf(policies);
    }

    public static VersionComparison of(VersionStory a, VersionStory b) {
        return new VersionComparison(
                a.version(),
                b.version(),
                metrics(a.metrics(), b.metrics()),
                both(facts(a), facts(b)),
                both(a.tags(), b.tags()),
                both(a.parameters(), b.parameters()),
                both(gates(a), gates(b)),
                both(policies(a), policies(b)));
    }

    private static List<Metric> metrics(SortedMap<String, BigDecimal> a, SortedMap<String, BigDecimal> b) {
        SortedSet<String> names = new TreeSet<>(a.keySet());
        names.addAll(b.keySet());
        return names.stream()
                .map(name -> new Metric(name, Optional.ofNullable(a.get(name)), Optional.ofNullable(b.get(name))))
                .toList();
    }

    /** In the order of the first, then what only the second has. */
    private static List<Fact> both(Map<String, String> a, Map<String, String> b) {
        List<String> names = new ArrayList<>(a.keySet());
        b.keySet().stream().filter(name -> !a.containsKey(name)).forEach(names::add);
        return names.stream()
                .map(name -> new Fact(name, Optional.ofNullable(a.get(name)), Optional.ofNullable(b.get(name))))
                .toList();
    }

    private static Map<String, String> facts(VersionStory story) {
        Map<String, String> facts = new LinkedHashMap<>();
        story.registration().ifPresent(event -> {
            put(facts, "digest", event.draft().digest());
            put(facts, "size in bytes", EventDetails.text(event, "size"));
            put(facts, "files", EventDetails.text(event, "files"));
            Provenance from = Provenance.of(event);
            put(facts, "dataset", from.dataset());
            put(facts, "dataset digest", from.datasetDigest());
            put(facts, "commit", from.commit());
            put(facts, "branch", from.branch());
            put(facts, "registered by", Optional.of(event.draft().actor()));
            put(facts, "registered at", Optional.of(event.time().toString()));
        });
        return facts;
    }

    private static void put(Map<String, String> facts, String name, Optional<String> value) {
        value.ifPresent(text -> facts.put(name, text));
    }

    private static Map<String, String> gates(VersionStory story) {
        Map<String, String> gates = new TreeMap<>();
        for (Event event : story.gates()) {
            String gate = EventDetails.text(event, "gate").orElse("checks of the build");
            put(gates, gate + ": verdict", EventDetails.text(event, "verdict"));
            put(gates, gate + ": digest", EventDetails.text(event, "gateDigest"));
        }
        return gates;
    }

    private static Map<String, String> policies(VersionStory story) {
        Map<String, String> policies = new TreeMap<>();
        for (PromotionAttempt admission : story.admissions()) {
            admission.policy().ifPresent(policy -> {
                policies.put(admission.alias() + ": policy", policy);
                put(policies, admission.alias() + ": digest", admission.policyDigest());
            });
        }
        return policies;
    }

    public ObjectNode toJson() {
        ObjectNode json = Json.object().put("a", a).put("b", b);
        ArrayNode numbers = json.putArray("metrics");
        metrics.forEach(metric -> {
            ObjectNode row = numbers.addObject().put("metric", metric.metric());
            metric.a().ifPresent(value -> row.put("a", value));
            metric.b().ifPresent(value -> row.put("b", value));
            metric.difference().ifPresent(value -> row.put("difference", value));
        });
        add(json.putArray("facts"), facts);
        add(json.putArray("tags"), tags);
        add(json.putArray("parameters"), parameters);
        add(json.putArray("gates"), gates);
        add(json.putArray("policies"), policies);
        return json;
    }

    private static void add(ArrayNode array, List<Fact> rows) {
        rows.forEach(fact -> {
            ObjectNode row = array.addObject().put("name", fact.name()).put("same", fact.same());
            fact.a().ifPresent(text -> row.put("a", text));
            fact.b().ifPresent(text -> row.put("b", text));
        });
    }
}
