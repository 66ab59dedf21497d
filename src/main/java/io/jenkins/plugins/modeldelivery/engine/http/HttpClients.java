package io.jenkins.plugins.modeldelivery.engine.http;

import java.net.ProxySelector;
import java.net.URI;
import java.util.List;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.ConnectionSpec;
import okhttp3.Dispatcher;
import okhttp3.Dns;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;

/**
 * The OkHttp clients of one transport.
 *
 * <p>OkHttp's own retries and redirects are off, so that the call's idempotency alone decides. (One is left: it answers a
 * 503 with {@code Retry-After: 0} by sending once more, which every idempotency permits.) HTTP/1.1 only: parallel uploads
 * then use parallel connections.
 */
final class HttpClients implements AutoCloseable {
    private static final int PARALLEL = 64;

    /** @param fresh opens a connection for each call */
    private record Pair(OkHttpClient pooled, OkHttpClient fresh) {
        static Pair of(OkHttpClient.Builder builder) {
            OkHttpClient pooled = builder.build();
            return new Pair(
                    pooled,
                    pooled.newBuilder()
                            .connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS))
                            .build());
        }
    }

    private final HttpSettings settings;
    private final Pair plain;
    private Pair secure;

    HttpClients(HttpSettings settings, Dns names) {
        this.settings = settings;
        Dispatcher dispatcher = new Dispatcher(
                new ThreadPoolExecutor(0, Integer.MAX_VALUE, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                    Thread thread = new Thread(task, "model-delivery-http");
                    thread.setDaemon(true);
                    return thread;
                }));
        dispatcher.setMaxRequests(PARALLEL);
        dispatcher.setMaxRequestsPerHost(PARALLEL);
        OkHttpClient.Builder builder = new OkHttpClient.Builder()
                .dispatcher(dispatcher)
                .connectionPool(new ConnectionPool(PARALLEL, 30, TimeUnit.SECONDS))
                .protocols(List.of(Protocol.HTTP_1_1))
                .retryOnConnectionFailure(false)
                .followRedirects(false)
                .followSslRedirects(false)
                .connectTimeout(settings.connect())
                .readTimeout(settings.silence())
                .writeTimeout(settings.silence())
                .proxySelector(
                        settings.proxy().map(HttpSettings.Proxy::selector).orElseGet(ProxySelector::getDefault))
                .proxyAuthenticator(new ProxyLogin(settings.proxy().flatMap(HttpSettings.Proxy::login)))
                .dns(new HostLookup(names))
                .eventListenerFactory(HttpAttempt.SentListener::of);
        plain = Pair.of(builder.connectionSpecs(List.of(ConnectionSpec.CLEARTEXT)));
        if (!settings.tls().isDefault()) {
            secure();
        }
    }

    /** Made when it is needed, since reading the JVM's certificates takes longer than a short call; at once if any are given. */
    private synchronized Pair secure() {
        if (secure == null) {
            OkHttpClient.Builder builder =
                    plain.pooled().newBuilder().connectionSpecs(List.of(ConnectionSpec.MODERN_TLS));
            TlsMaterial.configure(builder, settings.tls());
            secure = Pair.of(builder);
        }
        return secure;
    }

    /**
     * A call that must not arrive twice gets a connection of its own: on one that the server has just closed nobody can tell
     * whether the request arrived.
     */
    OkHttpClient forCall(URI uri, Idempotency idempotency) {
        Pair pair = "https".equalsIgnoreCase(uri.getScheme()) ? secure() : plain;
        return idempotency == Idempotency.ONCE ? pair.fresh() : pair.pooled();
    }

    @Override
    public void close() {
        plain.pooled().dispatcher().cancelAll();
        plain.pooled().dispatcher().executorService().shutdown();
        plain.pooled().connectionPool().evictAll();
    }
}
