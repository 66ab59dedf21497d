package io.jenkins.plugins.modeldelivery.configuration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.ExtensionPoint;
import io.jenkins.plugins.modeldelivery.configuration.connection.Connection;
import io.jenkins.plugins.modeldelivery.configuration.connection.CredentialSource;
import io.jenkins.plugins.modeldelivery.configuration.form.FormChecks;
import io.jenkins.plugins.modeldelivery.configuration.form.NameLimitLines;
import io.jenkins.plugins.modeldelivery.engine.registry.ModelRegistry;
import org.kohsuke.stapler.DataBoundSetter;

/** A model registry under the name that jobs use. */
public abstract class RegistryConfiguration extends NamedConfiguration<RegistryConfiguration>
        implements ExtensionPoint {
    private boolean defaultRegistry;
    private String models = "";

    protected RegistryConfiguration(String name) {
        super(name);
    }

    @Override
    protected Object readResolve() {
        super.readResolve();
        models = FormChecks.text(models);
        return this;
    }

    public boolean isDefaultRegistry() {
        return defaultRegistry;
    }

    @DataBoundSetter
    public void setDefaultRegistry(boolean defaultRegistry) {
        this.defaultRegistry = defaultRegistry;
    }

    /** Which models items may register, gate and promote, one pattern of items a line; empty: all of them, all models. */
    public String getModels() {
        return models;
    }

    @DataBoundSetter
    public void setModels(String models) {
        this.models = FormChecks.text(models);
    }

    @Override
    ObjectNode rule() {
        ObjectNode rule = super.rule();
        rule.set("models", NameLimitLines.json(models));
        return rule;
    }

    @Override
    void check() {
        super.check();
        NameLimitLines.parse(models);
    }

    @Override
    boolean isMarked() {
        return defaultRegistry;
    }

    /**
     * @throws io.jenkins.plugins.modeldelivery.engine.model.DeliveryException INVALID_INPUT if the configuration or the
     *     credentials cannot be used
     */
    public abstract Connection<ModelRegistry> connection(CredentialSource credentials);
}
