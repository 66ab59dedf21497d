package io.jenkins.plugins.modeldelivery.scm;

import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.modeldelivery.configuration.InstalledPlugins;
import io.jenkins.plugins.modeldelivery.engine.access.CodeKind;
import java.util.Optional;
import org.jenkinsci.plugins.workflow.cps.replay.ReplayCause;

/**
 * Where the code of a build comes from. Empty is what source control does not say.
 *
 * @param branch without the name of a remote; empty for tags and change requests
 * @param commit hash
 * @param repository URL without user and password
 * @param editedReplay whether somebody edited the script in Jenkins; such a build has neither branch nor repository
 */
public record CodeOrigin(
        CodeKind kind,
        Optional<String> branch,
        Optional<String> commit,
        Optional<String> repository,
        boolean editedReplay) {
    /** A build of which source control says nothing. */
    public static final CodeOrigin UNKNOWN =
            new CodeOrigin(CodeKind.OWN, Optional.empty(), Optional.empty(), Optional.empty());

    CodeOrigin(CodeKind kind, Optional<String> branch, Optional<String> commit, Optional<String> repository) {
        this(kind, branch, commit, repository, false);
    }

    /**
     * May ask a server, for the trust in a change request.
     *
     * @throws io.jenkins.plugins.modeldelivery.engine.model.DeliveryException UNREACHABLE if it cannot be asked
     */
    public static CodeOrigin of(Run<?, ?> run, TaskListener listener) {
        CodeOrigin origin = ofCheckout(run, listener);
        return isEditedReplay(run) ? origin.ofAnotherScript() : origin;
    }

    private static CodeOrigin ofCheckout(Run<?, ?> run, TaskListener listener) {
        Optional<CodeOrigin> multibranch = MultibranchJob.find(run).map(job -> job.origin(listener));
        return multibranch.isPresent()
                ? multibranch.get()
                : InstalledPlugins.has("git") ? GitCheckout.origin(run) : UNKNOWN;
    }

    /** The commit was checked out, but what ran is not in it. */
    private CodeOrigin ofAnotherScript() {
        return new CodeOrigin(kind, Optional.empty(), commit, Optional.empty(), true);
    }

    private static boolean isEditedReplay(Run<?, ?> run) {
        return InstalledPlugins.has("workflow-cps") && Replays.isEdited(run);
    }

    /** Apart, so that the classes of the plugin that replays are not asked for where it is missing. */
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
