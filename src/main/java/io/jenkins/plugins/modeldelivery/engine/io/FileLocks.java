package io.jenkins.plugins.modeldelivery.engine.io;

import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;

/**
 * Locks between processes and between the threads of each. A process that dies gives its locks back. Not reentrant. Throws
 * {@link DeliveryException} with LOCAL_IO, or CANCELLED if the thread is interrupted while it waits.
 *
 * <p>The system keeps file locks per process: it refuses a second one within a process instead of waiting, and as soon as a
 * process closes a file once, all locks of the process on that file are gone. So a process opens a lock file once at a time;
 * its threads take turns before that, in a table that is static because the system's is, too.
 */
public final class FileLocks {
    private static final ConcurrentMap<Path, Turns> TURNS = new ConcurrentHashMap<>();
    private static final int ALL = Integer.MAX_VALUE;

    private FileLocks() {}

    /** How the threads of this process share one lock file. */
    private static final class Turns {
        /** One permit for each who shares, all for who is alone. */
        private final Semaphore permits = new Semaphore(ALL, true);

        private int sharing;
        private FileChannel sharedChannel;
        /** Who holds or waits; changed under the table's lock only, so that nobody is lost when the entry goes. */
        private int users;
    }

    /** A lock until it is closed. */
    public static final class Held implements AutoCloseable {
        private final Release release;

        private Held(Release release) {
            this.release = release;
        }

        @Override
        public void close() {
            try {
                release.run();
            } catch (IOException e) {
                throw new DeliveryException(ErrorKind.LOCAL_IO, "Cannot release a lock: " + e, e);
            }
        }
    }

    @FunctionalInterface
    private interface Release {
        void run() throws IOException;
    }

    /** Waits until nobody else holds it. */
    public static Held exclusive(Path file) {
        Path key = key(file);
        Turns turns = enter(key);
        try {
            acquire(turns, ALL);
        } catch (RuntimeException e) {
            leave(key);
            throw e;
        }
        try {
            FileChannel channel = open(key);
            lock(channel, key, false);
            return new Held(() -> release(key, turns, channel));
        } catch (RuntimeException e) {
            turns.permits.release(ALL);
            leave(key);
            throw e;
        }
    }

    private static void release(Path key, Turns turns, FileChannel channel) throws IOException {
        try {
            channel.close();
        } finally {
            turns.permits.release(ALL);
            leave(key);
        }
    }

    /** Many may hold it; nobody has the exclusive one meanwhile. */
    public static Held shared(Path file) {
        Path key = key(file);
        Turns turns = enter(key);
        try {
            acquire(turns, 1);
        } catch (RuntimeException e) {
            leave(key);
            throw e;
        }
        try {
            synchronized (turns) {
                if (turns.sharing == 0) {
                    FileChannel channel = open(key);
                    lock(channel, key, true);
                    turns.sharedChannel = channel;
                }
                turns.sharing++;
            }
            return new Held(() -> releaseShared(key, turns));
        } catch (RuntimeException e) {
            turns.permits.release();
            leave(key);
            throw e;
        }
    }

    private static void releaseShared(Path key, Turns turns) throws IOException {
        try {
            synchronized (turns) {
                turns.sharing--;
                if (turns.sharing == 0) {
                    turns.sharedChannel.close();
                }
            }
        } finally {
            turns.permits.release();
            leave(key);
        }
    }

    /** The exclusive lock if nobody uses it now, in this process or another. */
    public static Optional<Held> tryExclusive(Path file) {
        Path key = key(file);
        Turns turns = enter(key);
        if (!turns.permits.tryAcquire(ALL)) {
            leave(key);
            return Optional.empty();
        }
        FileChannel channel = null;
        boolean locked = false;
        try {
            channel = open(key);
            locked = channel.tryLock() != null;
        } catch (IOException e) {
            throw failed(key, e);
        } finally {
            if (!locked) {
                closeQuietly(channel);
                turns.permits.release(ALL);
                leave(key);
            }
        }
        FileChannel held = channel;
        return locked ? Optional.of(new Held(() -> release(key, turns, held))) : Optional.empty();
    }

    private static Turns enter(Path key) {
        return TURNS.compute(key, (path, present) -> {
            Turns turns = present == null ? new Turns() : present;
            turns.users++;
            return turns;
        });
    }

    private static void leave(Path key) {
        TURNS.computeIfPresent(key, (path, turns) -> {
            turns.users--;
            return turns.users == 0 ? null : turns;
        });
    }

    private static void acquire(Turns turns, int permits) {
        try {
            turns.permits.acquire(permits);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DeliveryException(ErrorKind.CANCELLED, "Interrupted while waiting", e);
        }
    }

    private static void lock(FileChannel channel, Path key, boolean shared) {
        try {
            channel.lock(0, Long.MAX_VALUE, shared);
        } catch (IOException e) {
            closeQuietly(channel);
            throw failed(key, e);
        }
    }

    /** One name for one file, however it is reached. */
    private static Path key(Path file) {
        try {
            Path absolute = file.toAbsolutePath();
            Files.createDirectories(absolute.getParent());
            return absolute.getParent().toRealPath().resolve(absolute.getFileName());
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    private static FileChannel open(Path file) {
        try {
            return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    private static DeliveryException failed(Path file, IOException e) {
        return new DeliveryException(ErrorKind.LOCAL_IO, "Cannot lock " + file + ": " + e, e);
    }

    private static void closeQuietly(FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            throw new DeliveryException(ErrorKind.LOCAL_IO, "Cannot close a lock file: " + e, e);
        }
    }
}
