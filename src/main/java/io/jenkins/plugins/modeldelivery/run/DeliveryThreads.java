package io.jenkins.plugins.modeldelivery.run;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.init.Terminator;
import hudson.util.ClassLoaderSanityThreadFactory;
import hudson.util.DaemonThreadFactory;
import hudson.util.NamingThreadFactory;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import jenkins.util.Timer;

/**
 * The threads on which Pipeline steps talk to servers and agents: few, however many builds wait, and none while nothing is
 * to be done. Uploads have half of them at most, so that a slow one never keeps the others from going on.
 */
@Extension
public final class DeliveryThreads {
    /** Enough for requests that take some milliseconds each; whoever waits for a server holds none. */
    static final int CALLS = 8;

    static final int UPLOADS = 8;

    /** Whoever listens to outcomes may be slow, and must not keep operations from theirs. */
    static final int NEWS = 2;

    /** Far longer than to notice an interruption takes. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);

    private final ThreadPoolExecutor calls = pool(CALLS, "Model Delivery");
    private final ThreadPoolExecutor uploads = pool(UPLOADS, "Model Delivery upload");
    private final ThreadPoolExecutor news = pool(NEWS, "Model Delivery news");

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

    /** Soon. */
    public Future<?> run(Runnable task, boolean upload) {
        return (upload ? uploads : calls).submit(task);
    }

    /** Soon, to those who only listen. */
    void tell(Runnable news) {
        this.news.execute(news);
    }

    /** @param task ends at once; after a pause, which holds no thread */
    public ScheduledFuture<?> later(Runnable task, Duration pause) {
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
            threads.news.shutdownNow();
            threads.calls.awaitTermination(LAST_WORDS.toSeconds(), TimeUnit.SECONDS);
            threads.uploads.awaitTermination(LAST_WORDS.toSeconds(), TimeUnit.SECONDS);
        }
        DeliveryRuntime.closeConnections();
    }
}
