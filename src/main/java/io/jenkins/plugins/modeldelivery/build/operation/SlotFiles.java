package io.jenkins.plugins.modeldelivery.build.operation;

import io.jenkins.plugins.modeldelivery.build.agent.AgentPaths;
import io.jenkins.plugins.modeldelivery.engine.request.InputFiles;
import java.nio.file.Path;

/** The files of a request as they were when its operation began. */
public record SlotFiles(OperationSlot slot, String base) implements InputFiles {
    @Override
    public byte[] read(String path, int maxBytes) {
        return slot.input(AgentPaths.join(base, path));
    }

    @Override
    public Path path(String path) {
        return AgentPaths.local(AgentPaths.join(base, path));
    }
}
