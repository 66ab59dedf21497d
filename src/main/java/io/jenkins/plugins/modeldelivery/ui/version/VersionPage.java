package io.jenkins.plugins.modeldelivery.ui.version;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.Api;
import hudson.model.ModelObject;
import io.jenkins.plugins.modeldelivery.build.record.ModelRecord;
import io.jenkins.plugins.modeldelivery.engine.history.AliasAssignment;
import io.jenkins.plugins.modeldelivery.engine.history.EventDetails;
import io.jenkins.plugins.modeldelivery.engine.history.PromotionAttempt;
import io.jenkins.plugins.modeldelivery.engine.history.Provenance;
import io.jenkins.plugins.modeldelivery.engine.history.VersionStory;
import io.jenkins.plugins.modeldelivery.engine.record.Event;
import io.jenkins.plugins.modeldelivery.ui.RuleLine;
import io.jenkins.plugins.modeldelivery.ui.StatusMark;
import io.jenkins.plugins.modeldelivery.ui.Timestamps;
import io.jenkins.plugins.modeldelivery.ui.gate.GateTable;
import io.jenkins.plugins.modeldelivery.ui.models.FileDownload;
import io.jenkins.plugins.modeldelivery.ui.models.LabeledValue;
import io.jenkins.plugins.modeldelivery.ui.models.ModelLinks;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jenkins.security.stapler.StaplerAccessibleType;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.WebMethod;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;
import org.kohsuke.stapler.verb.GET;

/** Who let a version in: its whole story on one page that can be printed. */
@StaplerAccessibleType
@ExportedBean
public final class VersionPage implements ModelObject {
    private final ModelRecord record;
    private final VersionStory story;

    public VersionPage(ModelRecord record, VersionStory story) {
        this.record = record;
        this.story = story;
    }

    @Exported
    public String getModel() {
        return story.model();
    }

    @Exported
    public String getRegistry() {
        return story.registry();
    }

    @Exported
    public String getVersion() {
        return story.version();
    }

    /** Of the model's page, relative to Jenkins' root. */
    public String getModelPath() {
        return ModelLinks.model(story.registry(), story.model());
    }

    public String getPrinted() {
        return Timestamps.text(record.now());
    }

    /** Null if no registration is known. */
    @Exported
    public EventStatement getRegistered() {
        return story.registration()
                .map(event -> new EventStatement(Messages.VersionPage_registeredAsVersion(story.version()), event))
                .orElse(null);
    }

    /** Where it comes from; empty if no registration is known. */
    @Exported
    public List<LabeledValue> getOrigin() {
        List<LabeledValue> facts = new ArrayList<>();
        story.registration().ifPresent(event -> {
            Provenance from = Provenance.of(event);
            add(facts, "Commit", from.commit(), true);
            add(facts, "Branch", from.branch(), false);
            add(facts, "Dataset", from.dataset(), false);
            add(facts, Messages.VersionPage_datasetDigest(), from.datasetDigest(), true);
            add(facts, Messages.VersionPage_contentDigest(), event.draft().digest(), true);
            add(facts, "Size", EventDetails.text(event, "size").map(size -> Messages.VersionPage_bytes(size)), false);
            add(facts, Messages.VersionPage_nameInTheRegistry(), EventDetails.text(event, "uri"), true);
            add(facts, "Description", EventDetails.text(event, "description"), false);
            story.tags()
                    .forEach(
                            (name, value) -> facts.add(new LabeledValue(Messages.VersionPage_tag(name), value, false)));
            story.parameters()
                    .forEach((name, value) ->
                            facts.add(new LabeledValue(Messages.VersionPage_parameter(name), value, false)));
        });
        return facts;
    }

    private static void add(List<LabeledValue> facts, String name, Optional<String> value, boolean code) {
        value.ifPresent(text -> facts.add(new LabeledValue(name, text, code)));
    }

    @Exported
    public List<LabeledValue> getMetrics() {
        return story.metrics().entrySet().stream()
                .map(metric ->
                        new LabeledValue(metric.getKey(), metric.getValue().toString(), false))
                .toList();
    }

    @Exported
    public List<GateView> getGates() {
        return story.gates().stream().map(GateView::of).toList();
    }

    @Exported
    public List<AttemptView> getAdmissions() {
        return story.admissions().stream().map(AttemptView::of).toList();
    }

    @Exported
    public List<EventStatement> getTenures() {
        return story.tenures().stream().flatMap(tenure -> said(tenure).stream()).toList();
    }

    private static List<EventStatement> said(AliasAssignment tenure) {
        List<EventStatement> said = new ArrayList<>();
        said.add(new EventStatement(
                tenure.replaced()
                        .map(other -> Messages.VersionPage_becameInPlaceOf(tenure.alias(), other))
                        .orElseGet(() -> Messages.VersionPage_becameFirst(tenure.alias())),
                tenure.begin()));
        tenure.end()
                .ifPresent(end -> said.add(new EventStatement(
                        tenure.replacedBy()
                                .map(other -> Messages.VersionPage_replacedAsByVersion(tenure.alias(), other))
                                .orElse(Messages.VersionPage_noLongerTheAliasWas(tenure.alias())),
                        end)));
        return said;
    }

    @Exported
    public List<EventStatement> getRollouts() {
        return story.rollouts().stream().map(EventStatement::of).toList();
    }

    @Exported
    public boolean isComplete() {
        return story.complete();
    }

    public int getLimit() {
        return VersionStory.LIMIT;
    }

    /** The model card of this version. */
    @GET
    @WebMethod(name = "card.md")
    public HttpResponse doCard() {
        record.checkReadable();
        return FileDownload.card(story);
    }

    public Api getApi() {
        return new Api(this);
    }

    @Override
    public String getDisplayName() {
        return story.model() + "/" + story.version();
    }

    /**
     * A gate's report.
     *
     * @param report null if this release cannot read it
     */
    @ExportedBean(defaultVisibility = 2)
    public record GateView(
            @Exported EventStatement said,
            @Exported GateTable report,
            StatusMark mark,
            @Exported String digest) {
        private static GateView of(Event event) {
            JsonNode report = event.draft().details();
            return new GateView(
                    EventStatement.of(event),
                    GateTable.of(report).orElse(null),
                    StatusMark.ofVerdict(report.path("verdict").asText()),
                    report.path("gateDigest").asText());
        }
    }

    /**
     * How a version came by an alias, or did not.
     *
     * @param policyDigest null if no policy decided
     */
    @ExportedBean(defaultVisibility = 2)
    public record AttemptView(
            @Exported EventStatement said,
            @Exported String requester,
            @Exported String policyDigest,
            @Exported List<RuleLine> rules,
            @Exported List<EventStatement> votes) {
        private static AttemptView of(PromotionAttempt attempt) {
            return new AttemptView(
                    EventStatement.of(attempt.outcome()),
                    attempt.requester(),
                    attempt.policyDigest().orElse(null),
                    RuleLine.of(attempt.rules()),
                    attempt.votes().stream().map(EventStatement::of).toList());
        }
    }
}
