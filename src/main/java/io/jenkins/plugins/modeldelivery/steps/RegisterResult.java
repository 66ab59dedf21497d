package io.jenkins.plugins.modeldelivery.steps;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** What {@code registerModel} returns: the version that was registered. */
public final class RegisterResult extends VersionResult {
    private static final long serialVersionUID = 1L;

    RegisterResult(JsonNode result) {
        super(result);
    }

    /** As other tools name it, such as models:/churn/7. */
    @Whitelisted
    public String getUri() {
        return text("uri");
    }

    /** Its page at the registry, if that has one. */
    @Whitelisted
    public String getUrl() {
        return text("url");
    }

    /** Content digest, sha256:…; null where the files did not pass through our hands. */
    @Whitelisted
    public String getDigest() {
        return text("digest");
    }

    /** When, in ISO 8601. */
    @Whitelisted
    public String getCreated() {
        return text("created");
    }

    /** Values by name, with {slice} where there is one. */
    @Whitelisted
    public Map<String, Object> getMetrics() {
        return map(node().path("metrics"));
    }
}
