package io.jenkins.plugins.modeldelivery.ui.approvals;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.AbstractItem;
import hudson.model.Item;
import hudson.model.Result;
import hudson.model.User;
import hudson.security.AuthorizationMatrixProperty;
import hudson.security.Permission;
import hudson.security.ProjectMatrixAuthorizationStrategy;
import io.jenkins.plugins.modeldelivery.build.access.ModelDeliveryPermissions;
import java.nio.file.Path;
import java.util.Map;
import jenkins.model.Jenkins;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.matrixauth.AuthorizationType;
import org.jenkinsci.plugins.matrixauth.PermissionEntry;
import org.jenkinsci.plugins.matrixauth.inheritance.InheritParentStrategy;
import org.jenkinsci.plugins.matrixauth.inheritance.NonInheritingStrategy;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.springframework.security.core.Authentication;

/** The permissions as matrix-auth grants them. */
@WithJenkins
class MatrixAuthorizationTest {
    @TempDir
    private Path directory;

    private JenkinsRule jenkins;
    private ProjectMatrixAuthorizationStrategy matrix;

    @BeforeEach
    void configure(JenkinsRule rule) {
        jenkins = rule;
        Approving.people(jenkins);
        Approving.policy(directory, 1, "");
        matrix = new ProjectMatrixAuthorizationStrategy();
        grant(Jenkins.ADMINISTER, "administrator");
        for (Permission permission : new Permission[] {Jenkins.READ, Item.READ}) {
            matrix.add(permission, new PermissionEntry(AuthorizationType.GROUP, "authenticated"));
        }
        jenkins.jenkins.setAuthorizationStrategy(matrix);
    }

    private void grant(Permission permission, String user) {
        matrix.add(permission, PermissionEntry.user(user));
    }

    private static int approve(JenkinsRule jenkins, WorkflowRun run, String user) throws Exception {
        return ApiClient.of(jenkins, user)
                .form(run.getUrl() + "model-delivery/approvals/" + Approving.id(run) + "/approve", "")
                .status();
    }

    @Test
    void theGroupIsOnThePageOfTheMatrix() throws Exception {
        HtmlPage page = jenkins.createWebClient().login("administrator").goTo("manage/configureSecurity/");
        assertThat(page.asXml())
                .contains("Model Delivery")
                .contains(ModelDeliveryPermissions.PROMOTE.getId())
                .contains(ModelDeliveryPermissions.DEPLOY.getId())
                .contains(ModelDeliveryPermissions.APPROVE.getId());
    }

    @Test
    void promotingAndApprovingAreGrantedEach() throws Exception {
        WorkflowJob job = Approving.job(jenkins, Approving.SCRIPT);
        grant(ModelDeliveryPermissions.PROMOTE, "ann");
        grant(ModelDeliveryPermissions.APPROVE, "dora");
        WorkflowRun run = Approving.waiting(jenkins, job, "ann");
        assertThat(approve(jenkins, run, "eve")).isEqualTo(403);
        assertThat(approve(jenkins, run, "dora")).isEqualTo(200);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
    }

    @Test
    void aJobGrantsThemForItselfOnly() throws Exception {
        WorkflowJob job = Approving.job(jenkins, Approving.SCRIPT);
        WorkflowJob other = Approving.job(jenkins, Approving.SCRIPT);
        grant(ModelDeliveryPermissions.PROMOTE, "ann");
        AuthorizationMatrixProperty property = new AuthorizationMatrixProperty(Map.of());
        property.add(ModelDeliveryPermissions.APPROVE, PermissionEntry.user("dora"));
        job.addProperty(property);
        assertThat(approve(jenkins, Approving.waiting(jenkins, other, "ann"), "dora"))
                .isEqualTo(403);
        assertThat(approve(jenkins, Approving.waiting(jenkins, job, "ann"), "dora"))
                .isEqualTo(200);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(job.getLastBuild()));
        other.getLastBuild().doStop();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(other.getLastBuild()));
    }

    @Test
    void whoConfiguresAJobPromotesAndDeploysAndOnlyAdministratorsApproveWithoutAWord() {
        assertThat(ModelDeliveryPermissions.PROMOTE.impliedBy).isEqualTo(Item.CONFIGURE);
        assertThat(ModelDeliveryPermissions.DEPLOY.impliedBy).isEqualTo(Item.CONFIGURE);
        assertThat(ModelDeliveryPermissions.APPROVE.impliedBy).isEqualTo(Jenkins.ADMINISTER);
    }

    private static ApiClient.Answer send(JenkinsRule jenkins, WorkflowRun run, String user, String deed)
            throws Exception {
        return ApiClient.of(jenkins, user)
                .form(run.getUrl() + "model-delivery/approvals/" + Approving.id(run) + "/" + deed, "");
    }

    /** As config.xml has it. */
    private static String granted(Permission permission, String user) {
        return "<permission>USER:" + permission.getId() + ":" + user + "</permission>";
    }

    private static void configure(JenkinsRule jenkins, AbstractItem item, String user, String from, String to)
            throws Exception {
        String xml = item.getConfigFile().asString();
        assertThat(xml).contains(from);
        assertThat(ApiClient.of(jenkins, user)
                        .post(item.getUrl() + "config.xml", "application/xml", xml.replace(from, to))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void whoConfiguresAJobMayNeitherApproveNorRefuseAlsoAfterHavingConfiguredIt() throws Exception {
        grant(Item.CONFIGURE, "eve");
        grant(Item.BUILD, "eve");
        WorkflowJob job = Approving.job(jenkins, Approving.SCRIPT);
        WorkflowRun own = Approving.waiting(jenkins, job, "eve");
        own.doStop();
        jenkins.waitForCompletion(own);
        grant(ModelDeliveryPermissions.PROMOTE, "ann");
        WorkflowRun run = Approving.waiting(jenkins, job, "ann");
        String lacks = "You do not have the permission Model Delivery/Approve on this job.";
        for (int attempt = 0; attempt < 2; attempt++) {
            assertThat(send(jenkins, run, "eve", "approve").status()).isEqualTo(403);
            assertThat(send(jenkins, run, "eve", "approve").error()).isEqualTo(lacks);
            assertThat(send(jenkins, run, "eve", "refuse").status()).isEqualTo(403);
            assertThat(send(jenkins, run, "eve", "override").status()).isEqualTo(403);
            HtmlPage page = jenkins.createWebClient().login("eve").goTo(run.getUrl() + "model-delivery/");
            assertThat(page.getElementsByName("deed")).isEmpty();
            assertThat(page.asNormalizedText()).contains(lacks);
            configure(jenkins, job, "eve", "registerModel", "echo &apos;mine&apos;\nregisterModel");
            assertThat(((CpsFlowDefinition) job.getDefinition()).getScript()).contains("echo 'mine'");
        }
        assertThat(Approving.events()).doesNotContain("approved", "approval-refused");
        assertThat(approve(jenkins, run, "administrator")).isEqualTo(200);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
    }

    /** With project-based matrix authorization, a user who configures a job or folder can grant any permission there. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatAConfigurerGrantsThemselvesInTheJobDoesNotCount(boolean renounces) throws Exception {
        grant(Item.CONFIGURE, "eve");
        grant(ModelDeliveryPermissions.PROMOTE, "ann");
        WorkflowJob job = Approving.job(jenkins, Approving.SCRIPT);
        WorkflowRun run = Approving.waiting(jenkins, job, "ann");
        configure(
                jenkins,
                job,
                "eve",
                "<properties/>",
                "<properties><hudson.security.AuthorizationMatrixProperty><inheritanceStrategy class=\""
                        + (renounces ? NonInheritingStrategy.class : InheritParentStrategy.class).getName() + "\"/>"
                        + granted(ModelDeliveryPermissions.APPROVE, "eve") + granted(Item.READ, "eve")
                        + granted(ModelDeliveryPermissions.PROMOTE, "ann")
                        + "</hudson.security.AuthorizationMatrixProperty></properties>");
        Authentication eve = User.getById("eve", true).impersonate2();
        assertThat(job.getACL().hasPermission2(eve, ModelDeliveryPermissions.APPROVE))
                .isTrue();
        assertThat(job.getACL().hasPermission2(eve, Item.CONFIGURE)).isEqualTo(!renounces);
        ApiClient.Answer answer = send(jenkins, run, "eve", "approve");
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.error()).contains("and can grant yourself the permission Model Delivery/Approve there");
        assertThat(send(jenkins, run, "eve", "refuse").status()).isEqualTo(403);
        grant(ModelDeliveryPermissions.APPROVE, "eve");
        assertThat(approve(jenkins, run, "eve"))
                .as("granted by an administrator")
                .isEqualTo(200);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
    }

    @Test
    void whatTheConfigurerOfAFolderGrantsThemselvesInItDoesNotCountEither() throws Exception {
        grant(ModelDeliveryPermissions.PROMOTE, "ann");
        Folder folder = jenkins.createProject(Folder.class, "team");
        var property = new com.cloudbees.hudson.plugins.folder.properties.AuthorizationMatrixProperty(Map.of());
        property.add(Item.CONFIGURE, PermissionEntry.user("eve"));
        property.add(ModelDeliveryPermissions.APPROVE, PermissionEntry.user("dora"));
        folder.addProperty(property);
        WorkflowJob job = folder.createProject(WorkflowJob.class, "training");
        job.setDefinition(new CpsFlowDefinition(Approving.SCRIPT, true));
        WorkflowRun run = Approving.waiting(jenkins, job, "ann");
        configure(
                jenkins,
                folder,
                "eve",
                granted(ModelDeliveryPermissions.APPROVE, "dora"),
                granted(ModelDeliveryPermissions.APPROVE, "dora") + granted(ModelDeliveryPermissions.APPROVE, "eve"));
        ApiClient.Answer answer = send(jenkins, run, "eve", "approve");
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.error()).startsWith("You may configure the folder team and can grant yourself");
        assertThat(approve(jenkins, run, "dora")).isEqualTo(200);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
    }
}
