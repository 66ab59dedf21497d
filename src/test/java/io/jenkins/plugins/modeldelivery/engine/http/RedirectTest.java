package io.jenkins.plugins.modeldelivery.engine.http;

import static io.jenkins.plugins.modeldelivery.engine.http.Http.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import mockwebserver3.MockWebServer;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A redirect is followed on one server only, so that credentials are not sent to other servers. */
@Timeout(60)
class RedirectTest {
    @AutoClose
    private final Http http = new Http();

    @ParameterizedTest
    @ValueSource(strings = {"/there", "there", "//localhost:%d/there", "HTTP://LOCALHOST:%d/there"})
    void onTheSameServerItIsFollowed(String location) {
        http.answers(
                status(302).addHeader("Location", location.formatted(http.server.getPort())),
                status(200).body("there"));

        assertThat(http.send(http.call(Idempotency.SAFE)).body()).asString().isEqualTo("there");
    }

    @Test
    void toAnotherHostItIsRefusedByName() {
        http.answers(status(302).addHeader("Location", "http://elsewhere.example/steal?token=abc"));

        assertThat(http.fails(http.call(Idempotency.SAFE), ErrorKind.SERVER))
                .hasMessageContaining("elsewhere.example")
                .hasMessageNotContaining("token");
    }

    @Test
    void toAnotherPortNoRequestAndNoCredentialsAreSent() throws Exception {
        http.use(HttpSettings.DEFAULTS.withAuthentication(new Authentication.Bearer("our-secret")));
        try (MockWebServer other = new MockWebServer()) {
            other.start();
            http.answers(status(302).addHeader("Location", other.url("/steal").toString()));

            http.fails(http.call(Idempotency.SAFE), ErrorKind.SERVER);
            assertThat(other.getRequestCount()).isZero();
        }
        assertThat(http.server.takeRequest().getHeaders().get("Authorization")).isEqualTo("Bearer our-secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:///etc/passwd",
                "ftp://localhost:%d/",
                "https://localhost:%d/",
                "http://me:secret99@localhost:%d/",
                "http://localhost:%d@elsewhere.example/",
                "http://local_host:%d/",
                "javascript:alert(1)",
                "http://"
            })
    void elsewhereInAnyFormItIsNotFollowed(String location) {
        http.answers(status(302).addHeader("Location", location.formatted(http.server.getPort())));

        try {
            assertThat(http.send(http.call(Idempotency.SAFE)).status()).isEqualTo(302);
        } catch (TransportException e) {
            assertThat(e.kind()).isEqualTo(ErrorKind.SERVER);
            assertThat(e).hasMessageContaining("redirect").hasMessageNotContaining("secret99");
        }
        assertThat(http.server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void fromHttpsToHttpItIsNotFollowed() {
        HeldCertificate certificate = new HeldCertificate.Builder()
                .addSubjectAlternativeName("localhost")
                .build();
        HandshakeCertificates ours =
                new HandshakeCertificates.Builder().heldCertificate(certificate).build();
        try (Http secure = new Http(ours.sslSocketFactory())) {
            secure.use(HttpSettings.DEFAULTS.withAuthority(certificate.certificatePem()));
            secure.answers(status(302).addHeader("Location", "http://localhost:" + secure.server.getPort() + "/there"));

            assertThat(secure.fails(secure.call(Idempotency.SAFE), ErrorKind.SERVER))
                    .hasMessageContaining("redirect to http://localhost");
            assertThat(secure.server.getRequestCount()).isEqualTo(1);
        }
    }

    @Test
    void betweenTwoHostsWithUnderscoresItIsNotFollowed() {
        http.useNames(HttpSettings.DEFAULTS, name -> List.of(InetAddress.getLoopbackAddress()));
        String port = ":" + http.server.getPort();
        http.answers(status(302).addHeader("Location", "http://their_host" + port + "/"));
        HttpCall call =
                Http.call("GET", URI.create("http://our_host" + port + "/"), Idempotency.SAFE, Optional.empty());

        assertThat(http.fails(call, ErrorKind.SERVER)).hasMessageContaining("their_host");
        assertThat(http.server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void ofWhatChangesTheServerItIsRefused() {
        http.answers(status(307).addHeader("Location", "/there"));

        http.fails(http.call(Idempotency.ONCE), ErrorKind.SERVER);
        assertThat(http.server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void circlesEnd() {
        for (int i = 0; i < 9; i++) {
            http.answers(status(302).addHeader("Location", "/api"));
        }

        http.fails(http.call(Idempotency.SAFE), ErrorKind.SERVER);
        assertThat(http.server.getRequestCount()).isEqualTo(6);
    }
}
