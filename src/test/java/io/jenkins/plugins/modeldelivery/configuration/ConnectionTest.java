package io.jenkins.plugins.modeldelivery.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SecretBytes;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.CertificateCredentialsImpl;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.ProxyConfiguration;
import hudson.util.FormValidation;
import hudson.util.Secret;
import io.jenkins.plugins.modeldelivery.WithSharedJenkins;
import io.jenkins.plugins.modeldelivery.configuration.connection.Connection;
import io.jenkins.plugins.modeldelivery.configuration.connection.SystemCredentials;
import io.jenkins.plugins.modeldelivery.engine.fake.PlantedSecrets;
import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.Sleeper;
import io.jenkins.plugins.modeldelivery.engine.registry.ModelRegistry;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** What is configured in Jenkins reaches the server, and no one else. */
@WithSharedJenkins
class ConnectionTest {
    private static final String ELSEWHERE = "http://mlflow.example";

    private final MockWebServer server = new MockWebServer();

    @BeforeEach
    void start() throws Exception {
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private String url() {
        return server.url("/").toString();
    }

    /** As MLflow answers who it is, and lists its models. */
    private void answers() {
        server.enqueue(new MockResponse.Builder().body("3.4.0").build());
        server.enqueue(new MockResponse.Builder().body("{}").build());
    }

    private RecordedRequest request() throws InterruptedException {
        RecordedRequest request = server.takeRequest(10, TimeUnit.SECONDS);
        assertThat(request).isNotNull();
        return request;
    }

    private static void store(Credentials credentials) throws Exception {
        SystemCredentialsProvider.getInstance().getCredentials().add(credentials);
        SystemCredentialsProvider.getInstance().save();
    }

    private static void token(String id, String secret) throws Exception {
        store(new StringCredentialsImpl(CredentialsScope.GLOBAL, id, "", Secret.fromString(secret)));
    }

    private static MlflowRegistryConfiguration mlflow(String url, String credentialsId) {
        MlflowRegistryConfiguration registry = new MlflowRegistryConfiguration("mlflow", url);
        registry.setCredentialsId(credentialsId);
        return registry;
    }

    private static String describe(Connection<ModelRegistry> connection) {
        try (ModelRegistry registry = connection.open(Clock.systemUTC(), Sleeper.REAL)) {
            return registry.describe(Cancellation.NONE).version();
        }
    }

    private static FormValidation test(String url, String credentialsId, String authority) {
        return new MlflowRegistryConfiguration.DescriptorImpl().doTestConnection(url, credentialsId, authority);
    }

    @Test
    void aSecretTextIsSentAsBearerToken(JenkinsRule j) throws Exception {
        token("token", PlantedSecrets.TOKEN);
        answers();
        assertThat(describe(mlflow(url(), "token").connection(new SystemCredentials())))
                .isEqualTo("3.4.0");
        assertThat(request().getHeaders().get("Authorization")).isEqualTo("Bearer " + PlantedSecrets.TOKEN);
    }

    @Test
    void aUserNameWithPasswordIsSentAsBasicAuthentication(JenkinsRule j) throws Exception {
        store(new UsernamePasswordCredentialsImpl(CredentialsScope.GLOBAL, "user", "", "ci", PlantedSecrets.PASSWORD));
        answers();
        FormValidation told = test(url(), "user", "");
        assertThat(told.kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(told.getMessage())
                .contains("Found MLflow 3.4.0", "as the user ci", "aliases")
                .doesNotContain("planted");
        assertThat(request().getHeaders().get("Authorization"))
                .isEqualTo(okhttp3.Credentials.basic("ci", PlantedSecrets.PASSWORD));
    }

    @Test
    void aCertificateIsShownToAServerOfAPrivateAuthority(JenkinsRule j) throws Exception {
        HeldCertificate authority =
                new HeldCertificate.Builder().certificateAuthority(0).build();
        HeldCertificate ours = new HeldCertificate.Builder()
                .signedBy(authority)
                .commonName("jenkins")
                .build();
        HeldCertificate theirs = new HeldCertificate.Builder()
                .signedBy(authority)
                .addSubjectAlternativeName("localhost")
                .addSubjectAlternativeName("127.0.0.1")
                .build();
        server.useHttps(new HandshakeCertificates.Builder()
                .heldCertificate(theirs)
                .addTrustedCertificate(authority.certificate())
                .build()
                .sslSocketFactory());
        server.requireClientAuth();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(null, null);
        keys.setKeyEntry(
                "jenkins",
                ours.keyPair().getPrivate(),
                PlantedSecrets.KEYSTORE_PASSWORD.toCharArray(),
                new Certificate[] {ours.certificate(), authority.certificate()});
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        keys.store(file, PlantedSecrets.KEYSTORE_PASSWORD.toCharArray());
        store(new CertificateCredentialsImpl(
                CredentialsScope.GLOBAL,
                "certificate",
                "",
                PlantedSecrets.KEYSTORE_PASSWORD,
                new CertificateCredentialsImpl.UploadedKeyStoreSource(SecretBytes.fromBytes(file.toByteArray()))));
        answers();

        FormValidation told = test(url(), "certificate", authority.certificatePem());

        assertThat(told.getMessage()).contains("Found MLflow 3.4.0", "with a client certificate");
        assertThat(request().getHandshake().peerPrincipal().getName()).isEqualTo("CN=jenkins");
    }

    @Test
    void credentialsThatDoNotExistAreNamedAndNothingIsSent(JenkinsRule j) {
        FormValidation told = test(url(), "nobody", "");
        assertThat(told.kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(told.getMessage()).contains("There are no credentials").contains("nobody");
        assertThat(server.getRequestCount()).isZero();
    }

    @Test
    void aServerThatEchoesTheTokenDoesNotMakeItSeen(JenkinsRule j) throws Exception {
        token("token", PlantedSecrets.TOKEN);
        server.enqueue(new MockResponse.Builder()
                .code(403)
                .body("no entry for " + PlantedSecrets.TOKEN)
                .build());
        FormValidation told = test(url(), "token", "");
        assertThat(told.kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(told.getMessage()).contains("403").doesNotContain("planted");
    }

    private static List<String> secretsOfAgent(MlflowRegistryConfiguration registry) {
        return registry.connection(new SystemCredentials())
                .forAgent()
                .map(Connection::secrets)
                .orElseThrow();
    }

    @Test
    void anAgentGetsTheLoginOfTheProxyOnlyWithARegistryBehindIt(JenkinsRule j) throws Exception {
        token("token", PlantedSecrets.TOKEN);
        ProxyConfiguration proxy =
                new ProxyConfiguration("proxy.example", 3128, "ci", PlantedSecrets.PROXY_PASSWORD, "*.near.example");
        j.jenkins.setProxy(proxy);
        MlflowRegistryConfiguration near = mlflow("http://mlflow.near.example", "token");
        assertThat(near.connection(new SystemCredentials()).secrets())
                .contains(PlantedSecrets.TOKEN, PlantedSecrets.PROXY_PASSWORD);
        assertThat(secretsOfAgent(near)).contains(PlantedSecrets.TOKEN).doesNotContain(PlantedSecrets.PROXY_PASSWORD);
        assertThat(secretsOfAgent(mlflow(ELSEWHERE, "token")))
                .contains(PlantedSecrets.TOKEN, PlantedSecrets.PROXY_PASSWORD);
    }

    @Test
    void anAgentGetsNothingWhereFilesGoThroughTheController(JenkinsRule j) throws Exception {
        token("token", PlantedSecrets.TOKEN);
        MlflowRegistryConfiguration registry = mlflow(ELSEWHERE, "token");
        registry.setThroughController(true);
        assertThat(registry.connection(new SystemCredentials()).forAgent()).isEmpty();
    }

    @Test
    void jenkinsProxyIsUsedWithItsLogin(JenkinsRule j) throws Exception {
        ProxyConfiguration proxy = new ProxyConfiguration("127.0.0.1", server.getPort());
        proxy.setUserName("ci");
        proxy.setSecretPassword(Secret.fromString(PlantedSecrets.PROXY_PASSWORD));
        j.jenkins.setProxy(proxy);
        server.enqueue(new MockResponse.Builder()
                .code(407)
                .addHeader("Proxy-Authenticate", "Basic realm=\"x\"")
                .build());
        answers();

        FormValidation told = test(ELSEWHERE, "", "");

        assertThat(told.getMessage()).contains("through the proxy 127.0.0.1:" + server.getPort());
        request();
        RecordedRequest second = request();
        assertThat(second.getTarget()).startsWith(ELSEWHERE);
        assertThat(second.getHeaders().get("Proxy-Authorization"))
                .isEqualTo(okhttp3.Credentials.basic("ci", PlantedSecrets.PROXY_PASSWORD));
    }

    @Test
    void aHostThatIsExemptIsReachedWithoutTheProxy(JenkinsRule j) throws Exception {
        try (MockWebServer other = new MockWebServer()) {
            other.start();
            ProxyConfiguration proxy = new ProxyConfiguration("127.0.0.1", other.getPort());
            proxy.setNoProxyHost("*.internal\nlocalhost|127.*");
            j.jenkins.setProxy(proxy);
            answers();

            FormValidation told = test(url(), "", "");

            assertThat(told.getMessage()).contains("Found MLflow 3.4.0").doesNotContain("through the proxy");
            assertThat(other.getRequestCount()).isZero();
        }
    }

    @Test
    void aConnectionSurvivesTheChannelAndIsEqualToAnother(JenkinsRule j) throws Exception {
        token("token", PlantedSecrets.TOKEN);
        j.jenkins.setProxy(new ProxyConfiguration("127.0.0.1", server.getPort()));
        Connection<ModelRegistry> made = mlflow(ELSEWHERE, "token").connection(new SystemCredentials());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(made);
        }
        Object read;
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            read = in.readObject();
        }
        assertThat(read).isEqualTo(made).hasSameHashCodeAs(made);
        assertThat(made).isEqualTo(mlflow(ELSEWHERE, "token").connection(new SystemCredentials()));
        assertThat(made).isNotEqualTo(mlflow(ELSEWHERE, "").connection(new SystemCredentials()));
        assertThat(made.secrets()).contains(PlantedSecrets.TOKEN);
        assertThat(made.toString()).contains(ELSEWHERE).doesNotContain("planted");
    }

    @Test
    void noSecretIsStoredWithTheConfiguration(JenkinsRule j) throws Exception {
        token("token", PlantedSecrets.TOKEN);
        ModelDeliveryConfiguration.get().setRegistries(List.of(mlflow(url(), "token")));
        String stored = Files.readString(
                j.jenkins.getRootDir().toPath().resolve(ModelDeliveryConfiguration.class.getName() + ".xml"));
        assertThat(stored).contains("<credentialsId>token</credentialsId>").doesNotContain("planted");
    }
}
