package io.jenkins.plugins.modeldelivery.build.runtime;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.init.Terminator;
import hudson.util.ClassLoaderSanityThreadFactory;
import hudson.util.DaemonThreadFactory;
import hudson.util.NamingThreadFactory;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import jenkins.util.SystemProperties;
import jenkins.util.Timer;

/**
 * The threads on which steps talk to servers and agents: few, however many builds wait, and none while nothing is to be done.
 * Each {@link ThreadLane} keeps to its own, so that neither slow uploads nor a server that hangs keep others from going on.
 */
@Extension
public final class DeliveryThreads {
    /** Enough for requests that take some milliseconds each; a step that waits for a server holds none. */
    static final int CALLS = threads("calls", 16);

    /** Of these, for one server at most: one that hangs leaves the rest to the others. */
    static final int CALLS_OF_ONE_SERVER = threads("callsOfOneServer", 4);

    static final int UPLOADS = threads("uploads", 8);
    static final int DOWNLOADS = threads("downloads", 8);
    static final int STOPS = 4;

    /** Listeners to outcomes may be slow, and must not keep operations from theirs. */
    static final int NEWS = 2;

    /** Far longer than to notice an interruption takes. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);

    private final ThreadPoolExecutor calls = pool(CALLS, "Model Delivery");
    private final ThreadPoolExecutor uploads = pool(UPLOADS, "Model Delivery upload");
    private final ThreadPoolExecutor downloads = pool(DOWNLOADS, "Model Delivery download");
    private final ThreadPoolExecutor stops = pool(STOPS, "Model Delivery stop");
    private final ThreadPoolExecutor news = pool(NEWS, "Model Delivery news");
    private final Bulkheads servers = new Bulkheads(calls, CALLS_OF_ONE_SERVER);

    /** As a system property of the controller says; at least one. */
    private static int threads(String name, int usually) {
        return Math.max(1, SystemProperties.getInteger("io.jenkins.plugins.modeldelivery.threads." + name, usually));
    }

    public static DeliveryThreads get() {
        return ExtensionList.lookupSingleton(DeliveryThreads.class);
    }

    private static ThreadPoolExecutor pool(int threads, String name) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads,
                threads,
                10,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                new NamingThreadFactory(new ClassLoaderSanityThreadFactory(new DaemonThreadFactory()), name));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /** Soon, on the threads of the lane. */
    public void run(Runnable task, ThreadLane lane) {
        switch (lane.kind()) {
            case UPLOADS -> uploads.execute(task);
            case DOWNLOADS -> downloads.execute(task);
            case STOPS -> stops.execute(task);
            case CALLS -> {
                if (lane.server().isEmpty()) {
                    calls.execute(task);
                } else {
                    servers.run(task, lane.server());
                }
            }
        }
    }

    /** Soon, to those who only listen. */
    public void runNotification(Runnable news) {
        this.news.execute(news);
    }

    /** @param task ends at once; after a pause, which holds no thread */
    public ScheduledFuture<?> schedule(Runnable task, Duration pause) {
        return Timer.get().schedule(task, Math.max(0, pause.toMillis()), TimeUnit.MILLISECONDS);
    }

    /** Whether the controller goes down, so that what is interrupted goes on later. */
    public boolean ending() {
        return calls.isShutdown();
    }

    /**
     * What runs is interrupted and goes on after the restart, as its journal says. Connections are closed after that: a call
     * that breaks off because of it would look as if the server had failed.
     */
    @Terminator
    public static void shutDown() throws InterruptedException {
        for (DeliveryThreads threads : ExtensionList.lookup(DeliveryThreads.class)) {
            threads.calls.shutdownNow();
            threads.uploads.shutdownNow();
            threads.downloads.shutdownNow();
            threads.stops.shutdownNow();
            threads.news.shutdownNow();
            threads.calls.awaitTermination(LAST_WORDS.toSeconds(), TimeUnit.SECONDS);
            threads.uploads.awaitTermination(LAST_WORDS.toSeconds(), TimeUnit.SECONDS);
            threads.downloads.awaitTermination(LAST_WORDS.toSeconds(), TimeUnit.SECONDS);
        }
        DeliveryRuntime.closeConnections();
    }
}
