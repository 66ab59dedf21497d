package io.jenkins.plugins.modeldelivery.build.agent;

import hudson.model.TaskListener;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.modeldelivery.build.operation.BuildScope;
import io.jenkins.plugins.modeldelivery.build.runtime.DeliveryRuntime;
import io.jenkins.plugins.modeldelivery.configuration.connection.Connection;
import io.jenkins.plugins.modeldelivery.engine.io.ModelFiles;
import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.Manifest;
import io.jenkins.plugins.modeldelivery.engine.model.ModelVersion;
import io.jenkins.plugins.modeldelivery.engine.model.Sleeper;
import io.jenkins.plugins.modeldelivery.engine.operation.LocalTransfers;
import io.jenkins.plugins.modeldelivery.engine.operation.NamedLookup;
import io.jenkins.plugins.modeldelivery.engine.operation.Transfers;
import io.jenkins.plugins.modeldelivery.engine.registry.ModelRegistry;
import io.jenkins.plugins.modeldelivery.engine.registry.VersionDraft;
import io.jenkins.plugins.modeldelivery.engine.serving.CallLimits;
import io.jenkins.plugins.modeldelivery.engine.serving.Rollout;
import io.jenkins.plugins.modeldelivery.engine.serving.ServingTarget;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import jenkins.MasterToSlaveFileCallable;

/**
 * Uploads from the agent straight to the registry; no byte of a model passes through the controller, unless the registry's
 * secrets must stay there. A serving target's
 * repository is a directory of the controller: what is deployed is brought there by the agent if it shares that directory,
 * else by the controller.
 */
public final class AgentTransfers implements Transfers {
    private final BuildScope scope;
    private final Function<String, Connection<ModelRegistry>> connections;
    private final Clock clock;
    private final Consumer<String> log;

    /**
     * @param connections of registries, by configured name
     * @param log of the build
     */
    public AgentTransfers(
            BuildScope scope,
            Function<String, Connection<ModelRegistry>> connections,
            Clock clock,
            Consumer<String> log) {
        this.scope = scope;
        this.connections = connections;
        this.clock = clock;
        this.log = log;
    }

    @Override
    public Manifest upload(
            NamedLookup.Named<ModelRegistry> registry, VersionDraft staging, Path path, Cancellation cancellation) {
        Optional<Connection<ModelRegistry>> agents =
                connections.apply(registry.name()).forAgent();
        Thread worker = Thread.currentThread();
        // Remoting hands the interruption on to the agent.
        try (Cancellation.Registration registration = cancellation.onCancel(worker::interrupt)) {
            if (agents.isEmpty() && scope.workspace().isRemote()) {
                log.accept(
                        "transfer     goes through the controller: the login of " + registry.name() + " stays there");
                return new ControllerUpload(scope.workspace(), DeliveryRuntime.uploads())
                        .run(
                                registry.value(),
                                staging,
                                AgentPaths.text(path),
                                new AgentProgress(scope.listener(), clock),
                                cancellation);
            }
            Upload upload = new Upload(
                    agents.orElseGet(() -> connections.apply(registry.name())),
                    staging.properties(),
                    AgentPaths.text(path),
                    scope.listener());
            return ManifestCodec.manifest(AgentCalls.call(scope.workspace(), upload));
        }
    }

    @Override
    public Manifest bring(
            NamedLookup.Named<ModelRegistry> registry,
            ModelVersion version,
            NamedLookup.Named<ServingTarget> target,
            Rollout rollout,
            CallLimits limits) {
        AgentStagingArea agent = new AgentStagingArea(scope, registry, connections.apply(registry.name()));
        AgentStagingArea.Brought brought = agent.bring(version, target, rollout, limits);
        if (brought.files().isPresent()) {
            return brought.files().get();
        }
        Manifest arrived = new LocalTransfers(new AgentProgress(scope.listener(), clock))
                .bring(registry, version, target, rollout, limits);
        // Afterwards, since what fails is tried again and again.
        if (!brought.whyNot().isEmpty()) {
            log.accept("transfer     went through the controller: " + brought.whyNot());
        }
        return arrived;
    }

    @Override
    public String digest(Path path, Cancellation cancellation) {
        Thread worker = Thread.currentThread();
        // As with an upload, remoting hands the interruption on to the agent.
        try (Cancellation.Registration registration = cancellation.onCancel(worker::interrupt)) {
            return digest(scope, AgentPaths.text(path));
        }
    }

    /** The content digest of what is in the workspace, computed on the agent. */
    public static String digest(BuildScope scope, String path) {
        return ManifestCodec.digest(AgentCalls.call(scope.workspace(), new Digest(path)));
    }

    private static final class Upload extends MasterToSlaveFileCallable<ArrayList<String[]>> {
        private static final long serialVersionUID = 1L;

        private final Connection<ModelRegistry> connection;
        private final TreeMap<String, String> staging;
        private final String path;
        private final TaskListener listener;

        Upload(Connection<ModelRegistry> connection, Map<String, String> staging, String path, TaskListener listener) {
            this.connection = connection;
            this.staging = new TreeMap<>(staging);
            this.path = path;
            this.listener = listener;
        }

        @Override
        public ArrayList<String[]> invoke(File workspace, VirtualChannel channel) throws IOException {
            Clock clock = Clock.systemUTC();
            ModelFiles files = ModelFiles.list(WorkspacePaths.in(workspace, path));
            try (ModelRegistry registry = connection.open(clock, Sleeper.REAL)) {
                Manifest manifest = registry.upload(
                        new VersionDraft(staging), files, new AgentProgress(listener, clock), Cancellation.NONE);
                return ManifestCodec.of(manifest);
            }
        }
    }

    private static final class Digest extends MasterToSlaveFileCallable<String> {
        private static final long serialVersionUID = 1L;

        private final String path;

        Digest(String path) {
            this.path = path;
        }

        @Override
        public String invoke(File workspace, VirtualChannel channel) throws IOException {
            return ModelFiles.list(WorkspacePaths.in(workspace, path))
                    .hash(Cancellation.NONE)
                    .digest();
        }
    }
}
