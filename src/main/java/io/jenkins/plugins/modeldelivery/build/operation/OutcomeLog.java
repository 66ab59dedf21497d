package io.jenkins.plugins.modeldelivery.build.operation;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.Run;
import hudson.model.TaskListener;
import java.util.Set;

/** The last lines of an operation in a build's log: why not, and where to look. */
public final class OutcomeLog {
    private OutcomeLog() {}

    public static void print(Outcome outcome, Run<?, ?> run, TaskListener listener) {
        BuildLog log = new BuildLog(() -> listener, Set::of);
        outcome.refusal().ifPresent(why -> log.labelled("refused", outcome.message()));
        JsonNode registered =
                outcome.type() == OperationType.DELIVER ? outcome.result().path("register") : outcome.result();
        if (registered.hasNonNull("url")) {
            log.link(
                    "registry",
                    registered.path("url").asText(),
                    registered.path("uri").asText());
        }
        log.page(run);
    }
}
