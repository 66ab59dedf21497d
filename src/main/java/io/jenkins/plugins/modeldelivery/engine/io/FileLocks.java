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
        /** Those who have their permits and the system's lock, which is the same for all of them. */
        private int holders;

        private FileChannel channel;
        /** Who holds or waits; changed under the table's lock only, so that nobody is lost when the entry goes. */
        private int users;

        private boolean take(int count, boolean wait) {
            try {
                if (wait) {
                    permits.acquire(count);
                }
                return wait || permits.tryAcquire(count);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw ErrorKind.CANCELLED.error("Interrupted while waiting", e);
            }
        }

        /** Takes the system's lock, unless those who share it have it already. */
        private synchronized boolean lock(Path file, boolean shared, boolean wait) throws IOException {
            if (holders == 0) {
                FileChannel opened = FileChannel.open(
                        file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
                boolean locked = false;
                try {
                    locked = (wait ? opened.lock(0, Long.MAX_VALUE, shared) : opened.tryLock()) != null;
                } finally {
                    if (!locked) {
                        opened.close();
                    }
                }
                if (!locked) {
                    return false;
                }
                channel = opened;
            }
            holders++;
            return true;
        }

        private synchronized void unlock() throws IOException {
            holders--;
            if (holders == 0) {
                channel.close();
            }
        }
    }

    /** A lock until it is closed. */
    public static final class Held implements AutoCloseable {
        private final Path key;
        private final Turns turns;
        private final int permits;

        private Held(Path key, Turns turns, int permits) {
            this.key = key;
            this.turns = turns;
            this.permits = permits;
        }

        @Override
        public void close() {
            try {
                turns.unlock();
            } catch (IOException e) {
                throw ErrorKind.LOCAL_IO.error("Cannot release a lock: " + e, e);
            } finally {
                turns.permits.release(permits);
                leave(key);
            }
        }
    }

    /** Waits until nobody else holds it. */
    public static Held exclusive(Path file) {
        return take(file, ALL, true).orElseThrow();
    }

    /** Many may hold it; nobody has the exclusive one meanwhile. */
    public static Held shared(Path file) {
        return take(file, 1, true).orElseThrow();
    }

    /** The exclusive lock if nobody uses it now, in this process or another. */
    public static Optional<Held> tryExclusive(Path file) {
        return take(file, ALL, false);
    }

    private static Optional<Held> take(Path file, int permits, boolean wait) {
        Path key = key(file);
        Turns turns = enter(key);
        boolean taken = false;
        boolean locked = false;
        try {
            taken = turns.take(permits, wait);
            locked = taken && turns.lock(key, permits == 1, wait);
        } catch (IOException e) {
            throw failed(key, e);
        } finally {
            if (!locked) {
                turns.permits.release(taken ? permits : 0);
                leave(key);
            }
        }
        return locked ? Optional.of(new Held(key, turns, permits)) : Optional.empty();
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

    private static DeliveryException failed(Path file, IOException e) {
        return ErrorKind.LOCAL_IO.error("Cannot lock " + file + ": " + e, e);
    }
}
