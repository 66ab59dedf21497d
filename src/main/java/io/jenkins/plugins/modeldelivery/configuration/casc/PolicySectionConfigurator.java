package io.jenkins.plugins.modeldelivery.configuration.casc;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.Extension;
import io.jenkins.plugins.modeldelivery.configuration.PolicyConfiguration;
import io.jenkins.plugins.modeldelivery.configuration.PolicySection;
import java.util.List;

/** The section {@code policies}. */
@Extension(optional = true)
public final class PolicySectionConfigurator extends SectionConfigurator<PolicyConfiguration> {
    public PolicySectionConfigurator() {
        super(PolicySection.class);
    }

    @Override
    Object read(JsonNode json) {
        return PolicySection.read(json);
    }

    @Override
    JsonNode write(List<PolicyConfiguration> elements) {
        return PolicySection.write(elements);
    }
}
