package io.jenkins.plugins.modeldelivery.ui.models;

import hudson.model.Api;
import hudson.model.ModelObject;
import io.jenkins.plugins.modeldelivery.engine.history.Details;
import io.jenkins.plugins.modeldelivery.engine.history.Provenance;
import io.jenkins.plugins.modeldelivery.engine.history.Tenure;
import io.jenkins.plugins.modeldelivery.engine.history.VersionStory;
import io.jenkins.plugins.modeldelivery.engine.model.Tags;
import io.jenkins.plugins.modeldelivery.run.ModelRecord;
import io.jenkins.plugins.modeldelivery.ui.Times;
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

    VersionPage(ModelRecord record, VersionStory story) {
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
        return Links.model(story.registry(), story.model());
    }

    public String getPrinted() {
        return Times.text(record.now());
    }

    /** Null if no registration is known. */
    @Exported
    public Said getRegistered() {
        return story.registration()
                .map(event -> new Said("Registered as version " + story.version(), event))
                .orElse(null);
    }

    /** Where it comes from; empty if no registration is known. */
    @Exported
    public List<Fact> getOrigin() {
        List<Fact> facts = new ArrayList<>();
        story.registration().ifPresent(event -> {
            Provenance from = Provenance.of(event);
            add(facts, "Commit", from.commit(), true);
            add(facts, "Branch", from.branch(), false);
            add(facts, "Data set", from.dataset(), false);
            add(facts, "Digest of the data", from.datasetDigest(), true);
            add(facts, "Digest of the model's files", event.draft().digest(), true);
            add(facts, "Size", Details.text(event, "size").map(size -> size + " bytes"), false);
            add(facts, "Name in the registry", Details.text(event, "uri"), true);
            add(facts, "Description", Details.text(event, "description"), false);
            Details.texts(event, "tags").forEach((name, value) -> {
                if (!name.startsWith(Tags.PREFIX)) {
                    facts.add(new Fact("Tag " + name, value, false));
                }
            });
            Details.texts(event, "parameters")
                    .forEach((name, value) -> facts.add(new Fact("Parameter " + name, value, false)));
        });
        return facts;
    }

    private static void add(List<Fact> facts, String name, Optional<String> value, boolean code) {
        value.ifPresent(text -> facts.add(new Fact(name, text, code)));
    }

    @Exported
    public List<Fact> getMetrics() {
        return story.metrics().values().entrySet().stream()
                .map(metric -> new Fact(metric.getKey(), metric.getValue().toString(), false))
                .toList();
    }

    @Exported
    public List<GateSheet> getGates() {
        return story.gates().stream().map(GateSheet::new).toList();
    }

    @Exported
    public List<AdmissionView> getAdmissions() {
        return story.admissions().stream().map(AdmissionView::new).toList();
    }

    @Exported
    public List<Said> getTenures() {
        return story.tenures().stream().flatMap(tenure -> said(tenure).stream()).toList();
    }

    private static List<Said> said(Tenure tenure) {
        List<Said> said = new ArrayList<>();
        said.add(new Said(
                "Became " + tenure.alias()
                        + tenure.replaced()
                                .map(other -> " in place of version " + other)
                                .orElse("; no version bore it before"),
                tenure.begin()));
        tenure.end()
                .ifPresent(end -> said.add(new Said(
                        tenure.replacedBy()
                                .map(other -> "Replaced as " + tenure.alias() + " by version " + other)
                                .orElse("No longer " + tenure.alias() + "; no version was put in its place"),
                        end)));
        return said;
    }

    @Exported
    public List<Said> getRollouts() {
        return story.rollouts().stream().map(Said::of).toList();
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
        return Download.card(story);
    }

    public Api getApi() {
        return new Api(this);
    }

    @Override
    public String getDisplayName() {
        return story.model() + "/" + story.version();
    }
}
