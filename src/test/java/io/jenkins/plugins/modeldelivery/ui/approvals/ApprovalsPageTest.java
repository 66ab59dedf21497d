package io.jenkins.plugins.modeldelivery.ui.approvals;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.Item;
import io.jenkins.plugins.modeldelivery.build.access.ModelDeliveryPermissions;
import io.jenkins.plugins.modeldelivery.build.approval.PendingApprovals;
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
                .contains("0 of 1 You do not have the permission Model Delivery/Approve on this job.");
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
        assertThat(none.asNormalizedText()).contains("No promotion that you may see waits for approval.");
        assertThat(none.asXml()).doesNotContain("churn");
    }

    /** A permission on the job does not include its folders, whose names would be shown; and vice versa. */
    @Test
    void itAsksForTheFoldersOfAJobAsWellAsForTheJob() throws Exception {
        Folder outer = jenkins.createProject(Folder.class, "outer-team");
        Folder inner = outer.createProject(Folder.class, "inner-team");
        WorkflowJob job = inner.createProject(WorkflowJob.class, "training");
        job.setDefinition(new CpsFlowDefinition(Approving.SCRIPT, true));
        WorkflowRun run = Approving.waiting(jenkins, job, "ann");
        ((MockAuthorizationStrategy) jenkins.jenkins.getAuthorizationStrategy())
                .grant(Jenkins.READ)
                .everywhere()
                .to("only-job", "without-outer", "without-inner", "only-folders", "all", "discoverer")
                .grant(Item.READ, ModelDeliveryPermissions.APPROVE)
                .onItems(job)
                .to("only-job", "without-outer", "without-inner", "all", "discoverer")
                .grant(Item.READ)
                .onItems(outer)
                .to("without-inner", "only-folders", "all")
                .grant(Item.READ)
                .onItems(inner)
                .to("without-outer", "only-folders", "all")
                .grant(Item.DISCOVER)
                .onItems(outer, inner)
                .to("discoverer");
        String approval = run.getUrl() + "model-delivery/approvals/" + Approving.id(run) + "/approve";
        for (String user : List.of("only-job", "without-outer", "without-inner", "only-folders", "discoverer")) {
            ApiClient client = ApiClient.of(jenkins, user);
            assertThat(client.get("model-approvals/api/json").json().path("waiting"))
                    .as(user)
                    .isEmpty();
            assertThat(jenkins.createWebClient()
                            .login(user)
                            .goTo("model-approvals/")
                            .asXml())
                    .as(user)
                    .doesNotContain("outer-team", "inner-team", "churn");
            assertThat(client.get("models/registry/main/churn/api/json").status())
                    .as(user)
                    .isEqualTo(404);
            assertThat(client.get("models/api/json").json().path("total").asInt())
                    .as(user)
                    .isZero();
            assertThat(client.form(approval, "").status()).as(user).isIn(403, 404);
        }
        ApiClient all = ApiClient.of(jenkins, "all");
        assertThat(all.get("model-approvals/api/json").json().path("waiting")).hasSize(1);
        assertThat(all.get("models/registry/main/churn/api/json?depth=3")
                        .json()
                        .path("state")
                        .path("waiting"))
                .hasSize(1);
        assertThat(all.form(approval, "").status()).isEqualTo(200);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
    }

    /** A model that two jobs promote is known to who may read one of them; the other does not even count. */
    @Test
    void whatWaitsOfAJobInAHiddenFolderDoesNotCountOnTheModelsPage() throws Exception {
        Folder folder = jenkins.createProject(Folder.class, "outer-team");
        WorkflowJob hidden = folder.createProject(WorkflowJob.class, "training");
        hidden.setDefinition(new CpsFlowDefinition(Approving.SCRIPT, true));
        Approving.waiting(jenkins, hidden, "ann");
        WorkflowJob open = Approving.job(jenkins, Approving.SCRIPT);
        Approving.waiting(jenkins, open, "ann");
        ((MockAuthorizationStrategy) jenkins.jenkins.getAuthorizationStrategy())
                .grant(Jenkins.READ)
                .everywhere()
                .to("dora")
                .grant(Item.READ)
                .onItems(open, hidden)
                .to("dora");
        ApiClient dora = ApiClient.of(jenkins, "dora");
        assertThat(dora.get("models/registry/main/churn/api/json?depth=3")
                        .json()
                        .path("state")
                        .path("waiting"))
                .hasSize(1);
        for (String address : List.of("models/", "models/registry/main/churn/", "model-approvals/")) {
            assertThat(dora.get(address).text()).as(address).doesNotContain("outer-team");
        }
        assertThat(dora.get("model-approvals/api/json").json().path("waiting")).hasSize(1);
    }

    /** The folders of other teams are in the policy, in the evidence and in the registration. */
    @Test
    void noReaderIsToldOfItemsOfOthersInAPolicyOrItsDecision() throws Exception {
        Folder others = jenkins.createProject(Folder.class, "other-team");
        WorkflowJob trains = others.createProject(WorkflowJob.class, "trains");
        trains.setDefinition(new CpsFlowDefinition("""
                node {
                    writeFile file: 'weights', text: 'w'
                    writeFile file: 'metrics.json', text: '{"auc": 0.9}'
                    registerModel name: 'churn', path: 'weights', metrics: 'metrics.json'
                }
                gateOnMetrics gate: 'quality'
                """, true));
        Approving.rules("""
                {"gates": {"quality": {"checks": ["auc >= 0.5"]}},
                 "policies": {"production": {"alias": "champion", "gates": ["quality"],
                   "items": ["promot*", "other-team/**"], "evidenceFrom": ["other-team/trains"],
                   "registeredBy": ["other-team/*"], "approvals": {"count": 1}}}}
                """);
        jenkins.buildAndAssertSuccess(trains);
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "promoting");
        job.setDefinition(new CpsFlowDefinition("promoteModel model: 'churn/1', to: 'champion'", true));
        WorkflowRun run = Approving.waiting(jenkins, job, "ann");
        ((MockAuthorizationStrategy) jenkins.jenkins.getAuthorizationStrategy())
                .grant(Jenkins.READ)
                .everywhere()
                .to("dora")
                .grant(Item.READ, ModelDeliveryPermissions.APPROVE)
                .onItems(job)
                .to("dora");
        ApiClient dora = ApiClient.of(jenkins, "dora");
        List<String> addresses = List.of(
                "model-approvals/",
                "model-approvals/api/json?depth=4",
                "models/",
                "models/registry/main/churn/",
                "models/registry/main/churn/api/json?depth=5",
                "models/registry/main/churn/export.json",
                "models/registry/main/churn/version/1/",
                "models/registry/main/churn/version/1/api/json?depth=5",
                "models/registry/main/churn/version/1/card.md",
                "models/registry/main/churn/at/api/json?depth=5",
                run.getUrl() + "model-delivery/",
                run.getUrl() + "model-delivery/api/json?depth=6",
                run.getUrl(),
                run.getUrl() + "api/json?depth=4",
                run.getUrl() + "consoleText",
                job.getUrl());
        assertNotTold(dora, addresses);
        assertThat(dora.get("model-approvals/api/json?depth=4").text())
                .contains("promot* or other items that the policy admits", "by another item of Jenkins");
        ApiClient administrator = ApiClient.of(jenkins, "administrator");
        assertThat(administrator.get("model-approvals/api/json?depth=4").text())
                .contains("promot* or other-team/**", "in other-team/trains", "registered by other-team/*");

        assertThat(dora.form(run.getUrl() + "model-delivery/approvals/" + Approving.id(run) + "/approve", "")
                        .status())
                .isEqualTo(200);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        assertNotTold(dora, addresses);
        assertThat(administrator.get("models/registry/main/churn/export.json").text())
                .contains("\"evidenceFrom\":[\"other-team/trains\"]");
    }

    private static void assertNotTold(ApiClient client, List<String> addresses) throws Exception {
        for (String address : addresses) {
            ApiClient.Answer answer = client.get(address);
            assertThat(answer.status()).as(address).isEqualTo(200);
            assertThat(answer.text()).as(address).doesNotContain("other-team");
        }
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
