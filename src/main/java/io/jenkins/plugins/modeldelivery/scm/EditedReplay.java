package io.jenkins.plugins.modeldelivery.scm;

import hudson.model.Run;
import io.jenkins.plugins.modeldelivery.configuration.InstalledPlugins;
import org.jenkinsci.plugins.workflow.cps.replay.ReplayCause;

/** Whether a build runs a script that somebody edited in Jenkins. Works without the plugin that replays. */
final class EditedReplay {
    private EditedReplay() {}

    static boolean is(Run<?, ?> run) {
        return InstalledPlugins.has("workflow-cps") && Replays.isEdited(run);
    }

    private static final class Replays {
        private Replays() {}

        /** A build that repeats an edited one is edited too. One whose original is gone may be. */
        static boolean isEdited(Run<?, ?> run) {
            ReplayCause cause = run.getCause(ReplayCause.class);
            if (cause == null) {
                return false;
            }
            Run<?, ?> original = cause.getOriginal();
            return !cause.isRebuilt() || original == null || isEdited(original);
        }
    }
}
