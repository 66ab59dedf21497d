package io.jenkins.plugins.modeldelivery.ui.approvals;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.modeldelivery.build.approval.PendingApprovals;
import java.nio.file.Path;
import java.util.List;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlButton;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.html.HtmlTextArea;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Approving with a browser. */
@WithJenkins
class ApprovalFormTest {
    @TempDir
    private Path directory;

    private JenkinsRule jenkins;

    @BeforeEach
    void configure(JenkinsRule rule) {
        jenkins = rule;
        Approving.people(jenkins);
        Approving.policy(directory, 1, "group:ml-leads");
    }

    private HtmlPage page(WorkflowRun run, String user) throws Exception {
        return jenkins.createWebClient().login(user).goTo(run.getUrl() + "model-delivery/");
    }

    private static List<String> buttons(HtmlPage page) {
        return page.getElementsByName("deed").stream()
                .map(DomElement::getTextContent)
                .toList();
    }

    private static HtmlPage click(HtmlPage page, String deed, String comment) throws Exception {
        ((HtmlTextArea) page.getElementByName("comment")).setText(comment);
        HtmlButton button = page.getFirstByXPath("//button[@value='" + deed + "']");
        return button.click();
    }

    @Test
    void whomThePolicyNamesApprovesAndTheAliasMoves() throws Exception {
        WorkflowRun run = Approving.waiting(jenkins);
        HtmlPage page = page(run, "ben");
        assertThat(page.asNormalizedText())
                .contains("churn/1 waits for approval to become champion")
                .contains("1 approval from group:ml-leads, but not from the requester")
                .contains("1 more approval needed, from group:ml-leads, but not from ann")
                .contains("Requested by ann")
                .contains("Does not expire");
        assertThat(buttons(page)).containsExactly("Approve", "Refuse");
        click(page, "approve", "  looks good  ");
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        assertThat(Approving.events())
                .containsExactly("registered", "approval-requested", "approved", "alias-move-started", "promoted");
        assertThat(Approving.details("approved").path("by").asText()).isEqualTo("ben");
        assertThat(Approving.details("approved").path("comment").asText()).isEqualTo("looks good");
        assertThat(page(run, "ben").asNormalizedText())
                .contains("churn/1 registered")
                .contains("churn/1 is now champion")
                .doesNotContain("waits for approval to");
        assertThat(PendingApprovals.get().all()).isEmpty();
    }

    @Test
    void whomThePolicyNamesRefusesAndTheBuildSaysWhoAndWhy() throws Exception {
        WorkflowRun run = Approving.waiting(jenkins);
        click(page(run, "ben"), "refuse", "not on a Friday");
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
        jenkins.assertLogContains("ben refused that churn/1 becomes champion: \"not on a Friday\"", run);
        assertThat(Approving.events()).containsExactly("registered", "approval-requested", "approval-refused");
    }

    @Test
    void whoAskedMayNotApproveAndIsToldSo() throws Exception {
        Approving.policy(directory, 1, "group:ml-leads\nuser:ann");
        WorkflowRun run = Approving.waiting(jenkins);
        HtmlPage page = page(run, "ann");
        assertThat(buttons(page)).containsExactly("Refuse");
        assertThat(page.asNormalizedText())
                .contains("You requested this promotion. The policy requires the approval of another user.");
    }

    @Test
    void anAdministratorOverridesAndTheRecordSaysSo() throws Exception {
        WorkflowRun run = Approving.waiting(jenkins);
        HtmlPage page = page(run, "administrator");
        assertThat(buttons(page)).containsExactly("Refuse", "Override");
        assertThat(page.asNormalizedText()).contains("The policy accepts approvals only from group:ml-leads.");
        click(page, "override", "on fire");
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        assertThat(Approving.details("approved").path("override").asBoolean()).isTrue();
        assertThat(Approving.details("approved").path("by").asText()).isEqualTo("administrator");
    }

    @Test
    void aReaderSeesWhatWaitsButNoButtons() throws Exception {
        WorkflowRun run = Approving.waiting(jenkins);
        HtmlPage page = page(run, "reader");
        assertThat(page.asNormalizedText()).contains("churn/1 waits for approval");
        assertThat(buttons(page)).isEmpty();
    }

    @Test
    void theBuildsOwnPageSaysWhatWaits() throws Exception {
        WorkflowRun run = Approving.waiting(jenkins);
        HtmlPage page = jenkins.createWebClient().login("reader").goTo(run.getUrl());
        HtmlPage target = page.getAnchorByText("churn/1 waits for approval to become champion")
                .click();
        assertThat(target.getUrl().getPath()).endsWith("/model-delivery/");
    }
}
