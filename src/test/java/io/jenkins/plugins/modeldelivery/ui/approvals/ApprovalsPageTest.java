package io.jenkins.plugins.modeldelivery.ui.approvals;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.Item;
import io.jenkins.plugins.modeldelivery.run.PendingApprovals;
import java.nio.file.Path;
import java.util.List;
import jenkins.model.Jenkins;
import org.htmlunit.html.HtmlAnchor;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The list of all that wait, and what is said of it elsewhere. */
@WithJenkins
class ApprovalsPageTest {
    @TempDir
    private Path directory;

    private JenkinsRule jenkins;

    @BeforeEach
    void configure(JenkinsRule rule) {
        jenkins = rule;
        Approving.people(jenkins);
        Approving.policy(directory, 1, "");
    }

    @Test
    void itShowsWhatWaitsToThoseWhoMayReadTheJobAndNothingOfItToOthers() throws Exception {
        Folder folder = jenkins.createProject(Folder.class, "secret-team");
        WorkflowJob hidden = folder.createProject(WorkflowJob.class, "hidden");
        hidden.setDefinition(new CpsFlowDefinition(Approving.SCRIPT, true));
        WorkflowRun first = Approving.waiting(jenkins, hidden, "ann");
        WorkflowJob open = Approving.job(jenkins, Approving.SCRIPT);
        Approving.waiting(jenkins, open, "ann");
        ((MockAuthorizationStrategy) jenkins.jenkins.getAuthorizationStrategy())
                .grant(Jenkins.READ)
                .everywhere()
                .to("dora")
                .grant(Item.READ)
                .onItems(open)
                .to("dora");

        HtmlPage all = jenkins.createWebClient().login("reader").goTo("model-approvals/");
        assertThat(all.getByXPath("//table[@id='model-approvals']/tbody/tr")).hasSize(2);
        assertThat(all.asNormalizedText().replaceAll("\\s+", " "))
                .contains("secret-team » hidden #1 churn/1 champion production")
                .contains("0 of 1 You lack the permission Model Delivery/Approve on this job.");
        HtmlPage page = all.getAnchorByText(first.getFullDisplayName()).click();
        assertThat(page.getUrl().toString()).endsWith(first.getUrl() + "model-delivery/");

        HtmlPage some = jenkins.createWebClient().login("dora").goTo("model-approvals/");
        assertThat(some.getByXPath("//table[@id='model-approvals']/tbody/tr")).hasSize(1);
        assertThat(some.asXml()).doesNotContain("secret-team").doesNotContain("hidden #1");
        assertThat(ApiClient.of(jenkins, "dora")
                        .get("model-approvals/api/json")
                        .json()
                        .path("waiting"))
                .hasSize(1)
                .allSatisfy(
                        waiting -> assertThat(waiting.path("build").asText()).startsWith(open.getFullDisplayName()));

        HtmlPage none = jenkins.createWebClient().login("stranger").goTo("model-approvals/");
        assertThat(none.asNormalizedText()).contains("Nothing that you may see waits for approval.");
        assertThat(none.asXml()).doesNotContain("churn");
    }

    @Test
    void theConfigurationKeepsItsOwnAddress() throws Exception {
        HtmlPage page = jenkins.createWebClient().login("administrator").goTo("manage/model-delivery/");
        assertThat(page.getFormByName("config")).isNotNull();
    }

    @Test
    void whatWaitsIsSaidOfItsModelToThoseWhoMayReadTheJob() throws Exception {
        Folder folder = jenkins.createProject(Folder.class, "secret-team");
        WorkflowJob hidden = folder.createProject(WorkflowJob.class, "hidden-job");
        hidden.setDefinition(new CpsFlowDefinition(Approving.SCRIPT, true));
        Approving.waiting(jenkins, hidden, "ann");
        WorkflowJob open = Approving.job(jenkins, Approving.SCRIPT);
        WorkflowRun run = Approving.waiting(jenkins, open, "ann");
        ((MockAuthorizationStrategy) jenkins.jenkins.getAuthorizationStrategy())
                .grant(Jenkins.READ)
                .everywhere()
                .to("dora")
                .grant(Item.READ)
                .onItems(open)
                .to("dora");
        for (String address : List.of("models/", "models/registry/main/churn/")) {
            HtmlPage all = jenkins.createWebClient().login("reader").goTo(address);
            assertThat(all.getByXPath("//div[@id='main-panel']//a[contains(@href, '#promotion-')]"))
                    .as(address)
                    .hasSize(2);
            HtmlPage some = jenkins.createWebClient().login("dora").goTo(address);
            List<HtmlAnchor> links = some.getByXPath("//div[@id='main-panel']//a[contains(@href, '#promotion-')]");
            assertThat(links).as(address).hasSize(1);
            assertThat(links.get(0).asNormalizedText()).contains("Version 2 waits for approval");
            assertThat(((HtmlPage) links.get(0).click()).getUrl().toString())
                    .contains(run.getUrl() + "model-delivery/");
            assertThat(some.asXml()).as(address).doesNotContain("secret-team").doesNotContain("hidden-job");
        }
        assertThat(ApiClient.of(jenkins, "dora")
                        .get("models/registry/main/churn/api/json?depth=3")
                        .json()
                        .path("state")
                        .path("waiting"))
                .hasSize(1);
        assertThat(ApiClient.of(jenkins, "stranger")
                        .get("models/registry/main/churn/api/json?depth=3")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void aBuildThatIsKilledOrDeletedLeavesTheList() throws Exception {
        WorkflowRun run = Approving.waiting(jenkins);
        assertThat(PendingApprovals.get().all()).hasSize(1);
        run.doKill();
        jenkins.waitForCompletion(run);
        jenkins.waitUntilNoActivity();
        assertThat(PendingApprovals.get().all()).isEmpty();
        run.delete();
        assertThat(ApiClient.of(jenkins, "reader")
                        .get("model-approvals/api/json")
                        .json()
                        .path("waiting"))
                .isEmpty();
    }
}
