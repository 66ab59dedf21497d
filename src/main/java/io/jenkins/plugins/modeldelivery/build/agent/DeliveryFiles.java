package io.jenkins.plugins.modeldelivery.build.agent;

import io.jenkins.plugins.modeldelivery.build.operation.BuildLog;
import io.jenkins.plugins.modeldelivery.build.operation.BuildScope;
import io.jenkins.plugins.modeldelivery.build.operation.OperationSlot;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.request.InputFiles;
import io.jenkins.plugins.modeldelivery.scm.MultibranchJob;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The files of a request: what the build has made comes from the workspace; what defines a delivery of a multibranch project
 * comes from the trusted revision of its source control, which no build step can change. Remembers what it read.
 *
 * @see OperationSlot what they were when the operation began
 */
public final class DeliveryFiles implements InputFiles {
    private final BuildScope scope;
    private final String base;
    private final WorkspaceFiles workspace;
    private final Optional<MultibranchJob> source;
    private final Map<String, byte[]> definitions = new HashMap<>();

    /**
     * @param base directory in the workspace where paths start, empty for the workspace itself
     * @param defined whether the request stands in a file, and not in the build's own script
     */
    public DeliveryFiles(BuildScope scope, String base, boolean defined) {
        this.scope = scope;
        this.base = base;
        this.workspace = new WorkspaceFiles(scope, base);
        this.source = defined ? MultibranchJob.find(scope.run()) : Optional.empty();
    }

    /** By path from the workspace. */
    public Map<String, byte[]> inputs() {
        Map<String, byte[]> all = new TreeMap<>(workspace.inputs());
        all.putAll(definitions);
        return Collections.unmodifiableMap(all);
    }

    @Override
    public byte[] read(String path, int maxBytes) {
        return workspace.read(path, maxBytes);
    }

    @Override
    public byte[] definition(String path, int maxBytes) {
        return source.isEmpty()
                ? workspace.read(path, maxBytes)
                : definitions.computeIfAbsent(
                        AgentPaths.join(base, path), full -> trusted(source.get(), path, full, maxBytes));
    }

    private byte[] trusted(MultibranchJob job, String path, String full, int maxBytes) {
        byte[] trusted = job.read(full, maxBytes, scope.listener());
        if (!Arrays.equals(trusted, inWorkspace(path, maxBytes))) {
            new BuildLog(scope::listener, Set::of)
                    .labelled(
                            "note",
                            full + " is taken from the trusted revision in source control; the workspace has another or"
                                    + " none, which does not count");
        }
        return trusted;
    }

    /** Null if there is none. */
    private byte[] inWorkspace(String path, int maxBytes) {
        try {
            // Not remembered: it does not count.
            return new WorkspaceFiles(scope, base).read(path, maxBytes);
        } catch (DeliveryException e) {
            return null;
        }
    }

    @Override
    public Path path(String path) {
        return workspace.path(path);
    }
}
