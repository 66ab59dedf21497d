package io.jenkins.plugins.modeldelivery.build.agent;

import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.TextSanitizer;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Paths of files on an agent, which may have another file system than the controller: texts with {@code /}. */
public final class AgentPaths {
    private AgentPaths() {}

    public static String join(String base, String path) {
        return base.isEmpty() ? path : base + "/" + path;
    }

    /** The directory of a file, empty for the workspace itself. */
    public static String parent(String path) {
        int slash = path.replace('\\', '/').lastIndexOf('/');
        return slash < 0 ? "" : path.substring(0, slash);
    }

    /** Carries a path through the engine, which never opens it on the controller. */
    public static Path local(String path) {
        try {
            return Path.of(path);
        } catch (InvalidPathException e) {
            throw ErrorKind.INVALID_INPUT.error("\"" + TextSanitizer.brief(path, 100) + "\" is no path of a file.", e);
        }
    }

    public static String text(Path path) {
        return path.toString().replace('\\', '/');
    }
}
