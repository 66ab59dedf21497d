package io.jenkins.plugins.modeldelivery.build.operation;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.console.HyperlinkNote;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.modeldelivery.engine.http.Redactor;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** The lines of an operation in a build's log: short, aligned, without secrets. */
public final class BuildLog {
    private static final int LABEL = 13;

    private final Supplier<TaskListener> listener;
    private final Supplier<Set<String>> secrets;

    /** @param listener asked for with each line: to open the log of a step is dear, and most ticks say nothing */
    public BuildLog(Supplier<TaskListener> listener, Supplier<Set<String>> secrets) {
        this.listener = listener;
        this.secrets = secrets;
    }

    /** @param line its label, padded, then what is to be said; more lines are indented below it */
    void line(String line) {
        String shown = new Redactor(List.copyOf(secrets.get())).mask(line);
        listener.get().getLogger().println(shown.replace("\n", "\n" + " ".repeat(LABEL)));
    }

    public void labelled(String label, String text) {
        line(String.format("%-" + LABEL + "s%s", label, text));
    }

    /** A link that leads out of Jenkins or, with a path that begins at its root, within it. */
    void link(String label, String url, String text) {
        listener.get()
                .getLogger()
                .println(String.format("%-" + LABEL + "s", label) + HyperlinkNote.encodeTo(url, text));
    }

    void page(Run<?, ?> run) {
        link("see", "/" + BuildLink.path(run), "Model delivery of this build");
    }

    /** The last lines of an operation: why not, and where to look. */
    public static void printEnd(Outcome outcome, Run<?, ?> run, TaskListener listener) {
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
