package io.jenkins.plugins.modeldelivery.steps;

import com.fasterxml.jackson.databind.JsonNode;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** What {@code deliverModel} returns: the results of the operations that its file has, null for the others. */
public final class DeliverResult extends DeliveryResult {
    private static final long serialVersionUID = 1L;

    DeliverResult(JsonNode result) {
        super(result);
    }

    /** What was registered. */
    @Whitelisted
    public RegisterResult getRegistered() {
        return has("register") ? new RegisterResult(node().path("register")) : null;
    }

    /** What the gate said. */
    @Whitelisted
    public GateResult getGate() {
        return has("gate") ? new GateResult(node().path("gate")) : null;
    }

    /** What was promoted. */
    @Whitelisted
    public PromoteResult getPromotion() {
        return has("promote") ? new PromoteResult(node().path("promote")) : null;
    }

    /** What was deployed. */
    @Whitelisted
    public DeployResult getDeployment() {
        return has("deploy") ? new DeployResult(node().path("deploy")) : null;
    }

    private boolean has(String type) {
        return node().path(type).isObject();
    }
}
