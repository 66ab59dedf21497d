package io.jenkins.plugins.modeldelivery.engine.request;

import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.TextSanitizer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Files of this machine.
 *
 * @param base where relative paths start
 */
public record LocalInputFiles(Path base) implements InputFiles {
    @Override
    public byte[] read(String path, int maxBytes) {
        Path file = path(path);
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(maxBytes + 1);
            if (bytes.length > maxBytes) {
                throw new DeliveryException(
                        ErrorKind.INVALID_INPUT, file + " is larger than " + (maxBytes >> 20) + " MiB.");
            }
            return bytes;
        } catch (NoSuchFileException e) {
            throw new DeliveryException(ErrorKind.INVALID_INPUT, "There is no file " + file + ".", e);
        } catch (IOException e) {
            throw new DeliveryException(ErrorKind.LOCAL_IO, "Cannot read " + file + ": " + e, e);
        }
    }

    @Override
    public Path path(String path) {
        try {
            return base.resolve(path);
        } catch (InvalidPathException e) {
            throw new DeliveryException(
                    ErrorKind.INVALID_INPUT,
                    "\"" + TextSanitizer.brief(path, 100) + "\" is no path: " + TextSanitizer.brief(e.getReason(), 100)
                            + ".",
                    e);
        }
    }
}
