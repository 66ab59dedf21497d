package io.jenkins.plugins.modeldelivery.configuration;

import hudson.Extension;
import io.jenkins.plugins.casc.BaseConfigurator;
import io.jenkins.plugins.casc.ConfigurationContext;
import io.jenkins.plugins.casc.ConfiguratorException;
import io.jenkins.plugins.casc.model.Mapping;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;

/** Configuration as Code takes the whole configuration or, with an error anywhere in it, nothing of it. */
@Extension(optional = true)
public final class ModelDeliveryConfigurator extends BaseConfigurator<ModelDeliveryConfiguration> {
    @Override
    public Class<ModelDeliveryConfiguration> getTarget() {
        return ModelDeliveryConfiguration.class;
    }

    @Override
    protected ModelDeliveryConfiguration instance(Mapping mapping, ConfigurationContext context) {
        return ModelDeliveryConfiguration.get();
    }

    @Override
    protected void configure(
            Mapping config, ModelDeliveryConfiguration instance, boolean dryRun, ConfigurationContext context)
            throws ConfiguratorException {
        try {
            instance.change(() -> super.configure(config, instance, dryRun, context));
        } catch (ConfiguratorException e) {
            throw e;
        } catch (DeliveryException e) {
            throw new ConfiguratorException(this, e.getMessage(), e);
        } catch (Exception e) {
            throw new ConfiguratorException(this, "Model Delivery cannot be configured", e);
        }
    }

    // Equal to another of the same target, as the superclass has it.
    @Override
    public boolean equals(Object other) {
        return super.equals(other);
    }

    @Override
    public int hashCode() {
        return super.hashCode();
    }
}
