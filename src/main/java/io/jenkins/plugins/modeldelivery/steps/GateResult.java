package io.jenkins.plugins.modeldelivery.steps;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** What {@code gateOnMetrics} returns, if it returns. */
public final class GateResult extends DeliveryResult {
    private static final long serialVersionUID = 1L;

    GateResult(JsonNode result) {
        super(result);
    }

    /** PASSED, FAILED or INCONCLUSIVE. */
    @Whitelisted
    public String getVerdict() {
        return text("verdict");
    }

    /** Whether the verdict is PASSED. */
    @Whitelisted
    public boolean isPassed() {
        return "PASSED".equals(getVerdict());
    }

    /** The version, such as churn/7. */
    @Whitelisted
    public String getModel() {
        return text("model");
    }

    /** The whole report: verdict, gateDigest, and checks with value, baseline, bound, margin and reason. */
    @Whitelisted
    public Map<String, Object> getReport() {
        return map(node());
    }
}
