package io.jenkins.plugins.modeldelivery.ui.models;

import hudson.model.Action;
import hudson.model.Api;
import io.jenkins.plugins.modeldelivery.build.record.ModelRecords;
import java.util.List;
import org.kohsuke.stapler.Stapler;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A list of models, as far as the user who asks may know of them. */
@ExportedBean
public abstract class ModelListPage implements Action {
    /** Made for the present user; what may be asked for is checked there. */
    abstract ModelRecords records();

    /** The folder to whose jobs the list is limited; null for all of Jenkins. */
    public abstract String getFolder();

    /** As the request has it; to be asked for once in a page. */
    public ModelList getList() {
        return new ModelList(records(), Stapler.getCurrentRequest2());
    }

    /** Of one page, in the order that was asked for. */
    @Exported
    public List<ModelRow> getModels() {
        return getList().getLines();
    }

    /** How many models there are on all pages. */
    @Exported
    public int getTotal() {
        return getList().getTotal();
    }

    /** From 1. */
    @Exported
    public int getPage() {
        return getList().getPage();
    }

    @Exported
    public int getPages() {
        return getList().getPages();
    }

    public Api getApi() {
        return new Api(this);
    }

    @Override
    public String getIconFileName() {
        return "symbol-cube-outline plugin-ionicons-api";
    }

    @Override
    public String getDisplayName() {
        return Messages.ModelListPage_models();
    }

    @Override
    public String getUrlName() {
        return "models";
    }
}
