package io.jenkins.plugins.modeldelivery.steps;

import com.fasterxml.jackson.databind.JsonNode;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** What a step returns that did something with one version. */
public abstract class VersionResult extends DeliveryResult {
    private static final long serialVersionUID = 1L;

    VersionResult(JsonNode result) {
        super(result);
    }

    /** The registered model. */
    @Whitelisted
    public String getName() {
        return text("name");
    }

    /** The version. */
    @Whitelisted
    public String getVersion() {
        return text("version");
    }

    /** The configured name of the registry. */
    @Whitelisted
    public String getRegistry() {
        return text("registry");
    }
}
