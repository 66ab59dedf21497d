package io.jenkins.plugins.modeldelivery.ui.models;

import hudson.Extension;
import hudson.model.RootAction;
import io.jenkins.plugins.modeldelivery.build.record.ModelRecords;
import io.jenkins.plugins.modeldelivery.ui.model.ModelPage;
import jenkins.security.stapler.StaplerAccessibleType;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;

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

    /** Leads to the models of one registry. Has no page or property, since any word may be the name of a model. */
    @StaplerAccessibleType
    public static final class RegistryModelsLink {
        private final String registry;

        RegistryModelsLink(String registry) {
            this.registry = registry;
        }

        /** Null, which is answered with 404, for what the user may know nothing of as for what is not there. */
        public ModelPage getDynamic(String part, StaplerRequest2 request, StaplerResponse2 response) {
            return ModelRecords.all()
                    .find(registry, PathSegment.decode(part))
                    .map(ModelPage::new)
                    .orElse(null);
        }
    }
}
