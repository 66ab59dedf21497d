package io.jenkins.plugins.modeldelivery.ui.models;

import hudson.model.ModelObject;
import io.jenkins.plugins.modeldelivery.run.ModelRecord;
import jenkins.security.stapler.StaplerAccessibleType;

/** One model, as the user may see it for whom the page was made. */
@StaplerAccessibleType
public final class ModelPage implements ModelObject {
    private final ModelRecord record;

    ModelPage(ModelRecord record) {
        this.record = record;
    }

    ModelRecord record() {
        return record;
    }

    public String getRegistry() {
        return record.registry();
    }

    public String getModel() {
        return record.model();
    }

    /** Of this page, relative to Jenkins' root. */
    public String getUrl() {
        return Links.model(getRegistry(), getModel());
    }

    @Override
    public String getDisplayName() {
        return getModel();
    }
}
