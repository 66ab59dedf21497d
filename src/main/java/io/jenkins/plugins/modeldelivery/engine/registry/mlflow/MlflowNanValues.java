package io.jenkins.plugins.modeldelivery.engine.registry.mlflow;

import io.jenkins.plugins.modeldelivery.engine.http.JsonReply;
import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Tells zeros of a logged model from NaN. MLflow's SQL store keeps NaN as 0 with a mark beside it, and gives the mark back
 * with the metrics of a run, but not with those of a logged model (3.17). A loss that is NaN would be the best of all.
 */
final class MlflowNanValues {
    private static final int PAGE = 1000;
    private static final int MOST_PAGES = 100;

    private final MlflowApi api;
    private final Cancellation cancellation;
    private final Map<String, SortedMap<String, JsonReply>> lastByRun = new HashMap<>();

    MlflowNanValues(MlflowApi api, Cancellation cancellation) {
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
            return last != null && MlflowMetrics.sameMoment(last, metric)
                    ? last.number("value")
                    : ofHistory(run, metric);
        } catch (DeliveryException e) {
            e.rethrowUnless(ErrorKind.NOT_FOUND);
            return Double.NaN;
        }
    }

    private SortedMap<String, JsonReply> lastOf(String run) {
        return MlflowMetrics.lastOfEach(
                api.get("runs/get", Map.of("run_id", run), "read the metrics of the run " + run, cancellation)
                        .object("run"));
    }

    /** The run has gone on since; NaN if it does not know the moment. */
    private double ofHistory(String run, JsonReply metric) {
        String key = metric.text("key");
        Map<String, String> query =
                new TreeMap<>(Map.of("run_id", run, "metric_key", key, "max_results", String.valueOf(PAGE)));
        for (int page = 0; page < MOST_PAGES; page++) {
            JsonReply reply = api.get(
                    "metrics/get-history", query, "read the values of " + key + " in the run " + run, cancellation);
            for (JsonReply entry : reply.list("metrics")) {
                if (MlflowMetrics.sameMoment(entry, metric)) {
                    return entry.number("value");
                }
            }
            Optional<String> next = reply.optionalText("next_page_token");
            if (next.isEmpty()) {
                break;
            }
            query.put("page_token", next.get());
        }
        return Double.NaN;
    }
}
