package io.jenkins.plugins.modeldelivery.engine.http;

import static io.jenkins.plugins.modeldelivery.engine.http.Http.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.modeldelivery.engine.model.Problem;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.util.Optional;
import mockwebserver3.RecordedRequest;
import okhttp3.Credentials;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The server of these tests plays the proxy. */
@Timeout(60)
class ProxyTest {
    private static final URI ELSEWHERE = URI.create("http://registry.example/api");

    @AutoClose
    private final Http http = new Http();

    private ProxySelector selector() {
        return ProxySelector.of(new InetSocketAddress("127.0.0.1", http.server.getPort()));
    }

    private static HttpCall call() {
        return Http.call("GET", ELSEWHERE, Idempotency.SAFE, Optional.empty());
    }

    @Test
    void callsGoThroughTheProxy() throws InterruptedException {
        http.use(HttpSettings.DEFAULTS.withProxy(selector(), Optional.empty()));
        http.answers(status(200));
        assertThat(http.send(call()).status()).isEqualTo(200);
        RecordedRequest request = http.server.takeRequest();
        assertThat(request.getTarget()).isEqualTo(ELSEWHERE.toString());
        assertThat(request.getHeaders().get("Host")).isEqualTo("registry.example");
    }

    @Test
    void aProxyThatAsksIsToldWhoWeAre() throws InterruptedException {
        http.use(HttpSettings.DEFAULTS.withProxy(selector(), Optional.of(new Authentication.Basic("me", "secret"))));
        http.answers(status(407).addHeader("Proxy-Authenticate", "Basic realm=\"x\""), status(200));
        assertThat(http.send(call()).status()).isEqualTo(200);
        http.server.takeRequest();
        assertThat(http.server.takeRequest().getHeaders().get("Proxy-Authorization"))
                .isEqualTo(Credentials.basic("me", "secret"));
    }

    @Test
    void aProxyThatIsNotThereIsSaidPlainly() {
        int port = http.server.getPort();
        http.server.close();
        http.use(HttpSettings.DEFAULTS
                .withRetries(0)
                .withProxy(ProxySelector.of(new InetSocketAddress("127.0.0.1", port)), Optional.empty()));
        assertThat(http.fails(call(), Problem.UNREACHABLE)).hasMessageContaining("no connection");
    }
}
