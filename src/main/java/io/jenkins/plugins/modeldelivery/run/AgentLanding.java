package io.jenkins.plugins.modeldelivery.run;

import hudson.FilePath;
import hudson.model.TaskListener;
import hudson.remoting.VirtualChannel;
import hudson.slaves.WorkspaceList;
import io.jenkins.plugins.modeldelivery.configuration.Connection;
import io.jenkins.plugins.modeldelivery.engine.delivery.Configured;
import io.jenkins.plugins.modeldelivery.engine.delivery.LocalTransfers;
import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ModelVersion;
import io.jenkins.plugins.modeldelivery.engine.model.Problem;
import io.jenkins.plugins.modeldelivery.engine.registry.ModelRegistry;
import io.jenkins.plugins.modeldelivery.engine.serving.Landing;
import io.jenkins.plugins.modeldelivery.engine.serving.LandingSite;
import io.jenkins.plugins.modeldelivery.engine.serving.Rollout;
import io.jenkins.plugins.modeldelivery.engine.serving.ServingTarget;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Objects;
import java.util.Optional;
import jenkins.MasterToSlaveFileCallable;

/**
 * Has the agent of the workspace bring the files of a rollout from the registry into a target whose directory it shares with
 * the controller. Whatever goes wrong there is no failure: the controller can do it, too.
 *
 * @param connection what the agent needs for that, and does not get unless it has the directory
 */
record AgentLanding(BuildScope scope, Configured.Named<ModelRegistry> registry, Connection<ModelRegistry> connection) {
    /**
     * @return empty if it is done; else why not, or "" if there is no agent that could
     * @throws DeliveryException CANCELLED, or what speaks against the rollout wherever its files come from
     */
    Optional<String> bring(
            ModelVersion version, Configured.Named<ServingTarget> target, Rollout rollout, Cancellation cancellation) {
        FilePath workspace;
        try {
            workspace = scope.workspace();
        } catch (DeliveryException e) {
            return Optional.of(e.problem() == Problem.UNREACHABLE ? "the agent is away" : "");
        }
        if (!workspace.isRemote()) {
            return Optional.of("");
        }
        Optional<Landing> landing = target.value().landing(rollout, cancellation);
        if (landing.isEmpty()) {
            return Optional.of("the target takes files from the controller only");
        }
        Thread worker = Thread.currentThread();
        // Remoting hands the interruption on to the agent.
        try (Landing place = landing.get();
                Cancellation.Registration registration = cancellation.onCancel(worker::interrupt)) {
            return bring(workspace, place, target.name(), version, rollout);
        } finally {
            if (cancellation.requested()) {
                // It was meant for the agent, not for taking back what was begun.
                Thread.interrupted();
            }
        }
    }

    private Optional<String> bring(
            FilePath workspace, Landing place, String target, ModelVersion version, Rollout rollout) {
        try {
            if (!Agents.call(workspace, new Look(place.site()))) {
                return Optional.of("the agent does not have the directory of " + target + ", or may not write in it");
            }
            place.take(Rows.manifest(Agents.call(
                    workspace,
                    new Bring(connection, registry.name(), version, rollout, place.site(), scope.listener()))));
            return Optional.empty();
        } catch (DeliveryException e) {
            if (e.problem() == Problem.CANCELLED) {
                throw e;
            }
            return Optional.of("the agent could not: " + e.getMessage());
        }
    }

    private static final class Look extends MasterToSlaveFileCallable<Boolean> {
        private static final long serialVersionUID = 1L;

        private final String directory;
        private final String mark;

        Look(LandingSite site) {
            directory = site.directory();
            mark = site.mark();
        }

        @Override
        public Boolean invoke(File workspace, VirtualChannel channel) {
            return new LandingSite(directory, mark).isHere();
        }
    }

    private static final class Bring extends MasterToSlaveFileCallable<ArrayList<String[]>> {
        private static final long serialVersionUID = 1L;

        private final Connection<ModelRegistry> connection;
        private final String registry;
        private final String name;
        private final String version;
        private final String rollout;
        private final String directory;
        private final String mark;
        private final TaskListener listener;

        Bring(
                Connection<ModelRegistry> connection,
                String registry,
                ModelVersion version,
                Rollout rollout,
                LandingSite site,
                TaskListener listener) {
            this.connection = connection;
            this.registry = registry;
            this.name = version.name();
            this.version = version.version();
            this.rollout = rollout.id();
            this.directory = site.directory();
            this.mark = site.mark();
            this.listener = listener;
        }

        @Override
        public ArrayList<String[]> invoke(File workspace, VirtualChannel channel)
                throws IOException, InterruptedException {
            Clock clock = Clock.systemUTC();
            AgentProgress progress = new AgentProgress(listener, clock);
            FilePath root = new FilePath(workspace);
            FilePath scratch = Objects.requireNonNullElse(WorkspaceList.tempDir(root), root)
                    .child("model-delivery-" + rollout);
            // An attempt that was given up may have left its own.
            scratch.deleteRecursive();
            try (ModelRegistry opened = connection.open(clock)) {
                return Rows.of(new LocalTransfers(Path.of(scratch.getRemote()), progress)
                        .with(
                                new Configured.Named<>(registry, opened),
                                opened.version(name, version, Cancellation.NONE),
                                mark,
                                Cancellation.NONE,
                                files -> new LandingSite(directory, mark).put(files, progress, Cancellation.NONE)));
            } finally {
                scratch.deleteRecursive();
            }
        }
    }
}
