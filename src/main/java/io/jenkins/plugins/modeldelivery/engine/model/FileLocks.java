package io.jenkins.plugins.modeldelivery.engine.model;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;

/**
 * Locks between processes. Within one process the system refuses a second lock on a file instead of waiting, so a thread
 * that finds one asks again after a moment. A process that dies gives its locks back. Throws {@link DeliveryException} with
 * LOCAL_IO.
 */
public final class FileLocks {
    private static final Duration TURN = Duration.ofMillis(2);

    private FileLocks() {}

    /** A lock until it is closed. */
    public static final class Held implements AutoCloseable {
        private final FileChannel channel;

        private Held(FileChannel channel) {
            this.channel = channel;
        }

        @Override
        public void close() {
            try {
                channel.close();
            } catch (IOException e) {
                throw new DeliveryException(Problem.LOCAL_IO, "Cannot release a lock: " + e, e);
            }
        }
    }

    /** Waits until nobody else holds it. */
    public static Held exclusive(Path file) {
        return lock(file, false);
    }

    /** Many may hold it; nobody has the exclusive one meanwhile. */
    public static Held shared(Path file) {
        return lock(file, true);
    }

    private static Held lock(Path file, boolean shared) {
        while (true) {
            FileChannel channel = open(file);
            try {
                if (channel.lock(0, Long.MAX_VALUE, shared) != null) {
                    return new Held(channel);
                }
            } catch (OverlappingFileLockException e) {
                closeQuietly(channel);
                if (shared) {
                    // This process holds it already in some thread, and that keeps repairs away just as well.
                    return new Held(open(file));
                }
                Pause.REAL.pause(TURN, Cancellation.NONE);
            } catch (IOException e) {
                closeQuietly(channel);
                throw new DeliveryException(Problem.LOCAL_IO, "Cannot lock " + file + ": " + e, e);
            }
        }
    }

    /** The exclusive lock if nobody uses it now, in this process or another. */
    public static Optional<Held> tryExclusive(Path file) {
        FileChannel channel = open(file);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return Optional.of(new Held(channel));
            }
        } catch (OverlappingFileLockException | IOException e) {
            closeQuietly(channel);
            return Optional.empty();
        }
        closeQuietly(channel);
        return Optional.empty();
    }

    private static FileChannel open(Path file) {
        try {
            Files.createDirectories(file.getParent());
            return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new DeliveryException(Problem.LOCAL_IO, "Cannot open " + file + ": " + e, e);
        }
    }

    private static void closeQuietly(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            throw new DeliveryException(Problem.LOCAL_IO, "Cannot close a lock file: " + e, e);
        }
    }
}
