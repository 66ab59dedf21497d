package io.jenkins.plugins.modeldelivery.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.modeldelivery.engine.model.Json;
import java.util.Locale;
import java.util.Map;

/**
 * Which of the plugin's threads the next piece of an operation's work runs on. What moves the bytes of a model never takes the
 * threads of short calls, uploads never those of rollouts, and calls to one server never take all of these.
 *
 * @param server that is called, with what it is; empty for work that calls none
 */
public record Lane(Kind kind, String server) {
    /** For what ends a step, and calls nobody. */
    public static final Lane OWN_WORK = new Lane(Kind.CALLS, "");

    /** For what was stopped: it waits behind nobody. */
    public static final Lane STOPPING = new Lane(Kind.STOPS, "");

    private static final String STATE = "state";
    /** In these states the engine's operations move files. */
    private static final Map<String, Kind> MOVING_FILES = Map.of("uploading", Kind.UPLOADS, "applying", Kind.DOWNLOADS);

    /** Kinds of work, each with threads of its own. */
    public enum Kind {
        CALLS,
        UPLOADS,
        DOWNLOADS,
        STOPS
    }

    /** Of an operation that has not begun: for a registration it hashes the files of the model, where they are. */
    public static Lane beginning(Verb verb) {
        return verb == Verb.REGISTER || verb == Verb.DELIVER ? new Lane(Kind.UPLOADS, "") : OWN_WORK;
    }

    /**
     * @param request of the operation, with the names of registry and target
     * @param journal how far it has come; empty if it has just begun
     */
    static Lane of(Verb verb, JsonNode request, JsonNode journal) {
        String state = journal.path(STATE).asText();
        if (verb == Verb.DELIVER) {
            return ofPart(request, journal, state);
        }
        if (MOVING_FILES.containsKey(state)) {
            return new Lane(MOVING_FILES.get(state), "");
        }
        boolean served = verb == Verb.DEPLOY && !state.isEmpty() && !state.equals("new");
        String server = served
                ? "target " + request.path("target").asText()
                : "registry " + request.path("registry").asText();
        return new Lane(Kind.CALLS, server);
    }

    /** Of a delivery, whose state is the verb that it has come to. */
    private static Lane ofPart(JsonNode request, JsonNode journal, String state) {
        JsonNode register = request.path("register");
        String registry =
                (register.isObject() ? register : request).path("registry").asText();
        for (Verb part : Verb.values()) {
            String key = part.name().toLowerCase(Locale.ROOT);
            if (part != Verb.DELIVER && key.equals(state)) {
                return of(
                        part,
                        Json.object()
                                .put("registry", registry)
                                .put(
                                        "target",
                                        request.path("deploy").path("target").asText()),
                        journal.path(key));
            }
        }
        return new Lane(Kind.CALLS, "registry " + registry);
    }
}
