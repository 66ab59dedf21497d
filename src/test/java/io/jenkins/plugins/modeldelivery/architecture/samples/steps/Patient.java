package io.jenkins.plugins.modeldelivery.architecture.samples.steps;

import io.jenkins.plugins.modeldelivery.architecture.samples.engine.http.Server;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/** Hands on what takes time, and stores a text. */
public final class Patient extends StepExecution {
    private static final long serialVersionUID = 1L;

    private String journal = "";
    private transient Thread tick;

    @Override
    public boolean start() {
        tick = new Thread(() -> Server.call());
        tick.start();
        return false;
    }

    @Override
    public void onResume() {
        tick = new Thread(this::tick);
        tick.start();
    }

    private void tick() {
        Server.call();
        journal += ".";
    }
}
