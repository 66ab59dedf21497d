package io.jenkins.plugins.modeldelivery.build.operation;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.ProxyConfiguration;
import hudson.model.Result;
import hudson.slaves.DumbSlave;
import hudson.util.Secret;
import io.jenkins.plugins.modeldelivery.configuration.MlflowRegistryConfiguration;
import io.jenkins.plugins.modeldelivery.configuration.ModelDeliveryConfiguration;
import io.jenkins.plugins.modeldelivery.engine.fake.PlantedSecrets;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import okhttp3.Credentials;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.jenkinsci.plugins.workflow.actions.ErrorAction;
import org.jenkinsci.plugins.workflow.graph.FlowGraphWalker;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Servers repeat every secret that they are shown, and none is seen anywhere. */
@WithJenkins
class NoSecretIsSeenTest {
    private static final Logger OURS = Logger.getLogger("io.jenkins.plugins.modeldelivery");
    private static final String TOKEN = "Bearer " + PlantedSecrets.TOKEN;
    private static final String BASIC = Credentials.basic("ci", PlantedSecrets.PASSWORD);
    private static final String SCRIPT = """
            node('trainer') {
                writeFile file: 'model/weights.bin', text: 'weights'
                for (registry in ['token', 'user', 'certificate', 'proxied']) {
                    try {
                        registerModel name: 'churn', path: 'model', registry: registry
                    } catch (e) {
                        echo "upload to ${registry}: ${e.message}"
                    }
                    try {
                        gateOnMetrics model: 'churn/1', checks: 'auc >= 0.9', registry: registry
                    } catch (e) {
                        echo "gate in ${registry}: ${e.message}"
                    }
                    try {
                        promoteModel model: 'churn/1', to: 'champion', registry: registry
                    } catch (e) {
                        echo "promotion in ${registry}: ${e.message}"
                    }
                }
            }
            registerModel name: 'churn', source: 'runs:/r/model', registry: 'token'
            """;

    private final List<LogRecord> records = new ArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord logged) {
            synchronized (records) {
                records.add(logged);
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        handler.setLevel(Level.ALL);
        Logger.getLogger("").addHandler(handler);
        OURS.setLevel(Level.ALL);
    }

    @AfterEach
    void stop() {
        Logger.getLogger("").removeHandler(handler);
        OURS.setLevel(null);
    }

    @Test
    void whateverServersRepeat(JenkinsRule j) throws Exception {
        DumbSlave agent = j.createOnlineSlave();
        agent.setLabelString("trainer");
        HeldCertificate authority =
                new HeldCertificate.Builder().certificateAuthority(0).build();
        HeldCertificate ours =
                new HeldCertificate.Builder().signedBy(authority).rsa2048().build();
        HeldCertificate theirs = new HeldCertificate.Builder()
                .signedBy(authority)
                .addSubjectAlternativeName("localhost")
                .addSubjectAlternativeName("127.0.0.1")
                .build();
        HandshakeCertificates identity = new HandshakeCertificates.Builder()
                .heldCertificate(theirs)
                .addTrustedCertificate(authority.certificate())
                .build();
        List<String> secrets = new ArrayList<>(PlantedSecrets.forms());
        secrets.add(BASIC.substring("Basic ".length()));
        secrets.add(Credentials.basic("proxy", PlantedSecrets.PROXY_PASSWORD).substring("Basic ".length()));
        ours.privateKeyPkcs8Pem().lines().filter(line -> line.length() == 64).forEach(secrets::add);
        Stored.inJenkins(Stored.token("token", PlantedSecrets.TOKEN));
        Stored.inJenkins(Stored.user("user", "ci", PlantedSecrets.PASSWORD));
        Stored.inJenkins(Stored.certificate("certificate", ours, authority));

        try (FakeMlflow token = new FakeMlflow(TOKEN).start();
                FakeMlflow user = new FakeMlflow(BASIC).start();
                FakeMlflow certificate = new FakeMlflow("").withTls(identity.sslSocketFactory());
                FakeMlflow proxy = new FakeMlflow().start()) {
            ProxyConfiguration route = new ProxyConfiguration("127.0.0.1", proxy.port());
            route.setUserName("proxy");
            route.setSecretPassword(Secret.fromString(PlantedSecrets.PROXY_PASSWORD));
            route.setNoProxyHost("localhost\n127.0.0.1");
            j.jenkins.setProxy(route);
            MlflowRegistryConfiguration withCertificate = Jobs.mlflow("certificate", certificate.url(), "certificate");
            withCertificate.setCertificateAuthority(authority.certificatePem());
            ModelDeliveryConfiguration.get()
                    .setRegistries(List.of(
                            Jobs.mlflow("token", token.url(), "token"),
                            Jobs.mlflow("user", user.url(), "user"),
                            withCertificate,
                            Jobs.mlflow("proxied", "http://mlflow.example", "token")));
            token.become("PENDING_REGISTRATION");
            WorkflowRun run = Jobs.with(j.createProject(WorkflowJob.class), SCRIPT)
                    .scheduleBuild2(0)
                    .waitForStart();

            j.waitForMessage("the registry is still working on", run);
            assertThat(run.getRootDir().toPath().resolve("program.dat")).exists();
            assertThat(look(j, secrets, run, agent)).isEmpty();

            token.become("FAILED_REGISTRATION");
            j.assertBuildStatus(Result.FAILURE, j.waitForCompletion(run));
            assertThat(look(j, secrets, run, agent)).isEmpty();

            assertThat(token.shown()).contains(TOKEN);
            assertThat(user.shown()).contains(BASIC);
            assertThat(certificate.shown()).isNotEmpty();
            assertThat(proxy.shown())
                    .anyMatch(shown -> shown.contains(PlantedSecrets.base64("proxy:" + PlantedSecrets.PROXY_PASSWORD)));
            assertThat(JenkinsRule.getLog(run))
                    .contains(
                            "upload to token: ", "gate in user: ", "upload to certificate: ", "promotion in proxied: ")
                    .contains("[hidden]", "failed to process models:/churn/1");
        }
        assertThat(Files.readString(j.jenkins.getRootDir().toPath().resolve("credentials.xml")))
                .as("where they are kept, encrypted")
                .contains("<secret>{", "<password>{");
    }

    private List<String> look(JenkinsRule j, List<String> secrets, WorkflowRun run, DumbSlave agent) throws Exception {
        Findings findings = new Findings(secrets)
                .in("the log", JenkinsRule.getLog(run))
                .in("the log's page", Jobs.html(run))
                .in("the controller's log", logged())
                .in("the build's exceptions", exceptions(run))
                .in(j.jenkins.getRootDir().toPath())
                .in(Path.of(agent.getRemoteFS()));
        return findings.all();
    }

    private String logged() {
        SimpleFormatter formatter = new SimpleFormatter();
        StringBuilder all = new StringBuilder();
        synchronized (records) {
            records.forEach(logged -> all.append(formatter.format(logged)));
        }
        return all.toString();
    }

    private static String exceptions(WorkflowRun run) {
        StringWriter all = new StringWriter();
        for (FlowNode node : new FlowGraphWalker(run.getExecution())) {
            ErrorAction error = node.getError();
            if (error != null) {
                error.getError().printStackTrace(new PrintWriter(all, true));
            }
        }
        return all.toString();
    }
}
