package io.jenkins.plugins.modeldelivery.build.agent;

import hudson.FilePath;
import hudson.model.TaskListener;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.modeldelivery.build.operation.BuildScope;
import io.jenkins.plugins.modeldelivery.configuration.connection.Connection;
import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.Manifest;
import io.jenkins.plugins.modeldelivery.engine.model.ModelVersion;
import io.jenkins.plugins.modeldelivery.engine.model.Sleeper;
import io.jenkins.plugins.modeldelivery.engine.operation.LocalTransfers;
import io.jenkins.plugins.modeldelivery.engine.operation.NamedLookup;
import io.jenkins.plugins.modeldelivery.engine.registry.ModelRegistry;
import io.jenkins.plugins.modeldelivery.engine.serving.CallLimits;
import io.jenkins.plugins.modeldelivery.engine.serving.Rollout;
import io.jenkins.plugins.modeldelivery.engine.serving.ServingTarget;
import io.jenkins.plugins.modeldelivery.engine.serving.StagingArea;
import io.jenkins.plugins.modeldelivery.engine.serving.StagingArea.StagingDirectory;
import java.io.File;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Optional;
import jenkins.MasterToSlaveFileCallable;

/**
 * Has the agent of the workspace bring the files of a rollout from the registry into a target whose directory it shares with
 * the controller. Whatever goes wrong there is no failure: the controller can do it, too.
 *
 * @param connection what the agent needs for that, and does not get unless it has the directory
 */
record AgentStagingArea(
        BuildScope scope, NamedLookup.Named<ModelRegistry> registry, Connection<ModelRegistry> connection) {
    /**
     * What came of it.
     *
     * @param files that have arrived; empty if none have
     * @param whyNot why none have; "" if there is no agent that could have brought them
     */
    record Brought(Optional<Manifest> files, String whyNot) {
        static Brought not(String why) {
            return new Brought(Optional.empty(), why);
        }
    }

    /** @throws DeliveryException CANCELLED, or what speaks against the rollout wherever its files come from */
    Brought bring(ModelVersion version, NamedLookup.Named<ServingTarget> target, Rollout rollout, CallLimits limits) {
        FilePath workspace;
        try {
            workspace = scope.workspace();
        } catch (DeliveryException e) {
            return Brought.not(e.kind() == ErrorKind.UNREACHABLE ? "the agent is offline" : "");
        }
        if (!workspace.isRemote()) {
            return Brought.not("");
        }
        if (connection.forAgent().isEmpty()) {
            return Brought.not("the login of " + registry.name() + " stays on the controller");
        }
        Cancellation stop = limits.stop();
        Thread worker = Thread.currentThread();
        // Remoting hands the interruption on to the agent.
        try (StagingArea place = target.value().stagingArea(rollout, limits);
                Cancellation.Registration registration = stop.onCancel(worker::interrupt)) {
            return bring(workspace, place, target.name(), version);
        } finally {
            if (stop.requested()) {
                // It was meant for the agent, not for taking back what was begun.
                Thread.interrupted();
            }
        }
    }

    private Brought bring(FilePath workspace, StagingArea place, String target, ModelVersion version) {
        try {
            if (!AgentCalls.call(workspace, new Look(place.site()))) {
                return Brought.not(
                        "the agent does not have the state directory of " + target + ", or may not write in it");
            }
            Manifest arrived = ManifestCodec.manifest(AgentCalls.call(
                    workspace,
                    new Bring(
                            connection.forAgent().orElseThrow(),
                            version.name(),
                            version.version(),
                            place.site(),
                            scope.listener())));
            place.take(arrived);
            return new Brought(Optional.of(arrived), "");
        } catch (DeliveryException e) {
            if (e.kind() == ErrorKind.CANCELLED) {
                throw e;
            }
            return Brought.not("the agent could not: " + e.getMessage());
        }
    }

    private static final class Look extends MasterToSlaveFileCallable<Boolean> {
        private static final long serialVersionUID = 1L;

        private final String directory;
        private final String mark;

        Look(StagingDirectory site) {
            directory = site.directory();
            mark = site.mark();
        }

        @Override
        public Boolean invoke(File workspace, VirtualChannel channel) {
            return new StagingDirectory(directory, mark).isHere();
        }
    }

    private static final class Bring extends MasterToSlaveFileCallable<ArrayList<String[]>> {
        private static final long serialVersionUID = 1L;

        private final Connection<ModelRegistry> connection;
        private final String name;
        private final String version;
        private final String directory;
        private final String mark;
        private final TaskListener listener;

        Bring(
                Connection<ModelRegistry> connection,
                String name,
                String version,
                StagingDirectory site,
                TaskListener listener) {
            this.connection = connection;
            this.name = name;
            this.version = version;
            this.directory = site.directory();
            this.mark = site.mark();
            this.listener = listener;
        }

        @Override
        public ArrayList<String[]> invoke(File workspace, VirtualChannel channel) {
            Clock clock = Clock.systemUTC();
            try (ModelRegistry opened = connection.open(clock, Sleeper.REAL)) {
                return ManifestCodec.of(new LocalTransfers(new AgentProgress(listener, clock))
                        .fill(
                                new StagingDirectory(directory, mark),
                                opened,
                                opened.version(name, version, Cancellation.NONE),
                                Cancellation.NONE));
            }
        }
    }
}
