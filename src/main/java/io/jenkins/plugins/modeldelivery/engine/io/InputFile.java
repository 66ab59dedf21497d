package io.jenkins.plugins.modeldelivery.engine.io;

import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A file that a person has named. */
public final class InputFile {
    private InputFile() {}

    /**
     * @param maxBytes whole mebibytes
     * @throws DeliveryException INVALID_INPUT that names the file, if there is none or it is larger; LOCAL_IO if it cannot be read
     */
    public static byte[] read(Path file, int maxBytes) {
        try (InputStream in = Files.newInputStream(file)) {
            return checked(file.toString(), in.readNBytes(maxBytes + 1), maxBytes);
        } catch (NoSuchFileException e) {
            throw ErrorKind.INVALID_INPUT.error("There is no file " + file + ".", e);
        } catch (IOException e) {
            throw ErrorKind.LOCAL_IO.error("Cannot read " + file + ": " + e, e);
        }
    }

    /** What was read of a file, perhaps not to its end. */
    public static byte[] checked(String name, byte[] bytes, int maxBytes) {
        if (bytes.length > maxBytes) {
            throw ErrorKind.INVALID_INPUT.error(name + " is larger than " + (maxBytes >> 20) + " MiB.");
        }
        return bytes;
    }
}
