package io.jenkins.plugins.modeldelivery.ui.approvals;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Item;
import hudson.model.Result;
import hudson.security.AuthorizationMatrixProperty;
import hudson.security.Permission;
import hudson.security.ProjectMatrixAuthorizationStrategy;
import io.jenkins.plugins.modeldelivery.run.ModelDeliveryPermissions;
import java.nio.file.Path;
import java.util.Map;
import jenkins.model.Jenkins;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.matrixauth.AuthorizationType;
import org.jenkinsci.plugins.matrixauth.PermissionEntry;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

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
    void whoConfiguresAJobMayAllThree() {
        for (Permission permission : new Permission[] {
            ModelDeliveryPermissions.PROMOTE, ModelDeliveryPermissions.DEPLOY, ModelDeliveryPermissions.APPROVE
        }) {
            assertThat(permission.impliedBy).isEqualTo(Item.CONFIGURE);
        }
    }
}
