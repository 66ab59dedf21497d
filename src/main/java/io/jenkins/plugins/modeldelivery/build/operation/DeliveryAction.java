package io.jenkins.plugins.modeldelivery.build.operation;

import hudson.EnvVars;
import hudson.model.EnvironmentContributingAction;
import hudson.model.InvisibleAction;
import hudson.model.Run;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.TextSanitizer;
import java.io.IOException;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import jenkins.model.RunAction2;

/**
 * Marks a build that delivers models; what it delivers is read from the build's directory, and shown by the page that finds the
 * mark.
 */
public final class DeliveryAction extends InvisibleAction implements RunAction2, EnvironmentContributingAction {
    static final String URL = "MODEL_DELIVERY_URL";
    static final String SUMMARY = "MODEL_DELIVERY_SUMMARY";

    /** More than a chat shows, and less than makes trouble in an environment. */
    private static final int LONGEST_SUMMARY = 1000;

    private static final Logger LOGGER = Logger.getLogger(DeliveryAction.class.getName());

    private transient Run<?, ?> run;

    /**
     * Of all that has ended, as it was written down last; null if nothing was. Kept here, since Pipelines ask for variables
     * often, on the thread that runs the script, where nothing may be read from disk.
     */
    private volatile String summary;

    /** Called by the driver that has begun or ended an operation, on a thread that may use the disk. */
    static void show(Run<?, ?> run) {
        synchronized (run) {
            DeliveryAction action = run.getAction(DeliveryAction.class);
            if (action == null) {
                action = new DeliveryAction();
                run.addAction(action);
            }
            action.summary = action.read();
            try {
                run.save();
            } catch (IOException e) {
                LOGGER.log(Level.WARNING, e, () -> "Cannot save " + run);
            }
        }
    }

    @Override
    public void onAttached(Run<?, ?> r) {
        run = r;
    }

    @Override
    public void onLoad(Run<?, ?> r) {
        run = r;
    }

    public Run<?, ?> getRun() {
        return run;
    }

    /** What has ended, oldest first. */
    public List<Outcome> outcomes() {
        return BuildOutcomes.of(run);
    }

    /** What has ended in one line; empty if nothing has, or if it cannot be read. */
    private String read() {
        try {
            String all = outcomes().stream().map(Outcome::summary).collect(Collectors.joining(" · "));
            return TextSanitizer.brief(all, LONGEST_SUMMARY);
        } catch (DeliveryException e) {
            LOGGER.log(Level.WARNING, e, () -> "No summary of " + run);
            return "";
        }
    }

    /** For chats and mails: where to look, and what has come out so far. */
    @Override
    public void buildEnvironment(Run<?, ?> owner, EnvVars env) {
        BuildLink.absolute(run).ifPresent(url -> env.put(URL, url));
        String known = summary;
        env.put(SUMMARY, known == null ? "" : known);
    }
}
