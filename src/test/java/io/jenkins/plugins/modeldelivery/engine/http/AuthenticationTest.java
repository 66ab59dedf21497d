package io.jenkins.plugins.modeldelivery.engine.http;

import static io.jenkins.plugins.modeldelivery.engine.http.Http.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.modeldelivery.engine.http.HttpSettings.ClientIdentity;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import mockwebserver3.RecordedRequest;
import okhttp3.Credentials;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Credentials are sent to the configured server only. */
@Timeout(60)
class AuthenticationTest {
    private static final String SECRET = "correct-horse/battery\"staple";

    @AutoClose
    private final Http http = new Http();

    private RecordedRequest sent(Authentication authentication, boolean authenticated) throws InterruptedException {
        http.use(HttpSettings.DEFAULTS.withAuthentication(authentication));
        http.answers(status(200));
        http.send(new HttpCall(
                "GET",
                http.uri("/api"),
                Map.of(),
                Optional.empty(),
                Idempotency.SAFE,
                Duration.ofMinutes(1),
                1000,
                "list models",
                authenticated));
        return http.server.takeRequest();
    }

    @Test
    void aTokenIsABearer() throws InterruptedException {
        assertThat(sent(new Authentication.Bearer("abc123"), true).getHeaders().get("Authorization"))
                .isEqualTo("Bearer abc123");
    }

    @Test
    void userAndPasswordAreBasicInUtf8() throws InterruptedException {
        String header = sent(new Authentication.Basic("jürgen", "pä:ss"), true)
                .getHeaders()
                .get("Authorization");
        assertThat(header).startsWith("Basic ");
        assertThat(new String(Base64.getDecoder().decode(header.substring(6)), StandardCharsets.UTF_8))
                .isEqualTo("jürgen:pä:ss");
    }

    @Test
    void headersOfAnyNameAreSent() throws InterruptedException {
        RecordedRequest request = sent(new Authentication.Headers(Map.of("X-Api-Key", "k", "X-Org", "o")), true);
        assertThat(request.getHeaders().get("X-Api-Key")).isEqualTo("k");
        assertThat(request.getHeaders().get("X-Org")).isEqualTo("o");
    }

    @Test
    void aLoginAndHeadersAreSentTogether() throws InterruptedException {
        Authentication both = new Authentication.LoginWithHeaders(
                new Authentication.Basic("me", "password"), new Authentication.Headers(Map.of("X-Gateway", "key")));
        RecordedRequest request = sent(both, true);
        assertThat(request.getHeaders().get("Authorization")).isEqualTo(Credentials.basic("me", "password"));
        assertThat(request.getHeaders().get("X-Gateway")).isEqualTo("key");
        assertThat(both.secrets()).contains("password", "key");
        assertThat(both.toString()).doesNotContain("password=p").contains("X-Gateway");
    }

    @Test
    void aLoginAndItsOwnHeaderAreRefused() {
        assertThatThrownBy(() -> new Authentication.LoginWithHeaders(
                        new Authentication.Bearer("abc123"),
                        new Authentication.Headers(Map.of("authorization", "Bearer other99"))))
                .isInstanceOfSatisfying(
                        DeliveryException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_INPUT))
                .hasMessageContaining("Authorization")
                .hasMessageNotContainingAny("abc123", "other99");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "X Key", "X:Key", "X-Kéy", "X-Key\r\nX-Evil"})
    void aNameThatNoHeaderCanHaveIsRefused(String name) {
        assertThatThrownBy(() -> new Authentication.Headers(Map.of(name, "value")))
                .isInstanceOfSatisfying(
                        DeliveryException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_INPUT));
    }

    @Test
    void aCallToAnotherPartyBearsNoCredentials() throws InterruptedException {
        assertThat(sent(new Authentication.Bearer("abc123"), false).getHeaders().get("Authorization"))
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\r\nX-Evil: 1", "tök", "a\u0000b"})
    void aTokenThatIsNoHeaderIsRefusedWithoutShowingIt(String token) {
        assertThatThrownBy(() -> new Authentication.Bearer(token))
                .isInstanceOfSatisfying(
                        DeliveryException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_INPUT))
                .hasMessageNotContainingAny("Evil", "tök");
    }

    @Test
    void noSecretShowsItselfAsText() {
        assertThat(new Authentication.Bearer(SECRET).toString()).doesNotContain("horse");
        assertThat(new Authentication.Basic("me", SECRET).toString())
                .doesNotContain("horse")
                .contains("me");
        assertThat(new Authentication.Headers(Map.of("X-Api-Key", SECRET)).toString())
                .doesNotContain("horse")
                .contains("X-Api-Key");
        assertThat(new ClientIdentity("cert", SECRET).toString()).doesNotContain("horse");
    }
}
