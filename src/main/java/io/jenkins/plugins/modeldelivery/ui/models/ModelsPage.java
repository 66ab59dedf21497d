package io.jenkins.plugins.modeldelivery.ui.models;

import hudson.Extension;
import hudson.model.RootAction;
import io.jenkins.plugins.modeldelivery.run.KnownModel;
import io.jenkins.plugins.modeldelivery.run.ModelRecords;
import io.jenkins.plugins.modeldelivery.ui.Icons;
import java.util.List;

/** The models that the user may know of. */
@Extension
public final class ModelsPage implements RootAction {
    /** Sorted by model, then registry. */
    public List<KnownModel> getRows() {
        return ModelRecords.all().known();
    }

    /** Bound to {@code registry/<registry>}; never null, so that nothing is told of which registries there are. */
    public RegistryModels getRegistry(String part) {
        return new RegistryModels(PathName.decode(part));
    }

    /** Where the page of a model is, relative to Jenkins' root. */
    public String link(KnownModel row) {
        return Links.model(row.registry(), row.model());
    }

    @Override
    public String getIconFileName() {
        return Icons.MODELS;
    }

    @Override
    public String getDisplayName() {
        return "Models";
    }

    @Override
    public String getUrlName() {
        return "models";
    }
}
