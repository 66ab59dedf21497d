package io.jenkins.plugins.modeldelivery.ui.approvals;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hudson.model.Result;
import java.nio.file.Path;
import java.util.Map;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Approving with a script, and what happens to requests that are not as they should be. */
@WithJenkins
class ApprovalApiTest {
    private static final String SCRIPT_TAG = "<script>alert(1)</script>";

    @TempDir
    private Path directory;

    private JenkinsRule jenkins;

    @BeforeEach
    void configure(JenkinsRule rule) {
        jenkins = rule;
        Approving.people(jenkins);
        Approving.policy(directory, 2, "group:ml-leads\nuser:ann");
    }

    private static String path(WorkflowRun run, String id, String deed) {
        return run.getUrl() + "model-delivery/approvals/" + id + "/" + deed;
    }

    @Test
    void aFormAndJsonApproveAndTheBuildGoesOn() throws Exception {
        WorkflowRun run = Approving.waiting(jenkins);
        String path = path(run, Approving.id(run), "approve");
        ApiClient.Answer first = ApiClient.of(jenkins, "ben").form(path, "comment=one%20of%20two");
        assertThat(first.status()).isEqualTo(200);
        assertThat(first.contentType()).startsWith("application/json");
        assertThat(first.json())
                .isEqualTo(new ObjectMapper()
                        .valueToTree(Map.of(
                                "result", "approved",
                                "by", "ben",
                                "model", "churn",
                                "version", "1",
                                "alias", "champion")));
        ApiClient ben = ApiClient.of(jenkins, "ben");
        ApiClient.Answer twice = ben.form(path, "");
        assertThat(twice.status()).isEqualTo(403);
        assertThat(twice.error()).isEqualTo("You have already approved.");
        JsonNode page = ben.get(run.getUrl() + "model-delivery/api/json").json();
        JsonNode waiting = page.path("waiting").path(0);
        assertThat(waiting.path("approvals").path(0).path("comment").asText()).isEqualTo("one of two");
        assertThat(waiting.path("needed").asInt()).isEqualTo(2);
        assertThat(waiting.path("requester").asText()).isEqualTo("ann");
        assertThat(waiting.path("sentence").asText()).startsWith("Promotion to champion requires:");
        assertThat(waiting.path("rules").path(0).path("outcome").asText()).isEqualTo("APPROVAL_NEEDED");
        assertThat(waiting.path("mayApprove").asBoolean()).isFalse();
        assertThat(page.path("operations").path(0).path("summary").asText()).isEqualTo("churn/1 registered");
        assertThat(ApiClient.of(jenkins, "carl")
                        .post(path, "application/json; charset=utf-8", "{\"comment\": \"two — ok\"}")
                        .status())
                .isEqualTo(200);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        assertThat(Approving.details("approved").path("comment").asText()).isEqualTo("two — ok");
        ApiClient.Answer late = ben.form(path, "");
        assertThat(late.status()).isEqualTo(409);
        assertThat(late.error()).contains("no longer waits for approval");
    }

    @Test
    void aScriptRefuses() throws Exception {
        WorkflowRun run = Approving.waiting(jenkins);
        ApiClient.Answer answer =
                ApiClient.of(jenkins, "carl").form(path(run, Approving.id(run), "refuse"), "comment=no");
        assertThat(answer.json().path("result").asText()).isEqualTo("refused");
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
    }

    @Test
    void whatCannotBeIsToldInOneSentenceAndChangesNothing() throws Exception {
        WorkflowRun run = Approving.waiting(jenkins);
        String id = Approving.id(run);
        ApiClient ben = ApiClient.of(jenkins, "ben");
        for (String deed : new String[] {"approve", "refuse", "override"}) {
            assertThat(ben.get(path(run, id, deed)).status()).as("GET %s", deed).isEqualTo(404);
            for (String unknown : new String[] {"no-such-id", "..%2f" + id, "0001", "%3Cscript%3E"}) {
                assertThat(ben.form(path(run, unknown, deed), "").status())
                        .as("%s %s", deed, unknown)
                        .isIn(400, 404);
            }
        }
        assertThat(ben.form(path(run, "no-such-id", "approve"), "").error())
                .isEqualTo("No promotion of this build has this id.");
        ApiClient.Answer huge = ben.form(path(run, id, "approve"), "comment=" + "x".repeat(2001));
        assertThat(huge.status()).isEqualTo(400);
        assertThat(huge.error()).isEqualTo("The comment has 2001 characters. The maximum is 2000.");
        String tooLong = "{\"comment\": \"" + "x".repeat(100_000) + "\"}";
        assertThat(ben.post(path(run, id, "approve"), "application/json", tooLong)
                        .status())
                .isEqualTo(400);
        for (String body : new String[] {"[]", "{", "{\"comment\": 7}", "\"yes\""}) {
            ApiClient.Answer bad = ben.post(path(run, id, "approve"), "application/json", body);
            assertThat(bad.status()).as(body).isEqualTo(400);
            assertThat(bad.error()).as(body).isNotBlank();
        }
        assertThat(ben.form(path(run, id, "override"), "").error())
                .isEqualTo("Only administrators can override missing approvals.");
        ApiClient.Answer own = ApiClient.of(jenkins, "ann").form(path(run, id, "approve"), "");
        assertThat(own.status()).isEqualTo(403);
        assertThat(own.error()).startsWith("You requested this promotion");
        ApiClient.Answer root = ApiClient.of(jenkins, "administrator").form(path(run, id, "approve"), "");
        assertThat(root.status()).isEqualTo(403);
        assertThat(root.error()).contains("you can override");
        assertThat(ben.get(run.getUrl() + "model-delivery/api/json")
                        .json()
                        .path("waiting")
                        .path(0)
                        .path("approvals"))
                .isEmpty();
    }

    @Test
    void withoutACommentAnApprovalCountsAsWell() throws Exception {
        WorkflowRun run = Approving.waiting(jenkins);
        String path = path(run, Approving.id(run), "approve");
        assertThat(ApiClient.of(jenkins, "ben").form(path, "").status()).isEqualTo(200);
        assertThat(ApiClient.of(jenkins, "carl")
                        .post(path, "application/json", "")
                        .status())
                .isEqualTo(200);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        assertThat(Approving.details("approved").has("comment")).isFalse();
    }

    @Test
    void markupInCommentsIsShownAsText() throws Exception {
        WorkflowRun run = Approving.waiting(jenkins);
        ApiClient ben = ApiClient.of(jenkins, "ben");
        ben.post(path(run, Approving.id(run), "approve"), "application/json", "{\"comment\": \"" + SCRIPT_TAG + "\"}");
        for (String page : new String[] {run.getUrl() + "model-delivery/", run.getUrl(), "model-approvals/"}) {
            ApiClient.Answer answer = ben.get(page);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.text()).doesNotContain(SCRIPT_TAG);
        }
        assertThat(ben.get(run.getUrl() + "model-delivery/").text()).contains("&lt;script");
    }
}
