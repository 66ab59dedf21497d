package io.jenkins.plugins.modeldelivery.engine.http;

import static io.jenkins.plugins.modeldelivery.engine.http.Http.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
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

    private static HttpCall secureCall() {
        return Http.call("GET", URI.create("https://registry.example/api"), Idempotency.SAFE, Optional.empty());
    }

    private void through(ConnectProxy proxy, Optional<Authentication.Basic> login) {
        http.use(HttpSettings.DEFAULTS.withProxy(
                ProxySelector.of(new InetSocketAddress("127.0.0.1", proxy.port())), login));
    }

    /** The endless challenge was answered 216,399 times in nine seconds. */
    @Test
    void aTunnelWithAWrongPasswordIsAskedForOnce() {
        try (ConnectProxy proxy = new ConnectProxy(ConnectProxy.WRONG_LOGIN)) {
            through(proxy, Optional.of(new Authentication.Basic("me", "wrong-secret")));

            assertThat(http.fails(secureCall(), ErrorKind.DENIED))
                    .hasMessageContaining("proxy")
                    .hasMessageContaining("407")
                    .hasMessageContaining("user name and password")
                    .hasMessageNotContaining("wrong-secret");
            assertThat(proxy.requests()).hasSizeBetween(1, 2);
            assertThat(proxy.requests().get(0).get(0)).startsWith("CONNECT registry.example:443");
            assertThat(http.pauses).isEmpty();
        }
    }

    @Test
    void aPlainCallWithAWrongPasswordIsSentTwiceAtMost() {
        try (ConnectProxy proxy = new ConnectProxy(ConnectProxy.WRONG_LOGIN)) {
            through(proxy, Optional.of(new Authentication.Basic("me", "wrong-secret")));

            assertThat(http.fails(call(), ErrorKind.DENIED)).hasMessageContaining("proxy");
            assertThat(proxy.requests()).hasSize(2);
            assertThat(http.pauses).isEmpty();
        }
    }

    @Test
    void aProxyThatAsksWhereNoLoginIsConfiguredIsNamed() {
        try (ConnectProxy proxy = new ConnectProxy(ConnectProxy.WRONG_LOGIN)) {
            through(proxy, Optional.empty());

            for (HttpCall call : new HttpCall[] {secureCall(), call()}) {
                assertThat(http.fails(call, ErrorKind.DENIED))
                        .hasMessageContaining("proxy")
                        .hasMessageContaining("no user name and password");
            }
            assertThat(proxy.requests()).hasSize(2);
        }
    }

    @Test
    void thePasswordIsNotSentToAProxyThatDoesNotTakeItInThisForm() {
        try (ConnectProxy proxy = new ConnectProxy("HTTP/1.1 407 No\r\nProxy-Authenticate: Negotiate\r\n")) {
            through(proxy, Optional.of(new Authentication.Basic("me", "my-secret")));

            assertThat(http.fails(call(), ErrorKind.DENIED)).hasMessageContaining("Negotiate");
            assertThat(proxy.requests())
                    .singleElement()
                    .satisfies(
                            request -> assertThat(request).noneMatch(line -> line.startsWith("Proxy-Authorization")));
        }
    }

    @Test
    void aProxyThatRefusesTheTunnelIsNotAskedAgain() {
        try (ConnectProxy proxy = new ConnectProxy("HTTP/1.1 403 Forbidden\r\n")) {
            through(proxy, Optional.empty());

            assertThat(http.fails(secureCall(), ErrorKind.DENIED))
                    .hasMessageContaining("proxy")
                    .hasMessageContaining("403");
            assertThat(proxy.requests()).hasSize(1);
        }
    }

    @Test
    void aProxyThatIsBusyIsAskedAgain() {
        try (ConnectProxy proxy = new ConnectProxy("HTTP/1.1 503 Busy\r\n")) {
            through(proxy, Optional.empty());

            assertThat(http.fails(secureCall(), ErrorKind.UNREACHABLE)).hasMessageContaining("503");
            assertThat(proxy.requests()).hasSize(1 + HttpSettings.DEFAULTS.retries());
        }
    }

    @Test
    void anOriginServerThatAsksAgainAndAgainIsAskedOnce() {
        for (Authentication login :
                new Authentication[] {new Authentication.None(), new Authentication.Basic("me", "wrong-secret")}) {
            http.use(HttpSettings.DEFAULTS.withAuthentication(login));
            int before = http.server.getRequestCount();
            http.answers(status(401).addHeader("WWW-Authenticate", "Basic realm=\"x\""));

            assertThat(http.send(http.call(Idempotency.SAFE)).status()).isEqualTo(401);
            assertThat(http.server.getRequestCount()).isEqualTo(before + 1);
        }
    }

    @Test
    void anOriginServerThatPlaysAProxyIsNotAnswered() {
        http.use(HttpSettings.DEFAULTS.withProxy(
                ProxySelector.of(null), Optional.of(new Authentication.Basic("me", "my-secret"))));
        for (int i = 0; i < 10; i++) {
            http.answers(status(407).addHeader("Proxy-Authenticate", "Basic realm=\"x\""));
        }

        http.fails(http.call(Idempotency.SAFE), ErrorKind.DENIED);
        assertThat(http.server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void aProxyThatIsNotThereIsSaidPlainly() {
        int port = http.server.getPort();
        http.server.close();
        http.use(HttpSettings.DEFAULTS
                .withRetries(0)
                .withProxy(ProxySelector.of(new InetSocketAddress("127.0.0.1", port)), Optional.empty()));
        assertThat(http.fails(call(), ErrorKind.UNREACHABLE)).hasMessageContaining("no connection");
    }
}
