package io.jenkins.plugins.modeldelivery.engine.registry.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.http.JsonReply;
import io.jenkins.plugins.modeldelivery.engine.metrics.Metric;
import io.jenkins.plugins.modeldelivery.engine.metrics.Metrics;
import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * Metrics as MLflow has them: a name of few characters and a number, without slices. What is logged here is for people who
 * look at MLflow; nothing is decided on it, since all is kept elsewhere as well.
 */
final class MlflowMetrics {
    private static final int LONGEST_KEY = 250;
    /** The width of the column; MLflow's own digests have 8 characters. */
    private static final int LONGEST_DIGEST = 36;

    private static final int LONGEST_DATASET = 500;

    private MlflowMetrics() {}

    /** What MLflow can hold: finite values only. */
    static List<Metric> loggable(Metrics metrics) {
        return metrics.all().stream().filter(m -> Double.isFinite(m.value())).toList();
    }

    /**
     * A name for each metric that every MLflow accepts. Slices are part of it, so two metrics may come to the same name; then
     * each gets a hash at its end, but the one that has the name itself.
     */
    static Map<Metric.Key, String> keys(List<Metric> metrics) {
        Map<String, Long> times =
                metrics.stream().collect(Collectors.groupingBy(MlflowMetrics::key, Collectors.counting()));
        return metrics.stream().collect(Collectors.toMap(Metric::key, metric -> {
            String key = key(metric);
            boolean own = metric.slice().isAll() && metric.name().equals(key);
            return own || times.get(key) == 1 ? key : withHash(key, metric.key().toString());
        }));
    }

    /**
     * @param keys as {@link #keys} gives them
     * @param model a logged model that these are metrics of, if there is one; only then MLflow keeps the data set
     */
    static ArrayNode write(
            List<Metric> metrics, Map<Metric.Key, String> keys, Optional<String> model, ArrayNode array, long now) {
        for (Metric metric : metrics) {
            ObjectNode json = array.addObject();
            json.put("key", keys.get(metric.key()));
            json.put("value", metric.value());
            json.put("timestamp", now);
            json.put("step", 0);
            model.ifPresent(id -> json.put("model_id", id));
            // MLflow wants both or neither.
            metric.dataset()
                    .ifPresent(d -> json.put(
                                    "dataset_name", cut(metric.datasetName().orElse(d), LONGEST_DATASET))
                            .put("dataset_digest", digest(d)));
        }
        return array;
    }

    /** A digest of ours as far as MLflow has room for it. */
    private static String digest(String identity) {
        return cut(
                identity.startsWith(Sha256.PREFIX) ? identity.substring(Sha256.PREFIX.length()) : identity,
                LONGEST_DIGEST);
    }

    /** At most this many UTF-16 units, no pair of them torn. */
    static String cut(String text, int length) {
        if (text.length() <= length) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length);
    }

    /** mlflow/utils/validation.py has the rules. */
    private static String key(Metric metric) {
        StringBuilder full = new StringBuilder(metric.name());
        metric.slice()
                .keys()
                .forEach((k, v) -> full.append('/').append(k).append('.').append(v));
        String key = full.toString().replaceAll("[^\\p{L}\\p{N}_\\-. /]", "_");
        // Names may be taken for files, so they must be whole paths that lead down.
        key = Arrays.stream(key.split("/", -1))
                .map(part -> part.matches("\\.{0,2}") ? "_" : part)
                .collect(Collectors.joining("/"));
        key = key.startsWith("..") ? "_" + key.substring(1) : key;
        return key.length() <= LONGEST_KEY ? key : withHash(key, full.toString());
    }

    private static String withHash(String key, String of) {
        return cut(key, LONGEST_KEY - 9) + "-" + hash(of);
    }

    private static String hash(String text) {
        return Sha256.hex(text.getBytes(StandardCharsets.UTF_8)).substring(0, 8);
    }

    /** The last value of each name: of the highest step, then the latest; MLflow lists all values of a logged model. */
    static Metrics last(JsonReply owner) {
        return read(lastOfEach(owner).values(), entry -> entry.number("value"));
    }

    static Metrics read(Collection<JsonReply> entries, ToDoubleFunction<JsonReply> value) {
        return Metrics.of(entries.stream()
                .map(entry -> Metric.of(entry.text("key"), value.applyAsDouble(entry))
                        .withDataset(entry.optionalText("dataset_digest"))
                        .withDatasetName(entry.optionalText("dataset_name")))
                .toList());
    }

    /** The entry of the last value of each name, by name. */
    static SortedMap<String, JsonReply> lastOfEach(JsonReply owner) {
        SortedMap<String, JsonReply> byKey = new TreeMap<>();
        // Neither has data if nothing was logged.
        List<JsonReply> list =
                owner.json().hasNonNull("data") ? owner.object("data").list("metrics") : List.of();
        for (JsonReply metric : list) {
            byKey.merge(metric.text("key"), metric, (a, b) -> before(a.json(), b.json()) ? b : a);
        }
        return byKey;
    }

    static boolean sameMoment(JsonReply one, JsonReply other) {
        return one.json().path("step").asLong() == other.json().path("step").asLong()
                && one.json().path("timestamp").asLong()
                        == other.json().path("timestamp").asLong();
    }

    private static boolean before(JsonNode a, JsonNode b) {
        int steps = Long.compare(a.path("step").asLong(), b.path("step").asLong());
        return steps != 0
                ? steps < 0
                : a.path("timestamp").asLong() <= b.path("timestamp").asLong();
    }

    /**
     * Tells zeros of a logged model from NaN. MLflow's SQL store keeps NaN as 0 with a mark beside it, and gives the mark back
     * with the metrics of a run, but not with those of a logged model (3.17). A loss that is NaN would be the best of all.
     */
    static final class NanValues {
        private static final int PAGE = 1000;
        private static final int MOST_PAGES = 100;

        private final MlflowApi api;
        private final Cancellation cancellation;
        private final Map<String, SortedMap<String, JsonReply>> lastByRun = new HashMap<>();

        NanValues(MlflowApi api, Cancellation cancellation) {
            this.api = api;
            this.cancellation = cancellation;
        }

        /** The value of a logged model's metric: what it says, unless that is 0 and its run says NaN or nothing. */
        double value(JsonReply metric) {
            double value = metric.number("value");
            Optional<String> run = metric.optionalText("run_id");
            return value != 0 || run.isEmpty() ? value : ofRun(run.get(), metric);
        }

        private double ofRun(String run, JsonReply metric) {
            try {
                JsonReply last = lastByRun.computeIfAbsent(run, this::lastOf).get(metric.text("key"));
                return last != null && sameMoment(last, metric) ? last.number("value") : ofHistory(run, metric);
            } catch (DeliveryException e) {
                e.rethrowUnless(ErrorKind.NOT_FOUND);
                return Double.NaN;
            }
        }

        private SortedMap<String, JsonReply> lastOf(String run) {
            return lastOfEach(
                    api.get("runs/get", Map.of("run_id", run), "read the metrics of the run " + run, cancellation)
                            .object("run"));
        }

        /** The run has gone on since; NaN if it does not know the moment. */
        private double ofHistory(String run, JsonReply metric) {
            String key = metric.text("key");
            String purpose = "read the values of " + key + " in the run " + run;
            return MlflowApi.pages(MOST_PAGES, token -> {
                        Map<String, String> query = new TreeMap<>(
                                Map.of("run_id", run, "metric_key", key, "max_results", String.valueOf(PAGE)));
                        token.ifPresent(next -> query.put("page_token", next));
                        return api.get("metrics/get-history", query, purpose, cancellation);
                    })
                    .flatMap(page -> page.list("metrics").stream())
                    .filter(entry -> sameMoment(entry, metric))
                    .findFirst()
                    .map(entry -> entry.number("value"))
                    .orElse(Double.NaN);
        }
    }
}
