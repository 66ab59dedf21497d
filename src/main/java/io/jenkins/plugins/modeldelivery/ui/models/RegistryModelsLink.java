package io.jenkins.plugins.modeldelivery.ui.models;

import io.jenkins.plugins.modeldelivery.build.record.ModelRecords;
import io.jenkins.plugins.modeldelivery.ui.model.ModelPage;
import jenkins.security.stapler.StaplerAccessibleType;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;

/** Leads to the models of one registry. Has no page or property, since any word may be the name of a model. */
@StaplerAccessibleType
public final class RegistryModelsLink {
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
