package io.jenkins.plugins.modeldelivery.build.agent;

import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.modeldelivery.build.operation.BuildScope;
import io.jenkins.plugins.modeldelivery.build.operation.OperationSlot;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.TextSanitizer;
import io.jenkins.plugins.modeldelivery.engine.request.InputFiles;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import jenkins.MasterToSlaveFileCallable;

/**
 * The files of a request as they are in the workspace now, and nothing outside of it. Remembers what it read.
 *
 * @see OperationSlot what they were when the operation began
 */
final class WorkspaceFiles implements InputFiles {
    private final BuildScope scope;
    private final String base;
    private final Map<String, byte[]> read = new TreeMap<>();

    /** @param base directory in the workspace where paths start, empty for the workspace itself */
    WorkspaceFiles(BuildScope scope, String base) {
        this.scope = scope;
        this.base = base;
    }

    /** By path from the workspace. */
    Map<String, byte[]> inputs() {
        return Collections.unmodifiableMap(read);
    }

    @Override
    public byte[] read(String path, int maxBytes) {
        String full = AgentPaths.join(base, path);
        byte[] known = read.get(full);
        if (known == null) {
            known = AgentCalls.call(scope.workspace(), new Read(full, maxBytes));
            // An agent may send anything.
            if (known == null || known.length > maxBytes) {
                throw new DeliveryException(
                        ErrorKind.INVALID_INPUT,
                        "The agent sends more than " + maxBytes + " bytes for the file "
                                + TextSanitizer.brief(path, 200) + ".");
            }
            read.put(full, known);
        }
        return known;
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
                throw new DeliveryException(
                        ErrorKind.INVALID_INPUT,
                        "There is no file " + TextSanitizer.brief(path, 200) + " in the workspace.");
            }
            try (InputStream in = Files.newInputStream(file)) {
                byte[] bytes = in.readNBytes(maxBytes + 1);
                if (bytes.length > maxBytes) {
                    throw new DeliveryException(
                            ErrorKind.INVALID_INPUT,
                            "The file " + TextSanitizer.brief(path, 200) + " is larger than " + maxBytes + " bytes.");
                }
                return bytes;
            }
        }
    }
}
