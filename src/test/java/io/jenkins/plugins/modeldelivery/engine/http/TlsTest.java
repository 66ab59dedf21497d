package io.jenkins.plugins.modeldelivery.engine.http;

import static io.jenkins.plugins.modeldelivery.engine.http.Http.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.Problem;
import java.security.cert.X509Certificate;
import java.util.List;
import mockwebserver3.RecordedRequest;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A private certificate authority, and a certificate of our own. */
@Timeout(60)
class TlsTest {
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
        http = new Http(new HandshakeCertificates.Builder()
                .heldCertificate(SERVER)
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
        HttpFailure failure = http.fails(http.call(Idempotency.SAFE), Problem.UNREACHABLE);
        assertThat(failure)
                .hasMessageContaining("certificate is not trusted")
                .hasMessageContaining("Configure the certificate authority");
        assertThat(http.pauses).isEmpty();
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
        assertThatThrownBy(() -> http.send(http.call(Idempotency.SAFE))).isInstanceOf(HttpFailure.class);
    }

    @Test
    void nonsenseIsRefusedWithoutQuotingTheKey() {
        for (String key : List.of("not PEM at all", OURS.privateKeyPkcs1Pem(), "")) {
            assertThatThrownBy(() -> http.use(
                            HttpSettings.DEFAULTS.withIdentity(new ClientIdentity(OURS.certificatePem(), key))))
                    .isInstanceOfSatisfying(
                            DeliveryException.class,
                            e -> assertThat(e.problem()).isEqualTo(Problem.INVALID_INPUT))
                    .hasMessageContaining("PKCS #8")
                    .hasMessageNotContaining("MII")
                    .hasNoCause();
        }
        assertThatThrownBy(() -> http.use(HttpSettings.DEFAULTS.withAuthority("-----BEGIN nothing")))
                .isInstanceOf(DeliveryException.class);
    }
}
