package io.jenkins.plugins.modeldelivery.build.record;

import hudson.model.ItemGroup;
import hudson.model.Job;
import io.jenkins.plugins.modeldelivery.build.access.ReadableJobs;
import io.jenkins.plugins.modeldelivery.build.location.JobHistoryListener;
import io.jenkins.plugins.modeldelivery.build.runtime.DeliveryRuntime;
import io.jenkins.plugins.modeldelivery.configuration.ModelDeliveryConfiguration;
import io.jenkins.plugins.modeldelivery.engine.policy.Policy;
import io.jenkins.plugins.modeldelivery.engine.record.RecordSummary;
import io.jenkins.plugins.modeldelivery.engine.record.index.IndexedRecord;
import io.jenkins.plugins.modeldelivery.engine.record.index.RecordIndex;
import io.jenkins.plugins.modeldelivery.engine.record.index.RowOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import jenkins.model.Jenkins;

/**
 * The models that the present user may know of: those of which a job that the user may read has written an event. Made for
 * one request; not thread-safe. Throws {@link io.jenkins.plugins.modeldelivery.engine.model.DeliveryException}.
 */
public final class ModelRecords {
    private final ReadableJobs jobs = new ReadableJobs();

    /** Of the jobs that count, those in whose records is every model that matters. In any order, and some more than once. */
    private final Function<Predicate<String>, Stream<RecordSummary>> rows;

    /** The jobs that a model must have to do with; empty for all models. */
    private final Optional<Predicate<Job<?, ?>>> scope;

    private final Map<String, Boolean> inScope = new HashMap<>();

    private ModelRecords(
            Function<Predicate<String>, Stream<RecordSummary>> rows, Optional<Predicate<Job<?, ?>>> scope) {
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
                ModelRecords::rowsOf, Optional.of(job -> job.getFullName().startsWith(folder)));
    }

    /** As {@link #in}, of one job. */
    public static ModelRecords of(Job<?, ?> only) {
        return of(only, DeliveryRuntime.get().index()::rowsOf);
    }

    private static ModelRecords of(Job<?, ?> only, Function<String, Collection<RecordSummary>> rows) {
        return new ModelRecords(
                counts -> JobHistoryListener.get().earlierNamesOf(only.getFullName()).stream()
                        .flatMap(name -> rows.apply(name).stream()),
                Optional.of(job -> job.getFullName().equals(only.getFullName())));
    }

    public static ModelRecords all() {
        return new ModelRecords(ModelRecords::rowsOf, Optional.empty());
    }

    /** In the order of {@link RowOrder#NAME}. */
    public List<VisibleModel> known() {
        return known("", RowOrder.NAME);
    }

    private List<VisibleModel> known(String search, RowOrder order) {
        String wanted = search.toLowerCase(Locale.ROOT);
        Set<RecordSummary> looked = Collections.newSetFromMap(new IdentityHashMap<>());
        return rows.apply(this::counts)
                .filter(row ->
                        wanted.isEmpty() || row.model().toLowerCase(Locale.ROOT).contains(wanted))
                .filter(looked::add)
                .<VisibleModel>mapMulti((row, next) -> known(row).ifPresent(next))
                .sorted(VisibleModel.in(order))
                .toList();
    }

    /**
     * One page of them. Who may know of all is not asked about each, so that it takes no longer the more there are.
     *
     * @param search what their names contain, in upper or lower case
     * @param wanted page, from 1; of pages that are not there, the nearest is taken
     * @param size of a page, at least 1
     */
    public VisibleModel.Page page(String search, RowOrder order, int wanted, int size) {
        boolean every = search.isEmpty() && scope.isEmpty() && jobs.isAdministrator();
        List<VisibleModel> some = every ? List.of() : known(search, order);
        int total = every ? DeliveryRuntime.get().index().count() : some.size();
        int number = VisibleModel.Page.nearest(wanted, total, size);
        Stream<VisibleModel> all = every
                ? DeliveryRuntime.get().index().rows(order).stream()
                        .map(row -> new VisibleModel(row.registry(), row.model(), row.latest()))
                : some.stream();
        return new VisibleModel.Page(all.skip((number - 1L) * size).limit(size).toList(), total, number, size);
    }

    public boolean any() {
        return rows.apply(this::counts).anyMatch(row -> known(row).isPresent());
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

    /** Where all jobs count, each record once: there may be many that several jobs wrote in. */
    private static Stream<RecordSummary> rowsOf(Predicate<String> counts) {
        RecordIndex index = DeliveryRuntime.get().index();
        Set<String> all = index.jobs();
        return all.stream().allMatch(counts)
                ? index.rows().stream()
                : all.stream().filter(counts).flatMap(job -> index.rowsOf(job).stream());
    }

    /** Whether it matters what the job wrote, if it is not too old. */
    private boolean counts(String job) {
        return (scope.isEmpty() || inScope.computeIfAbsent(job, this::isInScope)) && jobs.test(job);
    }

    private Optional<VisibleModel> known(RecordSummary row) {
        boolean here = scope.isEmpty() || row.newest().keySet().stream().anyMatch(job -> sees(row, job));
        Optional<Instant> newest = here ? row.newest(jobs) : Optional.empty();
        return newest.map(time -> new VisibleModel(row.registry(), row.model(), time));
    }

    /** Whether the user sees an event that this job wrote, and it is one of those that matter. */
    private boolean sees(RecordSummary row, String job) {
        return counts(job) && !row.newest().get(job).isBefore(jobs.since(job));
    }

    private boolean isInScope(String job) {
        return ReadableJobs.jobsNamed(job).stream().anyMatch(scope.orElseThrow());
    }

    private ModelRecord of(IndexedRecord record) {
        return new ModelRecord(
                record,
                jobs,
                jobs.isAdministrator(),
                DeliveryRuntime.records(),
                evidenceAges(),
                DeliveryRuntime.get().clock());
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
