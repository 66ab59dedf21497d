package io.jenkins.plugins.modeldelivery.engine.http;

import static io.jenkins.plugins.modeldelivery.engine.http.Http.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.modeldelivery.engine.http.HttpSettings.ClientIdentity;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A private certificate authority, and a certificate of our own. */
@Timeout(60)
class TlsMaterialTest {
    private static final HeldCertificate AUTHORITY = new HeldCertificate.Builder()
            .certificateAuthority(1)
            .commonName("A private authority")
            .build();
    private static final HeldCertificate SERVER = new HeldCertificate.Builder()
            .addSubjectAlternativeName("localhost")
            .addSubjectAlternativeName("127.0.0.1")
            .signedBy(AUTHORITY)
            .build();
    private static final HeldCertificate OURS = new HeldCertificate.Builder()
            .commonName("jenkins")
            .rsa2048()
            .signedBy(AUTHORITY)
            .build();

    private Http http;

    @BeforeEach
    void start() throws Exception {
        http = with(SERVER);
    }

    private static Http with(HeldCertificate server) {
        return new Http(new HandshakeCertificates.Builder()
                .heldCertificate(server)
                .addTrustedCertificate(AUTHORITY.certificate())
                .build()
                .sslSocketFactory());
    }

    @AfterEach
    void stop() {
        http.close();
    }

    @Test
    void anUnknownAuthorityIsNotTrustedAndNotTriedAgain() {
        TransportException failure = http.fails(http.call(Idempotency.SAFE), ErrorKind.MISCONFIGURED);
        assertThat(failure)
                .hasMessageContaining("certificate is not trusted")
                .hasMessageContaining("Configure the certificate authority");
        assertThat(http.pauses).isEmpty();
    }

    /** Permanent errors are not retried, and the operation does not wait. */
    private void fails(Http server, URI uri, String... said) {
        HttpCall call = Http.call("GET", uri, Idempotency.SAFE, Optional.empty());
        assertThat(server.fails(call, ErrorKind.MISCONFIGURED)).hasMessageContainingAll(said);
        assertThat(server.pauses).isEmpty();
    }

    @Test
    void aCertificateForAnotherHostIsNotTriedAgain() {
        HeldCertificate other = new HeldCertificate.Builder()
                .addSubjectAlternativeName("other.example")
                .signedBy(AUTHORITY)
                .build();
        try (Http server = with(other)) {
            server.use(HttpSettings.DEFAULTS.withAuthority(AUTHORITY.certificatePem()));
            fails(server, server.uri("/"), "for other host names", "other.example");
        }
    }

    @Test
    void anExpiredCertificateIsNotTriedAgain() {
        HeldCertificate expired = new HeldCertificate.Builder()
                .addSubjectAlternativeName("localhost")
                .validityInterval(0, 1000)
                .signedBy(AUTHORITY)
                .build();
        try (Http server = with(expired)) {
            server.use(HttpSettings.DEFAULTS.withAuthority(AUTHORITY.certificatePem()));
            fails(server, server.uri("/"), "expired");
        }
    }

    @Test
    void aServerWithoutTlsIsNotTriedAgain() throws Exception {
        try (ServerSocket plain = new ServerSocket(0)) {
            Thread server = new Thread(() -> {
                try (Socket client = plain.accept()) {
                    client.getOutputStream()
                            .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                    client.getInputStream().transferTo(OutputStream.nullOutputStream());
                } catch (IOException e) {
                    // The client hung up.
                }
            });
            server.start();
            fails(http, URI.create("https://localhost:" + plain.getLocalPort() + "/"), "does not use TLS");
            server.join();
        }
    }

    @Test
    void aServerThatSpeaksOnlyTlsIsNotTriedAgain() {
        fails(http, URI.create("http://localhost:" + http.server.getPort() + "/"), "does not use HTTP", "https://");
    }

    @Test
    void aServerOfOldTlsOnlyIsNotTriedAgain() throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, null, null);
        try (SSLServerSocket old =
                (SSLServerSocket) context.getServerSocketFactory().createServerSocket(0)) {
            // Without a key there is no common cipher suite.
            Thread server = new Thread(() -> {
                try {
                    ((SSLSocket) old.accept()).startHandshake();
                } catch (IOException e) {
                    // As intended.
                }
            });
            server.start();
            fails(http, URI.create("https://localhost:" + old.getLocalPort() + "/"), "TLS handshake failed");
            server.join();
        }
    }

    @Test
    void aHandshakeThatTheServerBreaksOffIsTriedAgain() {
        http.use(HttpSettings.DEFAULTS.withAuthority(AUTHORITY.certificatePem()));
        http.server.enqueue(new MockResponse.Builder().failHandshake().build());
        http.answers(status(200));
        assertThatCode(() -> http.send(http.call(Idempotency.SAFE))).doesNotThrowAnyException();
    }

    @Test
    void theConfiguredAuthorityIsTrusted() {
        http.use(HttpSettings.DEFAULTS.withAuthority(AUTHORITY.certificatePem()));
        http.answers(status(200));
        assertThat(http.send(http.call(Idempotency.SAFE)).status()).isEqualTo(200);
    }

    @Test
    void ourCertificateIsShownToTheServer() throws InterruptedException {
        http.server.requireClientAuth();
        http.use(HttpSettings.DEFAULTS
                .withAuthority(AUTHORITY.certificatePem())
                .withIdentity(new ClientIdentity(
                        OURS.certificatePem() + AUTHORITY.certificatePem(), OURS.privateKeyPkcs8Pem())));
        http.answers(status(200));
        http.send(http.call(Idempotency.SAFE));
        RecordedRequest request = http.server.takeRequest();
        X509Certificate seen =
                (X509Certificate) request.getHandshake().peerCertificates().get(0);
        assertThat(seen.getSubjectX500Principal().getName()).contains("CN=jenkins");
    }

    @Test
    void withoutOneAServerThatAsksForItRefuses() {
        http.server.requireClientAuth();
        http.use(HttpSettings.DEFAULTS.withAuthority(AUTHORITY.certificatePem()).withRetries(0));
        assertThatThrownBy(() -> http.send(http.call(Idempotency.SAFE))).isInstanceOf(TransportException.class);
    }

    @Test
    void nonsenseIsRefusedWithoutQuotingTheKey() {
        for (String key : List.of("not PEM at all", OURS.privateKeyPkcs1Pem(), "")) {
            assertThatThrownBy(() -> http.use(
                            HttpSettings.DEFAULTS.withIdentity(new ClientIdentity(OURS.certificatePem(), key))))
                    .isInstanceOfSatisfying(
                            DeliveryException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_INPUT))
                    .hasMessageContaining("PKCS #8")
                    .hasMessageNotContaining("MII")
                    .hasNoCause();
        }
        assertThatThrownBy(() -> http.use(HttpSettings.DEFAULTS.withAuthority("-----BEGIN nothing")))
                .isInstanceOf(DeliveryException.class);
    }
}
