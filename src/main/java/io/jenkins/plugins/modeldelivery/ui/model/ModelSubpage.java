package io.jenkins.plugins.modeldelivery.ui.model;

import hudson.model.ModelObject;
import io.jenkins.plugins.modeldelivery.build.record.ModelRecord;
import io.jenkins.plugins.modeldelivery.ui.models.ModelLinks;
import io.jenkins.plugins.modeldelivery.ui.models.QueryParameters;
import org.kohsuke.stapler.Stapler;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A page below a model's. Made for one request, of a user who may know of the model. */
@ExportedBean
public abstract class ModelSubpage implements ModelObject {
    private final ModelRecord record;

    protected ModelSubpage(ModelRecord record) {
        this.record = record;
    }

    protected final ModelRecord record() {
        return record;
    }

    @Exported
    public final String getModel() {
        return record.model();
    }

    /** Of the model's page, relative to Jenkins' root. */
    public final String getModelPath() {
        return ModelLinks.model(record.registry(), record.model());
    }

    /** As the present request has it, without space around it; empty if it has none. */
    protected static String parameter(String name) {
        return QueryParameters.text(Stapler.getCurrentRequest2(), name);
    }
}
