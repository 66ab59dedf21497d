package io.jenkins.plugins.modeldelivery.build.access;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.Run;
import io.jenkins.plugins.modeldelivery.build.operation.OperationType;
import io.jenkins.plugins.modeldelivery.build.provenance.Requester;
import io.jenkins.plugins.modeldelivery.configuration.ModelDeliveryConfiguration;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;

/** Whether a build may do at all what it is about to do, before anything is done. */
public final class PermissionCheck {
    private final Run<?, ?> run;
    private final Requester requester;
    private final OperationType type;

    public PermissionCheck(Run<?, ?> run, Requester requester, OperationType type) {
        this.run = run;
        this.requester = requester;
        this.type = type;
    }

    /**
     * @param request a section, or a whole delivery
     * @throws DeliveryException DENIED that names the permission or the rule that forbids it
     */
    public void check(JsonNode request) {
        JsonNode promote = section(request, OperationType.PROMOTE, "promote");
        JsonNode register = section(request, OperationType.REGISTER, "register");
        JsonNode deploy = section(request, OperationType.DEPLOY, "deploy");
        if (promote.isObject()) {
            requester.require(ModelDeliveryPermissions.PROMOTE, run);
            checkAlias(promote.path("to"));
        }
        if (register.hasNonNull("alias")) {
            requester.require(ModelDeliveryPermissions.PROMOTE, run);
            checkAlias(register.path("alias"));
        }
        if (deploy.isObject()) {
            requester.require(ModelDeliveryPermissions.DEPLOY, run);
        }
    }

    private JsonNode section(JsonNode request, OperationType its, String name) {
        return type == its ? request : type == OperationType.DELIVER ? request.path(name) : request.path("");
    }

    private void checkAlias(JsonNode alias) {
        if (alias.isTextual()) {
            ModelDeliveryConfiguration.get()
                    .checkAlias(alias.asText(), run.getParent().getFullName());
        }
    }
}
