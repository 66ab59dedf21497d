package io.jenkins.plugins.modeldelivery.run;

import hudson.model.ItemGroup;
import hudson.model.Job;
import io.jenkins.plugins.modeldelivery.configuration.ModelDeliveryConfiguration;
import io.jenkins.plugins.modeldelivery.engine.promotion.Policy;
import io.jenkins.plugins.modeldelivery.engine.record.IndexedRecord;
import io.jenkins.plugins.modeldelivery.engine.record.RecordRow;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import jenkins.model.Jenkins;

/**
 * The models that the present user may know of: those of which a job that the user may read has written an event. Made for
 * one request. Throws {@link io.jenkins.plugins.modeldelivery.engine.model.DeliveryException}.
 */
public final class ModelRecords {
    private final Predicate<String> jobs;

    private ModelRecords(Predicate<String> jobs) {
        this.jobs = jobs;
    }

    /** @param scope only what its jobs wrote counts; {@link Jenkins} for all */
    public static ModelRecords in(ItemGroup<?> scope) {
        return new ModelRecords(new ReadableJobs(scope));
    }

    public static ModelRecords all() {
        return in(Jenkins.get());
    }

    /** Sorted by model, then registry. */
    public List<RecordRow> rows() {
        return DeliveryRuntime.get().index().rows().stream()
                .filter(row -> row.jobs().stream().anyMatch(jobs))
                .toList();
    }

    /** Of these, those in which the job has written, under whichever name it bore then. */
    public List<RecordRow> rowsOf(Job<?, ?> job) {
        return rows().stream()
                .filter(row -> row.jobs().stream()
                        .anyMatch(name -> MovedJobs.get().namesOf(name).contains(job.getFullName())))
                .toList();
    }

    /** Empty if there is no such model, or the user may know nothing of it. */
    public Optional<ModelRecord> find(String registry, String model) {
        return DeliveryRuntime.get()
                .index()
                .open(registry, model)
                .filter(record -> record.row().jobs().stream().anyMatch(jobs))
                .map(this::of);
    }

    private ModelRecord of(IndexedRecord record) {
        return new ModelRecord(record, jobs, DeliveryRuntime.records(), evidenceAges(), clock());
    }

    private static Clock clock() {
        return DeliveryRuntime.get().clock();
    }

    /** By alias: how old evidence may be under the policy that guards it. */
    private static Map<String, Duration> evidenceAges() {
        Map<String, Duration> ages = new TreeMap<>();
        for (Policy policy : ModelDeliveryConfiguration.get().rules().policies().values()) {
            policy.maxEvidenceAge().ifPresent(age -> ages.put(policy.alias(), age));
        }
        return ages;
    }
}
