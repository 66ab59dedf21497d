package io.jenkins.plugins.modeldelivery.ui.models;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleProject;
import hudson.model.Item;
import io.jenkins.plugins.modeldelivery.build.runtime.DeliveryRuntime;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlInput;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The pages of a model for each kind of user: a public job and a hidden job wrote to the record. */
@WithJenkins
class ModelReadingPagesTest {
    private static final String SCRIPT = "<script>alert(1)</script>";

    private static final List<String> PAGES = List.of(
            "version/1/",
            "version/1/card.md",
            "compare/?a=1&b=2",
            "at/?date=2999-01-01",
            "verification/",
            "rollback/?alias=champion",
            "export.json",
            "export.csv");

    private JenkinsRule jenkins;

    @BeforeEach
    void write(JenkinsRule rule) throws Exception {
        jenkins = rule;
        FreeStyleProject open = rule.createFreeStyleProject("open");
        rule.buildAndAssertSuccess(open);
        FreeStyleProject hidden = rule.createFreeStyleProject("vault-team");
        rule.jenkins.setSecurityRealm(rule.createDummySecurityRealm());
        rule.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ)
                .everywhere()
                .to("stranger", "limited")
                .grant(Item.READ)
                .onItems(open)
                .to("limited")
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("reader")
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("administrator"));
        Records.of("open", "churn")
                .registered("1", "team-open")
                .gated("1", "PASSED")
                .promoted("champion", "1")
                .deployed("1", "scores");
        Records.of("vault-team", "churn")
                .registered("2", "team-vault-team")
                .gated("2", "FAILED")
                .event(
                        "promoted",
                        "2",
                        Json.object().put("alias", "champion").put("from", "1").put("to", "2"));
        assertThat(hidden.getFullName()).isEqualTo("vault-team");
    }

    private WebResponse get(String user, String address) throws Exception {
        JenkinsRule.WebClient client = jenkins.createWebClient().withThrowExceptionOnFailingStatusCode(false);
        return client.login(user).goTo(address, null).getWebResponse();
    }

    private WebResponse churn(String user, String page) throws Exception {
        return get(user, "models/registry/main/churn/" + page);
    }

    private HtmlPage page(String user, String page) throws Exception {
        return jenkins.createWebClient().login(user).goTo("models/registry/main/churn/" + page);
    }

    @Test
    void whoMayReadNoJobIsToldThatThereIsNothing() throws Exception {
        for (String page : PAGES) {
            assertThat(churn("stranger", page).getStatusCode()).as(page).isEqualTo(404);
            assertThat(churn("limited", page).getStatusCode()).as(page).isEqualTo(200);
            assertThat(churn("reader", page).getStatusCode()).as(page).isEqualTo(200);
        }
    }

    @Test
    void whoMayReadOneJobGetsWhatItsEventsTell() throws Exception {
        for (String page : PAGES) {
            if (!page.startsWith("compare")) {
                assertThat(churn("limited", page).getContentAsString())
                        .as(page)
                        .doesNotContain(
                                "vault-team",
                                "version 2",
                                "version/2",
                                "\"sequence\"",
                                "\"hash\"",
                                "FAILED",
                                "7 events");
            }
        }
        assertThat(churn("limited", "version/2/").getStatusCode()).isEqualTo(404);
        assertThat(churn("limited", "version/2/card.md").getStatusCode()).isEqualTo(404);
        assertThat(churn("limited", "compare/?a=1&b=2").getContentAsString())
                .contains("The record has no events that you may see of version 2")
                .doesNotContain("vault-team", "FAILED");
        assertThat(churn("limited", "compare/?a=1&b=99").getContentAsString())
                .contains("The record has no events that you may see of version 99");
        assertThat(churn("limited", "verification/").getContentAsString())
                .contains("Only administrators see the result")
                .doesNotContain("whole.");
    }

    @Test
    void theStoryNamesForEachStatementTimeActorAndBuild() throws Exception {
        String text = page("reader", "version/1/").asNormalizedText();
        assertThat(text)
                .contains(
                        "Version 1 of churn",
                        "Registered as version 1",
                        "by ann",
                        "in open #1",
                        "Version 1 passed the gate tabular",
                        "ann moved champion to version 1",
                        "Became champion; first version with this alias",
                        "Replaced as champion by version 2",
                        "Version 1 is live at prod/scores",
                        "team-open");
        assertThat(page("reader", "version/1/").getAnchorByText("open #1").getHrefAttribute())
                .isEqualTo("/jenkins/job/open/1/");
    }

    @Test
    void versionsAreComparedByTheForm() throws Exception {
        HtmlPage page = page("reader", "compare/");
        HtmlForm form = page.getForms().stream()
                .filter(candidate -> candidate.getInputsByName("a").size() == 1)
                .findFirst()
                .orElseThrow();
        ((HtmlInput) form.getInputByName("a")).setValue("1");
        ((HtmlInput) form.getInputByName("b")).setValue("2");
        assertThat(jenkins.submit(form).asNormalizedText())
                .contains("tabular: verdict\tPASSED\tFAILED\tdifferent")
                .contains("owner\tteam-open\tteam-vault-team\tdifferent");
    }

    @Test
    void whatWasInProductionIsToldForADayAndATime() throws Exception {
        assertThat(page("reader", "at/?date=2999-01-01").asNormalizedText())
                .contains("2999-01-01T23:59:59Z", "is in the future", "champion: version 2", "prod/scores: version 1");
        assertThat(page("reader", "at/?date=2000-01-01").asNormalizedText()).contains("No version was in production");
        assertThat(page("limited", "at/?date=2999-01-01").asNormalizedText()).contains("champion: version 1");
        for (String wrong : List.of("at/?date=yesterday", "at/?date=2026-13-40", "at/?date=2026-01-01&time=25:99")) {
            assertThat(page("reader", wrong).asNormalizedText()).as(wrong).contains("Not a date or time");
        }
        assertThat(churn("reader", "at/?date=%3Cscript%3Ealert(1)%3C/script%3E").getContentAsString())
                .doesNotContain(SCRIPT);
    }

    @Test
    void theChainIsVerifiedAndItsFirstBrokenLineNamed() throws Exception {
        assertThat(page("administrator", "verification/").asNormalizedText()).contains("7 events, the chain is whole.");
        Path record = jenkins.jenkins.getRootDir().toPath().resolve("model-delivery/records/main/churn.jsonl");
        Files.writeString(record, Files.readString(record).replaceFirst("PASSED", "FAILED"));
        assertThat(page("administrator", "verification/").asNormalizedText())
                .contains("Line 2 was changed after it was written.");
    }

    @Test
    void exportsAreFilesThatNoBrowserShows() throws Exception {
        for (String file : List.of("export.json", "export.csv", "version/1/card.md")) {
            WebResponse response = churn("reader", file);
            assertThat(response.getResponseHeaderValue("Content-Disposition"))
                    .matches("attachment; filename=\"churn[a-z0-9.-]*\"");
            assertThat(response.getResponseHeaderValue("X-Content-Type-Options"))
                    .isEqualTo("nosniff");
        }
        assertThat(churn("administrator", "export.json").getContentAsString()).contains("\"sequence\":7", "\"hash\"");
        assertThat(churn("limited", "export.json").getContentAsString()).contains("\"version\":\"1\"");
        assertThat(churn("reader", "version/1/card.md").getContentAsString()).contains("# churn, version 1");
    }

    @Test
    void exportsAnswerNoPost() throws Exception {
        JenkinsRule.WebClient client = jenkins.createWebClient()
                .withThrowExceptionOnFailingStatusCode(false)
                .login("reader");
        for (String file : List.of("export.json", "export.csv", "version/1/card.md")) {
            WebRequest request =
                    new WebRequest(new URL(jenkins.getURL(), "models/registry/main/churn/" + file), HttpMethod.POST);
            client.addCrumb(request);
            assertThat(churn("reader", file).getStatusCode()).as(file).isEqualTo(200);
            assertThat(client.loadWebResponse(request).getStatusCode()).as(file).isIn(404, 405);
        }
    }

    @Test
    void hostileNamesAreShownAndDoNothing() throws Exception {
        String name = SCRIPT + "\"\r\nX-Evil: 1" + "m".repeat(150);
        Records.of("open", name)
                .event(
                        "registered",
                        SCRIPT,
                        Json.object().put("description", SCRIPT).put("digest", SCRIPT))
                .event("gated", SCRIPT, Json.object().put("gate", SCRIPT).put("verdict", SCRIPT))
                .event(
                        "promoted",
                        SCRIPT,
                        Json.object()
                                .put("alias", SCRIPT)
                                .put("from", SCRIPT + 1)
                                .put("to", SCRIPT))
                .event("approved", SCRIPT, Json.object().put("by", SCRIPT).put("comment", SCRIPT));
        String model = ModelLinks.model("main", name);
        for (String page : List.of(
                "version/" + PathSegment.encode(SCRIPT) + "/",
                "compare/?a=%3Cscript%3Ealert(1)%3C/script%3E&b=%3Cscript%3Ealert(1)%3C/script%3E",
                "at/?date=2999-01-01",
                "verification/",
                "rollback/?alias=%3Cscript%3Ealert(1)%3C/script%3E")) {
            WebResponse response = get("administrator", model + page);
            assertThat(response.getStatusCode()).as(page).isEqualTo(200);
            assertThat(response.getContentAsString())
                    .as(page)
                    .doesNotContain(SCRIPT)
                    .contains("&lt;script&gt;");
        }
        WebResponse export = get("administrator", model + "export.csv");
        assertThat(export.getResponseHeaderValue("X-Evil")).isNull();
        assertThat(export.getResponseHeaderValue("Content-Disposition"))
                .matches("attachment; filename=\"[A-Za-z0-9_.~-]{1,130}\"");
    }

    @Test
    void recordsAreReadNotWritten() throws Exception {
        int before = DeliveryRuntime.records().events("main", "churn").size();
        for (String page : PAGES) {
            churn("reader", page);
        }
        assertThat(DeliveryRuntime.records().events("main", "churn")).hasSize(before);
    }
}
