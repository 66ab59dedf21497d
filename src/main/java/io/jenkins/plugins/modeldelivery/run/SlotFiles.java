package io.jenkins.plugins.modeldelivery.run;

import io.jenkins.plugins.modeldelivery.engine.delivery.InputFiles;
import java.nio.file.Path;

/** The files of a request as they were when its operation began. */
record SlotFiles(OperationSlot slot, String base) implements InputFiles {
    @Override
    public byte[] read(String path, int maxBytes) {
        return slot.input(Paths.join(base, path));
    }

    @Override
    public Path path(String path) {
        return Paths.local(Paths.join(base, path));
    }
}
