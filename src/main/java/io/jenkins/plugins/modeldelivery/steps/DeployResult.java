package io.jenkins.plugins.modeldelivery.steps;

import com.fasterxml.jackson.databind.JsonNode;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** What {@code deployModel} returns. */
public final class DeployResult extends VersionResult {
    private static final long serialVersionUID = 1L;

    DeployResult(JsonNode result) {
        super(result);
    }

    /** The configured name of the serving target. */
    @Whitelisted
    public String getTarget() {
        return text("target");
    }

    /** The name under which clients ask. */
    @Whitelisted
    public String getEndpoint() {
        return text("endpoint");
    }

    /** live. */
    @Whitelisted
    public String getState() {
        return text("state");
    }

    /** Whether something was rolled out: not if the endpoint served the version already. */
    @Whitelisted
    public boolean isChanged() {
        return node().path("changed").asBoolean();
    }
}
