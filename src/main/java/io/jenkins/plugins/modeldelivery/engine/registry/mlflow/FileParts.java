package io.jenkins.plugins.modeldelivery.engine.registry.mlflow;

import io.jenkins.plugins.modeldelivery.engine.http.HttpCall;
import io.jenkins.plugins.modeldelivery.engine.io.ModelFiles;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.Manifest;
import io.jenkins.plugins.modeldelivery.engine.model.Sha256;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A file, handed out in parts to several senders. The file is read once, in its order, and hashed as it is read; a part
 * stays in memory until it is sent, so that a part that is sent again has the bytes that were hashed. Memory: one part for
 * each sender. Thread-safe.
 */
final class FileParts implements AutoCloseable {
    private final ModelFiles files;
    private final ModelFiles.File file;
    private final Path path;
    private final int partSize;
    private final InputStream in;
    private final MessageDigest digest = Sha256.start();
    private final Deque<byte[]> free = new ArrayDeque<>();
    private int taken;
    private long read;

    /** @throws DeliveryException LOCAL_IO if the file cannot be opened */
    FileParts(ModelFiles files, ModelFiles.File file, int partSize) {
        this.files = files;
        this.file = file;
        this.path = files.resolve(file);
        this.partSize = partSize;
        try {
            in = Files.newInputStream(path);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    static int count(long size, int partSize) {
        return Math.toIntExact(Math.max(1, (size + partSize - 1) / partSize));
    }

    /**
     * A part on its way.
     *
     * @param number from 1
     * @param bytes a buffer that may be longer than the part
     */
    record Part(int number, byte[] bytes, int size) implements HttpCall.Body {
        /** None: the addresses are signed for a request without a media type. */
        @Override
        public String type() {
            return "";
        }

        @Override
        public long length() {
            return size;
        }

        @Override
        public InputStream open() {
            return new ByteArrayInputStream(bytes, 0, size);
        }
    }

    /** @throws DeliveryException LOCAL_IO if the file cannot be read or has become shorter */
    synchronized Part next() {
        byte[] buffer = free.isEmpty() ? new byte[partSize] : free.pop();
        int size = (int) Math.min(partSize, file.size() - read);
        try {
            int count = in.readNBytes(buffer, 0, size);
            read += count;
            digest.update(buffer, 0, count);
            if (count < size) {
                // Throws, and says that the file changed.
                files.entry(file, read, digest);
            }
        } catch (IOException e) {
            throw unreadable(e);
        }
        return new Part(++taken, buffer, size);
    }

    /** Gives a sent part's memory to the next. */
    synchronized void sent(Part part) {
        free.push(part.bytes());
    }

    /**
     * Once all parts are taken.
     *
     * @throws DeliveryException LOCAL_IO if the file has another size than when it was listed
     */
    synchronized Manifest.Entry entry() {
        try {
            return files.entry(file, read + (in.read() < 0 ? 0 : 1), digest);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private DeliveryException unreadable(IOException e) {
        return DeliveryException.ofDisk("read " + path, e);
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }
}
