package io.jenkins.plugins.modeldelivery.run;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.Run;
import io.jenkins.plugins.modeldelivery.configuration.ModelDeliveryConfiguration;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;

/** Whether a build may do at all what it is about to do, before anything is done. */
final class Admission {
    private final Run<?, ?> run;
    private final Requester requester;
    private final Verb verb;

    Admission(Run<?, ?> run, Requester requester, Verb verb) {
        this.run = run;
        this.requester = requester;
        this.verb = verb;
    }

    /**
     * @param request a section, or a whole delivery
     * @throws DeliveryException DENIED that names the permission or the rule that forbids it
     */
    void check(JsonNode request) {
        JsonNode promote = section(request, Verb.PROMOTE, "promote");
        JsonNode register = section(request, Verb.REGISTER, "register");
        JsonNode deploy = section(request, Verb.DEPLOY, "deploy");
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

    private JsonNode section(JsonNode request, Verb its, String name) {
        return verb == its ? request : verb == Verb.DELIVER ? request.path(name) : request.path("");
    }

    private void checkAlias(JsonNode alias) {
        if (alias.isTextual()) {
            ModelDeliveryConfiguration.get()
                    .checkAlias(alias.asText(), run.getParent().getFullName());
        }
    }
}
