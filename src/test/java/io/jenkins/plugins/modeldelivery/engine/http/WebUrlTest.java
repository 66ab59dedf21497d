package io.jenkins.plugins.modeldelivery.engine.http;

import static io.jenkins.plugins.modeldelivery.engine.http.Http.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class WebUrlTest {
    @AutoClose
    private final Http http = new Http();

    @ParameterizedTest
    @CsvSource({
        "http://registry.example, http://registry.example, registry.example",
        "' https://registry.example/ ', https://registry.example, registry.example",
        "http://my_registry:5000/base, http://my_registry:5000, my_registry",
        "http://[::1]:5000, http://[::1]:5000, [::1]",
        "HTTPS://Registry.example:443, https://registry.example, Registry.example",
        "http://registry.example/a%20b, http://registry.example, registry.example",
        "http://registry.example/a|b, http://registry.example, registry.example"
    })
    void whatIsAUrl(String text, String origin, String host) {
        URI uri = WebUrl.parse(text, "The URL");
        assertThat(WebUrl.origin(uri)).isEqualTo(origin);
        assertThat(WebUrl.host(uri)).isEqualTo(host);
        assertThat(WebUrl.callable(uri)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                          | is empty",
                "http://registry.example/a b | blank",
                "http://reg istry.example    | blank",
                "registry.example:5000       | does not begin with http",
                "ftp://registry.example      | does not begin with http",
                "file:///etc                 | does not begin with http",
                "sqlite:///x                 | does not begin with http",
                "'\"http://registry\"'       | does not begin with http",
                "http:registry               | does not begin with http",
                "http://                     | no valid host",
                "http://:5000                | no valid host",
                "http://registry:99999       | no valid host or port",
                "http://registry:port        | no valid host or port",
                "http://me:secret99@registry | configure the credentials apart",
                "http://me:secret99@my_reg   | configure the credentials apart",
                "http://registry/?token=abcd | part after ? or #",
                "http://registry/#models     | part after ? or #"
            })
    void whatIsNone(String text, String said) {
        assertThatExceptionOfType(DeliveryException.class)
                .isThrownBy(() -> WebUrl.parse(text, "The URL of the registry team"))
                .withMessageStartingWith("The URL of the registry team ")
                .withMessageContaining(said)
                .withMessageNotContaining("secret99")
                .withMessageNotContaining("abcd")
                .extracting(DeliveryException::kind)
                .isEqualTo(ErrorKind.INVALID_INPUT);
    }

    @Property(tries = 1000)
    void anyTextIsAUrlOrRefused(@ForAll String text) {
        for (String given : List.of(text, "http://" + text, "https://host/" + text)) {
            try {
                assertThat(WebUrl.callable(WebUrl.parse(given, "The URL"))).isTrue();
            } catch (DeliveryException e) {
                assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_INPUT);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://a/b",
                "http://user:secret99@a/b",
                "http://user:secret99@my_host/b",
                "file:///etc/passwd",
                "/relative",
                "http://host:99999/",
                "http:///path"
            })
    void onlyWebAddressesWithoutCredentialsAreCalled(String uri) {
        HttpCall call = Http.call("GET", URI.create(uri), Idempotency.SAFE, Optional.empty());
        assertThatExceptionOfType(DeliveryException.class)
                .isThrownBy(() -> http.send(call))
                .withMessageNotContaining("secret99")
                .extracting(DeliveryException::kind)
                .isEqualTo(ErrorKind.INVALID_INPUT);
    }

    private HttpCall call(String host) {
        URI uri = URI.create("http://" + host + ":" + http.server.getPort() + "/");
        return Http.call("GET", uri, Idempotency.SAFE, Optional.empty());
    }

    @Test
    void aHostWithAnUnderscoreIsCalled() throws InterruptedException {
        http.useNames(HttpSettings.DEFAULTS, name -> List.of(InetAddress.getLoopbackAddress()));
        http.answers(status(200));

        assertThat(http.send(call("my_registry")).status()).isEqualTo(200);
        assertThat(http.server.takeRequest().getHeaders().get("Host")).startsWith("my_registry:");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "registry.example: Name or service not known",
                "registry.example: nodename nor servname provided, or not known",
                "No such host is known (registry.example)"
            })
    void aHostThatDoesNotExistIsNotTriedAgain(String said) {
        http.useNames(HttpSettings.DEFAULTS, name -> {
            throw new UnknownHostException(said);
        });

        assertThat(http.fails(call("registry.example"), ErrorKind.MISCONFIGURED))
                .hasMessageContaining("no such host (registry.example)");
        assertThat(http.pauses).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"registry.example: Temporary failure in name resolution", "registry.example"})
    void aNameServiceThatFailsIsAskedAgain(String said) {
        http.useNames(HttpSettings.DEFAULTS, name -> {
            throw new UnknownHostException(said);
        });

        http.fails(call("registry.example"), ErrorKind.UNREACHABLE);
        assertThat(http.pauses).hasSize(HttpSettings.DEFAULTS.retries());
    }

    @Test
    void aHostThatWasThereIsAwayAndNotWrong() {
        AtomicBoolean gone = new AtomicBoolean();
        http.useNames(HttpSettings.DEFAULTS, name -> {
            if (gone.get()) {
                throw new UnknownHostException(name + ": Name or service not known");
            }
            return List.of(InetAddress.getLoopbackAddress());
        });
        http.answers(status(200).addHeader("Connection", "close"));
        http.send(call("registry"));
        gone.set(true);

        http.fails(call("registry"), ErrorKind.UNREACHABLE);
    }
}
