package io.jenkins.plugins.modeldelivery.run;

import hudson.model.ItemGroup;
import hudson.model.Job;
import io.jenkins.plugins.modeldelivery.configuration.ModelDeliveryConfiguration;
import io.jenkins.plugins.modeldelivery.engine.promotion.Policy;
import io.jenkins.plugins.modeldelivery.engine.record.IndexedRecord;
import io.jenkins.plugins.modeldelivery.engine.record.RecordRow;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import jenkins.model.Jenkins;

/**
 * The models that the present user may know of: those of which a job that the user may read has written an event. Made for
 * one request; not thread-safe. Throws {@link io.jenkins.plugins.modeldelivery.engine.model.DeliveryException}.
 */
public final class ModelRecords {
    private final ReadableJobs jobs = new ReadableJobs();

    /** Among them is every model that matters. */
    private final Supplier<Stream<RecordRow>> rows;

    /** The jobs that a model must have to do with; empty for all models. */
    private final Optional<Predicate<Job<?, ?>>> scope;

    private final Map<String, Boolean> inScope = new HashMap<>();

    private ModelRecords(Supplier<Stream<RecordRow>> rows, Optional<Predicate<Job<?, ?>>> scope) {
        this.rows = rows;
        this.scope = scope;
    }

    /**
     * Those which jobs of a folder had to do with, as far as the user may see. Of each model is told all that the user may
     * see, also what other jobs did: its champion is the same, wherever one looks from.
     *
     * @param scope {@link Jenkins} for all
     */
    public static ModelRecords in(ItemGroup<?> scope) {
        if (scope == Jenkins.get()) {
            return all();
        }
        String folder = scope.getFullName() + "/";
        return new ModelRecords(
                ModelRecords::allRows, Optional.of(job -> job.getFullName().startsWith(folder)));
    }

    /** As {@link #in}, of one job. */
    public static ModelRecords of(Job<?, ?> only) {
        return of(only, DeliveryRuntime.get().index()::rowsOf);
    }

    private static ModelRecords of(Job<?, ?> only, Function<String, Collection<RecordRow>> rows) {
        return new ModelRecords(
                () -> PastJobs.get().earlierNamesOf(only.getFullName()).stream()
                        .flatMap(name -> rows.apply(name).stream())
                        .distinct()
                        .sorted(Comparator.comparing(RecordRow::model).thenComparing(RecordRow::registry)),
                Optional.of(job -> job.getFullName().equals(only.getFullName())));
    }

    public static ModelRecords all() {
        return new ModelRecords(ModelRecords::allRows, Optional.empty());
    }

    /** Sorted by model, then registry. */
    public List<KnownModel> known() {
        return rows.get()
                .<KnownModel>mapMulti((row, next) -> known(row).ifPresent(next))
                .toList();
    }

    /** Whether there is any. */
    public boolean any() {
        return rows.get().anyMatch(row -> known(row).isPresent());
    }

    /**
     * Whether {@link #of} has any, for pages of jobs that may have nothing to do with models: they must not wait, so soon
     * after Jenkins has started it may not be known yet.
     */
    public static boolean isKnownWriter(Job<?, ?> job) {
        return of(job, DeliveryRuntime.get().index()::knownRowsOf).any();
    }

    /** Empty if there is no such model, or the user may know nothing of it. */
    public Optional<ModelRecord> find(String registry, String model) {
        return DeliveryRuntime.get()
                .index()
                .row(registry, model)
                .filter(row -> known(row).isPresent())
                .flatMap(row -> DeliveryRuntime.get().index().open(registry, model))
                .map(this::of);
    }

    private static Stream<RecordRow> allRows() {
        return DeliveryRuntime.get().index().rows().stream();
    }

    private Optional<KnownModel> known(RecordRow row) {
        boolean here = scope.isEmpty() || row.newest().keySet().stream().anyMatch(job -> sees(row, job));
        Optional<Instant> newest = here ? row.newest(jobs) : Optional.empty();
        return newest.map(time -> new KnownModel(row.registry(), row.model(), time));
    }

    /** Whether the user sees an event that this job wrote, and it is one of those that matter. */
    private boolean sees(RecordRow row, String job) {
        return inScope.computeIfAbsent(job, this::isInScope)
                && jobs.test(job)
                && !row.newest().get(job).isBefore(jobs.since(job));
    }

    private boolean isInScope(String job) {
        return ReadableJobs.bearers(job).stream().anyMatch(scope.orElseThrow());
    }

    private ModelRecord of(IndexedRecord record) {
        return new ModelRecord(
                record, jobs, jobs.isAdministrator(), DeliveryRuntime.records(), evidenceAges(), clock());
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
