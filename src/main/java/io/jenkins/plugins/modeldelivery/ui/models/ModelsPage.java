package io.jenkins.plugins.modeldelivery.ui.models;

import hudson.Extension;
import hudson.model.RootAction;
import io.jenkins.plugins.modeldelivery.build.record.ModelRecords;

/** All models that the user may know of. */
@Extension
public final class ModelsPage extends ModelListPage implements RootAction {
    @Override
    ModelRecords records() {
        return ModelRecords.all();
    }

    @Override
    public String getFolder() {
        return null;
    }

    /** Bound to {@code registry/<registry>}; never null, so that nothing is told of which registries there are. */
    public RegistryModelsLink getRegistry(String part) {
        return new RegistryModelsLink(PathSegment.decode(part));
    }
}
