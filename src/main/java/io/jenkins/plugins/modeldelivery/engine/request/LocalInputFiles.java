package io.jenkins.plugins.modeldelivery.engine.request;

import io.jenkins.plugins.modeldelivery.engine.io.InputFile;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.TextSanitizer;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Files of this machine.
 *
 * @param base where relative paths start
 */
public record LocalInputFiles(Path base) implements InputFiles {
    @Override
    public byte[] read(String path, int maxBytes) {
        return InputFile.read(path(path), maxBytes);
    }

    @Override
    public Path path(String path) {
        try {
            return base.resolve(path);
        } catch (InvalidPathException e) {
            throw ErrorKind.INVALID_INPUT.error(
                    "\"" + TextSanitizer.brief(path, 100) + "\" is no path: " + TextSanitizer.brief(e.getReason(), 100)
                            + ".",
                    e);
        }
    }
}
