package io.jenkins.plugins.modeldelivery.architecture.samples.steps;

import io.jenkins.plugins.modeldelivery.architecture.samples.engine.http.Server;
import java.util.List;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/** Does slow work on the thread of Pipeline, and stores unreadable data. */
public final class Blocking extends StepExecution {
    private static final long serialVersionUID = 1L;

    private List<String> notes = List.of();

    @Override
    public boolean start() {
        ask();
        return notes.isEmpty();
    }

    private void ask() {
        Server.call();
    }
}
