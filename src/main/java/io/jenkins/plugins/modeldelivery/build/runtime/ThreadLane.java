package io.jenkins.plugins.modeldelivery.build.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.modeldelivery.build.operation.OperationType;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import java.util.Map;

/**
 * Which of the plugin's threads the next piece of an operation's work runs on. What moves the bytes of a model never takes the
 * threads of short calls, uploads never those of rollouts, and calls to one server never take all of these.
 *
 * @param server that is called, with what it is; empty for work that calls none
 */
public record ThreadLane(Kind kind, String server) {
    /** For what ends a step, and calls nobody. */
    public static final ThreadLane OWN_WORK = new ThreadLane(Kind.CALLS, "");

    /** For what was stopped: it waits behind nobody. */
    public static final ThreadLane STOPPING = new ThreadLane(Kind.STOPS, "");

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
    public static ThreadLane beginning(OperationType type) {
        return type == OperationType.REGISTER || type == OperationType.DELIVER
                ? new ThreadLane(Kind.UPLOADS, "")
                : OWN_WORK;
    }

    /**
     * @param request of the operation, with the names of registry and target
     * @param journal how far it has come; empty if it has just begun
     */
    public static ThreadLane of(OperationType type, JsonNode request, JsonNode journal) {
        String state = journal.path(STATE).asText();
        if (type == OperationType.DELIVER) {
            return ofPart(request, journal, state);
        }
        if (MOVING_FILES.containsKey(state)) {
            return new ThreadLane(MOVING_FILES.get(state), "");
        }
        boolean served = type == OperationType.DEPLOY && !state.isEmpty() && !state.equals("new");
        String server = served
                ? "target " + request.path("target").asText()
                : "registry " + request.path("registry").asText();
        return new ThreadLane(Kind.CALLS, server);
    }

    /** Of a delivery, whose state is the operation that it has come to. */
    private static ThreadLane ofPart(JsonNode request, JsonNode journal, String state) {
        JsonNode register = request.path("register");
        String registry =
                (register.isObject() ? register : request).path("registry").asText();
        for (OperationType part : OperationType.values()) {
            String key = part.key();
            if (part != OperationType.DELIVER && key.equals(state)) {
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
        return new ThreadLane(Kind.CALLS, "registry " + registry);
    }
}
