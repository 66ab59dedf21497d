package io.jenkins.plugins.modeldelivery.ui.trend;

import hudson.model.Api;
import hudson.model.Job;
import io.jenkins.plugins.modeldelivery.build.record.ModelRecord;
import io.jenkins.plugins.modeldelivery.build.record.ModelRecords;
import io.jenkins.plugins.modeldelivery.build.record.VisibleModel;
import io.jenkins.plugins.modeldelivery.engine.history.MetricTrend;
import io.jenkins.plugins.modeldelivery.engine.record.Event;
import io.jenkins.plugins.modeldelivery.engine.record.EventPage;
import io.jenkins.plugins.modeldelivery.engine.record.EventQuery;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** The trend of one model as one request asked for it. Callers must check first that the job may be read. */
@ExportedBean
public final class TrendPage {
    /** So many series of the whole data are shown to who has not chosen. */
    private static final int UNCHOSEN = 3;

    private static final List<Integer> LIMITS = List.of(20, 50, 200, TrendQuery.MOST);

    private final Job<?, ?> job;
    private final int limit;
    private final List<VisibleModel> models;
    private final Optional<VisibleModel> model;
    private final boolean more;
    private final MetricTrend trend;
    private final Set<String> shown;

    private TrendPage(Job<?, ?> job, TrendQuery question, List<VisibleModel> models, Optional<VisibleModel> model) {
        this.job = job;
        this.limit = question.limit();
        this.models = models;
        this.model = model;
        Optional<ModelRecord> record = model.flatMap(known -> ModelRecords.all().find(known.registry(), known.model()));
        EventPage gates = record.map(
                        found -> found.page(found.query(job).types(MetricTrend.GATES), OptionalLong.empty(), limit))
                .orElseGet(() -> new EventPage(List.of(), OptionalLong.empty()));
        this.more = gates.older().isPresent();
        this.trend = MetricTrend.of(gates.events(), outcomes(record, gates.events()));
        this.shown = shown(trend.series(), question.series());
    }

    /** @throws HttpResponses.HttpResponseException 404 if the user knows of no such model that the job has to do with */
    static TrendPage of(Job<?, ?> job, TrendQuery question) {
        List<VisibleModel> models = ModelRecords.of(job).known();
        boolean asked = !question.registry().isEmpty() || !question.model().isEmpty();
        Optional<VisibleModel> model = models.stream()
                .filter(known ->
                        question.registry().isEmpty() || question.registry().equals(known.registry()))
                .filter(known -> question.model().isEmpty() || question.model().equals(known.model()))
                .max(Comparator.comparing(VisibleModel::newest));
        if (asked && model.isEmpty()) {
            throw HttpResponses.errorWithoutStack(404, Messages.TrendPage_thisJobHasNotDelivered());
        }
        return new TrendPage(job, question, models, model);
    }

    /** Of the time since the oldest of the gates. */
    private static List<Event> outcomes(Optional<ModelRecord> record, List<Event> gates) {
        List<Event> outcomes = new ArrayList<>();
        if (record.isPresent() && !gates.isEmpty()) {
            EventQuery since =
                    record.get().query().from(gates.get(gates.size() - 1).time());
            Set<String> versions = gates.stream()
                    .flatMap(gate -> gate.draft().version().stream())
                    .collect(Collectors.toSet());
            record.get().each(since.types(MetricTrend.OUTCOMES).versions(versions), outcomes::add);
            record.get().each(since.types(MetricTrend.ROLLBACKS), outcomes::add);
        }
        return outcomes;
    }

    private static Set<String> shown(List<MetricTrend.Series> series, Set<String> chosen) {
        Set<String> known = series.stream()
                .map(MetricTrend.Series::name)
                .filter(chosen::contains)
                .collect(Collectors.toSet());
        if (!known.isEmpty()) {
            return known;
        }
        boolean whole = series.stream().anyMatch(MetricTrend.Series::whole);
        return series.stream()
                .filter(one -> one.whole() || !whole)
                .limit(UNCHOSEN)
                .map(MetricTrend.Series::name)
                .collect(Collectors.toSet());
    }

    public Job<?, ?> getJob() {
        return job;
    }

    public String getDisplayName() {
        return Messages.TrendPage_modelMetrics();
    }

    /** Configured name; null if the job has delivered no model. */
    @Exported
    public String getRegistry() {
        return model.map(VisibleModel::registry).orElse(null);
    }

    /** Null if the job has delivered none. */
    @Exported
    public String getModel() {
        return model.map(VisibleModel::model).orElse(null);
    }

    @Exported
    public List<ModelChoice> getModels() {
        return models.stream()
                .map(known -> new ModelChoice(
                        known.registry(), known.model(), Optional.of(known).equals(model)))
                .toList();
    }

    /** How many gates are read at most. */
    @Exported
    public int getLimit() {
        return limit;
    }

    public List<Integer> getLimits() {
        return LIMITS;
    }

    /** Whether there are older gates than were read. */
    @Exported
    public boolean isMore() {
        return more;
    }

    @Exported
    public List<SeriesChoice> getSeries() {
        return trend.series().stream()
                .map(series -> new SeriesChoice(series.name(), series.metric(), shown.contains(series.name())))
                .toList();
    }

    /** The oldest gate first. */
    @Exported
    public List<VersionRow> getVersions() {
        List<MetricTrend.Series> columns = trend.series().stream()
                .filter(series -> shown.contains(series.name()))
                .toList();
        return trend.versions().stream()
                .map(version -> VersionRow.of(version, columns))
                .toList();
    }

    public List<VersionRow> getNewestFirst() {
        List<VersionRow> rows = new ArrayList<>(getVersions());
        Collections.reverse(rows);
        return rows;
    }

    public Api getApi() {
        return new Api(this);
    }

    /**
     * A model that a trend can be of.
     *
     * @param registry configured name
     */
    @ExportedBean(defaultVisibility = 2)
    public record ModelChoice(
            @Exported String registry,
            @Exported String model,
            @Exported boolean shown) {}

    /**
     * What a trend can follow.
     *
     * @param name as checks write it
     * @param metric what is drawn on one scale
     */
    @ExportedBean(defaultVisibility = 2)
    public record SeriesChoice(
            @Exported String name,
            @Exported String metric,
            @Exported boolean shown) {}
}
