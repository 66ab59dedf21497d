package io.jenkins.plugins.modeldelivery.configuration.casc;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.Extension;
import io.jenkins.plugins.modeldelivery.configuration.GateConfiguration;
import io.jenkins.plugins.modeldelivery.configuration.GateSection;
import java.util.List;

/** The section {@code gates}. */
@Extension(optional = true)
public final class GateSectionConfigurator extends SectionConfigurator<GateConfiguration> {
    public GateSectionConfigurator() {
        super(GateSection.class);
    }

    @Override
    Object read(JsonNode json) {
        return GateSection.read(json);
    }

    @Override
    JsonNode write(List<GateConfiguration> elements) {
        return GateSection.write(elements);
    }
}
