package io.jenkins.plugins.modeldelivery.build.agent;

import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.TextSanitizer;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Keeps paths in the workspace: neither {@code ..} nor a link leads out. Runs on the agent. */
final class WorkspacePaths {
    private WorkspacePaths() {}

    /** @throws DeliveryException INVALID_INPUT if the path leads out of the workspace */
    static Path in(File workspace, String path) throws IOException {
        Path root = workspace.toPath().toRealPath();
        Path file;
        try {
            file = root.resolve(path).normalize();
        } catch (InvalidPathException e) {
            throw outside(path);
        }
        if (!file.startsWith(root) || (Files.exists(file) && !file.toRealPath().startsWith(root))) {
            throw outside(path);
        }
        return file;
    }

    private static DeliveryException outside(String path) {
        return ErrorKind.INVALID_INPUT.error("\"" + TextSanitizer.brief(path, 200)
                + "\" is not in the workspace. Give a path that starts there, without links that lead out.");
    }
}
