package io.jenkins.plugins.modeldelivery.build.operation;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import hudson.XmlFile;
import hudson.model.Fingerprint;
import hudson.model.Result;
import hudson.model.Saveable;
import hudson.model.listeners.SaveableListener;
import io.jenkins.plugins.modeldelivery.configuration.MlflowRegistryConfiguration;
import io.jenkins.plugins.modeldelivery.configuration.ModelDeliveryConfiguration;
import io.jenkins.plugins.modeldelivery.engine.fake.PlantedSecrets;
import io.jenkins.plugins.modeldelivery.engine.live.Until;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Credentials;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The credentials that a build may use reach the server, and no others; each use is known to Jenkins. */
@WithJenkins
class BuildCredentialsTest {
    private static final String TOKEN = "Bearer " + PlantedSecrets.TOKEN;
    private static final String OTHER = "Bearer " + PlantedSecrets.NEXT_TOKEN;

    private static void configure(MlflowRegistryConfiguration registry) {
        ModelDeliveryConfiguration.get().setRegistries(List.of(registry));
    }

    @Test
    void aBuildUsesTheCredentialsOfItsFolderAndNotThoseOfAnother(JenkinsRule j) throws Exception {
        try (FakeMlflow mlflow = new FakeMlflow(TOKEN, OTHER).start()) {
            configure(Jobs.mlflow("mlflow", mlflow.url(), "mlflow"));
            Folder ours = j.createProject(Folder.class, "ours");
            Folder theirs = j.createProject(Folder.class, "theirs");
            Folder nobodys = j.createProject(Folder.class, "nobodys");
            Stored.inFolder(ours, Stored.token("mlflow", PlantedSecrets.TOKEN));
            Stored.inFolder(theirs, Stored.token("mlflow", PlantedSecrets.NEXT_TOKEN));

            j.buildAndAssertSuccess(Jobs.in(ours.createProject(Folder.class, "deep"), Jobs.ASK));
            assertThat(mlflow.shown()).isNotEmpty().containsOnly(TOKEN);

            mlflow.shown().clear();
            j.buildAndAssertSuccess(Jobs.in(theirs, Jobs.ASK));
            assertThat(mlflow.shown()).isNotEmpty().containsOnly(OTHER);

            mlflow.shown().clear();
            WorkflowRun without = j.buildAndAssertStatus(Result.FAILURE, Jobs.in(nobodys, Jobs.ASK));
            assertThat(mlflow.shown()).isEmpty();
            j.assertLogContains(
                    "There are no credentials mlflow for " + mlflow.url() + " that nobodys/job may use. Create them",
                    without);
            j.assertLogNotContains("Exception", without);
        }
    }

    @Test
    void aUserNameWithPasswordAndACertificateReachTheServer(JenkinsRule j) throws Exception {
        HeldCertificate authority =
                new HeldCertificate.Builder().certificateAuthority(0).build();
        HeldCertificate ours = new HeldCertificate.Builder()
                .signedBy(authority)
                .commonName("ci")
                .build();
        HeldCertificate theirs = new HeldCertificate.Builder()
                .signedBy(authority)
                .addSubjectAlternativeName("localhost")
                .addSubjectAlternativeName("127.0.0.1")
                .build();
        HandshakeCertificates identity = new HandshakeCertificates.Builder()
                .heldCertificate(theirs)
                .addTrustedCertificate(authority.certificate())
                .build();
        String basic = Credentials.basic("ci", PlantedSecrets.PASSWORD);
        WorkflowJob job = Jobs.with(j.createProject(WorkflowJob.class), Jobs.ASK);
        try (FakeMlflow open = new FakeMlflow(basic).start();
                FakeMlflow closed = new FakeMlflow("").withTls(identity.sslSocketFactory())) {
            Stored.inJenkins(Stored.user("user", "ci", PlantedSecrets.PASSWORD));
            configure(Jobs.mlflow("mlflow", open.url(), "user"));
            j.buildAndAssertSuccess(job);
            assertThat(open.shown()).isNotEmpty().containsOnly(basic);

            MlflowRegistryConfiguration registry = Jobs.mlflow("mlflow", closed.url(), "certificate");
            registry.setCertificateAuthority(authority.certificatePem());
            configure(registry);
            j.buildAndAssertStatus(Result.FAILURE, job);
            assertThat(closed.shown()).isEmpty();
            Stored.inJenkins(Stored.certificate("certificate", ours, authority));
            j.buildAndAssertSuccess(job);
            assertThat(closed.shown()).isNotEmpty();
        }
    }

    @Test
    void theUseOfCredentialsIsTrackedOnceAnOperation(JenkinsRule j) throws Exception {
        try (FakeMlflow mlflow = new FakeMlflow(TOKEN).start()) {
            StandardCredentials token = Stored.token("mlflow", PlantedSecrets.TOKEN);
            Stored.inJenkins(token);
            configure(Jobs.mlflow("mlflow", mlflow.url(), "mlflow"));
            mlflow.become("PENDING_REGISTRATION");
            WorkflowJob job = Jobs.with(
                    j.createProject(WorkflowJob.class), "registerModel name: 'churn', source: 'runs:/r/model'");
            WorkflowRun run = job.scheduleBuild2(0).waitForStart();
            j.waitForMessage("still working", run);
            int tracked = FingerprintsSaved.get();
            int asked = mlflow.shown().size();
            Until.within(
                    60,
                    () -> mlflow.shown().size() >= asked + 3,
                    () -> "asked " + mlflow.shown().size() + " times");
            mlflow.become("READY");
            j.assertBuildStatusSuccess(j.waitForCompletion(run));

            Fingerprint fingerprint = CredentialsProvider.getFingerprintOf(token);
            assertThat(fingerprint).isNotNull();
            assertThat(fingerprint.getUsages().keySet()).containsExactly(job.getFullName());
            assertThat(tracked).isPositive();
            assertThat(FingerprintsSaved.get()).isEqualTo(tracked);
        }
    }

    /** How often a fingerprint was written. */
    @TestExtension("theUseOfCredentialsIsTrackedOnceAnOperation")
    public static final class FingerprintsSaved extends SaveableListener {
        private final AtomicInteger count = new AtomicInteger();

        static int get() {
            return hudson.ExtensionList.lookupSingleton(FingerprintsSaved.class)
                    .count
                    .get();
        }

        @Override
        public void onChange(Saveable saved, XmlFile file) {
            if (saved instanceof Fingerprint) {
                count.incrementAndGet();
            }
        }
    }
}
