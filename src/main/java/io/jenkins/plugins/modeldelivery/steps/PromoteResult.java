package io.jenkins.plugins.modeldelivery.steps;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** What {@code promoteModel} returns. */
public final class PromoteResult extends VersionResult {
    private static final long serialVersionUID = 1L;

    PromoteResult(JsonNode result) {
        super(result);
    }

    /** The alias. */
    @Whitelisted
    public String getAlias() {
        return text("alias");
    }

    /** The version that had the alias before; null if none did. */
    @Whitelisted
    public String getPrevious() {
        return text("previous");
    }

    /** Whether the alias was moved: not if the version had it already, nor in a dry run. */
    @Whitelisted
    public boolean isChanged() {
        return node().path("changed").asBoolean();
    }

    /** The policy that decided, if one guards the alias. */
    @Whitelisted
    public String getPolicy() {
        return text("policy");
    }

    /** Its rules, with what met or missed each; empty without a policy. */
    @Whitelisted
    public Map<String, Object> getDecision() {
        return map(node().path("decision"));
    }
}
