package io.jenkins.plugins.modeldelivery.builders;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.EnvVars;
import hudson.model.EnvironmentContributingAction;
import hudson.model.InvisibleAction;
import hudson.model.Run;
import io.jenkins.plugins.modeldelivery.build.operation.Outcome;
import io.jenkins.plugins.modeldelivery.engine.model.ModelRef;
import java.util.Map;
import java.util.TreeMap;

/** What a freestyle build's delivery has come to, as variables for the build steps after it. */
public final class DeliveryVariables extends InvisibleAction implements EnvironmentContributingAction {
    static final String NAME = "MODEL_NAME";
    static final String VERSION = "MODEL_VERSION";
    static final String REGISTRY = "MODEL_REGISTRY";

    private final TreeMap<String, String> variables = new TreeMap<>();

    /** Adds what an operation has come to. What was said of another version is forgotten. */
    static void add(Run<?, ?> run, Outcome outcome) {
        DeliveryVariables present = run.getAction(DeliveryVariables.class);
        DeliveryVariables next = new DeliveryVariables();
        if (present != null) {
            next.variables.putAll(present.variables);
        }
        JsonNode result = outcome.result();
        switch (outcome.type()) {
            case REGISTER -> next.registered(result);
            case GATE -> next.gated(result);
            case PROMOTE -> next.promoted(result);
            case DEPLOY -> next.deployed(result);
            case DELIVER -> {
                next.registered(result.path("register"));
                next.gated(result.path("gate"));
                next.promoted(result.path("promote"));
                next.deployed(result.path("deploy"));
            }
        }
        run.addOrReplaceAction(next);
    }

    private void registered(JsonNode result) {
        version(result);
        put("MODEL_URI", result.path("uri"));
        put("MODEL_URL", result.path("url"));
        put("MODEL_DIGEST", result.path("digest"));
    }

    private void gated(JsonNode result) {
        if (result.hasNonNull("model")) {
            ModelRef model = ModelRef.parse(result.path("model").asText());
            about(model.name(), model.version().orElse(""));
        }
        put("GATE_VERDICT", result.path("verdict"));
    }

    private void promoted(JsonNode result) {
        version(result);
        put("MODEL_ALIAS", result.path("alias"));
    }

    private void deployed(JsonNode result) {
        version(result);
        put("MODEL_ENDPOINT", result.path("endpoint"));
    }

    private void version(JsonNode result) {
        if (result.hasNonNull("name") && result.hasNonNull("version")) {
            about(result.path("name").asText(), result.path("version").asText());
            put(REGISTRY, result.path("registry"));
        }
    }

    private void about(String name, String version) {
        boolean same = name.equals(variables.get(NAME)) && version.equals(variables.get(VERSION));
        if (!same) {
            variables.clear();
            variables.put(NAME, name);
            variables.put(VERSION, version);
        }
    }

    private void put(String variable, JsonNode value) {
        if (value.isValueNode() && !value.isNull()) {
            variables.put(variable, value.asText());
        }
    }

    /** By name; for scripts that look at builds. */
    public Map<String, String> variables() {
        return Map.copyOf(variables);
    }

    @Override
    public void buildEnvironment(Run<?, ?> run, EnvVars env) {
        env.putAll(variables);
    }
}
