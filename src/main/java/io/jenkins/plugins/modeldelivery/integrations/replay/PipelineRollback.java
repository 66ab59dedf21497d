package io.jenkins.plugins.modeldelivery.integrations.replay;

import hudson.Extension;
import hudson.model.Run;
import io.jenkins.plugins.modeldelivery.build.record.RollbackStarter;
import java.util.Map;
import java.util.Optional;
import org.jenkinsci.plugins.workflow.cps.replay.ReplayAction;

/** Runs steps as a replay of a Pipeline's build: Jenkins says of the new build what it is, who started it and what it ran. */
@Extension(optional = true)
public final class PipelineRollback implements RollbackStarter {
    /** Public, with a type of the optional plugin, so that Jenkins leaves the class out where it is missing. */
    public static ReplayAction replay(Run<?, ?> build) {
        return build.getAction(ReplayAction.class);
    }

    @Override
    public boolean knows(Run<?, ?> build) {
        return replay(build) != null;
    }

    @Override
    public Optional<String> obstacle(Run<?, ?> build) {
        ReplayAction replay = replay(build);
        if (!build.hasPermission(ReplayAction.REPLAY)) {
            return Optional.of("You need the permission " + ReplayAction.REPLAY.group.title + "/"
                    + ReplayAction.REPLAY.name + " on " + build.getParent().getFullDisplayName()
                    + ", since a rollback replays its build with other steps.");
        }
        boolean replayable = replay.isEnabled() && replay.isReplayableSandboxTest();
        return replayable
                ? Optional.empty()
                : Optional.of(build.getFullDisplayName()
                        + ": you cannot replay this build. The job accepts no builds, the script is not stored, or it"
                        + " ran outside the sandbox, which only administrators may replay.");
    }

    @Override
    public boolean start(Run<?, ?> build, String script) {
        return replay(build).run2(script, Map.of(), false) != null;
    }
}
