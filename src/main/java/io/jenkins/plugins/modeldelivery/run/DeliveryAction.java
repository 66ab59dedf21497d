package io.jenkins.plugins.modeldelivery.run;

import hudson.model.Run;
import java.io.IOException;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.RunAction2;

/**
 * Marks a build that delivers models; what it delivers is read from the build's directory, and shown by whoever finds the
 * mark.
 */
public final class DeliveryAction implements RunAction2 {
    private static final Logger LOGGER = Logger.getLogger(DeliveryAction.class.getName());

    private transient Run<?, ?> run;

    static void show(Run<?, ?> run) {
        synchronized (run) {
            if (run.getAction(DeliveryAction.class) == null) {
                run.addAction(new DeliveryAction());
                try {
                    run.save();
                } catch (IOException e) {
                    LOGGER.log(Level.WARNING, e, () -> "Cannot save " + run);
                }
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

    @Override
    public String getIconFileName() {
        return null;
    }

    @Override
    public String getDisplayName() {
        return null;
    }

    @Override
    public String getUrlName() {
        return null;
    }
}
