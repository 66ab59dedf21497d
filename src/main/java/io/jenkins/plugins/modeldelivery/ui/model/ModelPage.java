package io.jenkins.plugins.modeldelivery.ui.model;

import hudson.model.Api;
import hudson.model.ModelObject;
import io.jenkins.plugins.modeldelivery.build.record.ModelRecord;
import io.jenkins.plugins.modeldelivery.engine.history.ModelSummary;
import io.jenkins.plugins.modeldelivery.ui.event.EventView;
import io.jenkins.plugins.modeldelivery.ui.event.Timeline;
import io.jenkins.plugins.modeldelivery.ui.models.FileDownload;
import io.jenkins.plugins.modeldelivery.ui.models.ModelLinks;
import io.jenkins.plugins.modeldelivery.ui.models.PathSegment;
import io.jenkins.plugins.modeldelivery.ui.version.ComparePage;
import io.jenkins.plugins.modeldelivery.ui.version.VersionPage;
import io.jenkins.plugins.modeldelivery.ui.version.VersionTable;
import java.util.List;
import jenkins.security.stapler.StaplerAccessibleType;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.Stapler;
import org.kohsuke.stapler.WebMethod;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;
import org.kohsuke.stapler.verb.GET;

/** One model, as the user may see it for whom the page was made. */
@StaplerAccessibleType
@ExportedBean
public final class ModelPage implements ModelObject {
    private final ModelRecord record;
    private ModelSummary summary;

    public ModelPage(ModelRecord record) {
        this.record = record;
    }

    /** Read once a request. */
    private ModelSummary summary() {
        if (summary == null) {
            summary = record.summary();
        }
        return summary;
    }

    @Exported
    public String getRegistry() {
        return record.registry();
    }

    @Exported
    public String getModel() {
        return record.model();
    }

    /** Of this page, relative to Jenkins' root. */
    @Exported
    public String getPath() {
        return ModelLinks.model(getRegistry(), getModel());
    }

    @Exported
    public ModelStateView getState() {
        return new ModelStateView(summary(), WaitingView.all());
    }

    /** A page of them, as the request has it; to be asked for once in a page. */
    public VersionTable getVersionList() {
        return new VersionTable(record, summary(), Stapler.getCurrentRequest2());
    }

    /** A page of them, as the request has it; to be asked for once in a page. */
    public Timeline getTimeline() {
        return new Timeline(record, Stapler.getCurrentRequest2());
    }

    @Exported
    public List<VersionTable.Line> getVersions() {
        return getVersionList().getLines();
    }

    /** Null if there are none. */
    @Exported
    public String getOlderVersions() {
        return getVersionList().getOlder();
    }

    @Exported
    public List<EventView> getEvents() {
        return getTimeline().getEvents();
    }

    /** Null if there are none. */
    @Exported
    public String getOlderEvents() {
        return getTimeline().getOlder();
    }

    public Api getApi() {
        return new Api(this);
    }

    /** Bound to {@code version/<version>}; null, which is answered with 404, if the user may know nothing of it. */
    public VersionPage getVersion(String part) {
        return record.story(PathSegment.decode(part))
                .map(story -> new VersionPage(record, story))
                .orElse(null);
    }

    public ComparePage getCompare() {
        return new ComparePage(record);
    }

    public ProductionPage getAt() {
        return new ProductionPage(record);
    }

    public RecordVerificationPage getVerification() {
        return new RecordVerificationPage(record);
    }

    public ModelRollback getRollback() {
        return new ModelRollback(record);
    }

    /** All events that the user may see. */
    @GET
    @WebMethod(name = "export.json")
    public HttpResponse doExportJson() {
        record.checkReadable();
        return FileDownload.json(record);
    }

    /** The numbers of all versions that the user may see. */
    @GET
    @WebMethod(name = "export.csv")
    public HttpResponse doExportCsv() {
        record.checkReadable();
        return FileDownload.csv(record);
    }

    @Override
    public String getDisplayName() {
        return getModel();
    }
}
