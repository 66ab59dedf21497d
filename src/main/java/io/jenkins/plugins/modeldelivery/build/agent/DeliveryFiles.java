package io.jenkins.plugins.modeldelivery.build.agent;

import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.modeldelivery.build.operation.BuildLog;
import io.jenkins.plugins.modeldelivery.build.operation.BuildScope;
import io.jenkins.plugins.modeldelivery.build.operation.OperationSlot;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.TextSanitizer;
import io.jenkins.plugins.modeldelivery.engine.request.InputFiles;
import io.jenkins.plugins.modeldelivery.scm.MultibranchJob;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import jenkins.MasterToSlaveFileCallable;

/**
 * The files of a request: what the build has made comes from the workspace; what defines a delivery of a multibranch project
 * comes from the trusted revision of its source control, which no build step can change. Remembers what it read.
 *
 * @see OperationSlot what they were when the operation began
 */
public final class DeliveryFiles implements InputFiles {
    private final BuildScope scope;
    private final String base;
    private final Optional<MultibranchJob> source;
    private final Map<String, byte[]> inputs = new TreeMap<>();
    private final Map<String, byte[]> definitions = new HashMap<>();

    /**
     * @param base directory in the workspace where paths start, empty for the workspace itself
     * @param defined whether the request stands in a file, and not in the build's own script
     */
    public DeliveryFiles(BuildScope scope, String base, boolean defined) {
        this.scope = scope;
        this.base = base;
        this.source = defined ? MultibranchJob.find(scope.run()) : Optional.empty();
    }

    /** By path from the workspace. */
    public Map<String, byte[]> inputs() {
        Map<String, byte[]> all = new TreeMap<>(inputs);
        all.putAll(definitions);
        return Collections.unmodifiableMap(all);
    }

    @Override
    public byte[] read(String path, int maxBytes) {
        return inputs.computeIfAbsent(AgentPaths.join(base, path), full -> inWorkspace(path, full, maxBytes));
    }

    private byte[] inWorkspace(String path, String full, int maxBytes) {
        byte[] found = AgentCalls.call(scope.workspace(), new Read(full, maxBytes));
        // An agent may send anything.
        if (found == null || found.length > maxBytes) {
            throw ErrorKind.INVALID_INPUT.error("The agent sends more than " + maxBytes + " bytes for the file "
                    + TextSanitizer.brief(path, 200) + ".");
        }
        return found;
    }

    @Override
    public byte[] definition(String path, int maxBytes) {
        return source.isEmpty()
                ? read(path, maxBytes)
                : definitions.computeIfAbsent(
                        AgentPaths.join(base, path), full -> trusted(source.get(), path, full, maxBytes));
    }

    private byte[] trusted(MultibranchJob job, String path, String full, int maxBytes) {
        byte[] trusted = job.read(full, maxBytes, scope.listener());
        if (!isInWorkspace(trusted, path, full, maxBytes)) {
            new BuildLog(scope::listener, Set::of)
                    .labelled(
                            "note",
                            full + " is taken from the trusted revision in source control; the workspace has another or"
                                    + " none, which does not count");
        }
        return trusted;
    }

    /** What the workspace has is not remembered: it does not count. */
    private boolean isInWorkspace(byte[] trusted, String path, String full, int maxBytes) {
        try {
            return Arrays.equals(trusted, inWorkspace(path, full, maxBytes));
        } catch (DeliveryException e) {
            return false;
        }
    }

    @Override
    public Path path(String path) {
        return AgentPaths.local(AgentPaths.join(base, path));
    }

    private static final class Read extends MasterToSlaveFileCallable<byte[]> {
        private static final long serialVersionUID = 1L;

        private final String path;
        private final int maxBytes;

        Read(String path, int maxBytes) {
            this.path = path;
            this.maxBytes = maxBytes;
        }

        @Override
        public byte[] invoke(File workspace, VirtualChannel channel) throws IOException {
            Path file = WorkspacePaths.in(workspace, path);
            if (!Files.isRegularFile(file)) {
                throw ErrorKind.INVALID_INPUT.error(
                        "There is no file " + TextSanitizer.brief(path, 200) + " in the workspace.");
            }
            try (InputStream in = Files.newInputStream(file)) {
                byte[] bytes = in.readNBytes(maxBytes + 1);
                if (bytes.length > maxBytes) {
                    throw ErrorKind.INVALID_INPUT.error(
                            "The file " + TextSanitizer.brief(path, 200) + " is larger than " + maxBytes + " bytes.");
                }
                return bytes;
            }
        }
    }
}
