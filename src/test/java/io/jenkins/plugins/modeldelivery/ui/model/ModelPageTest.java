package io.jenkins.plugins.modeldelivery.ui.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.ui.models.People;
import io.jenkins.plugins.modeldelivery.ui.models.Records;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The page of a model. */
@WithJenkins
class ModelPageTest {
    private static final String CHURN = "models/registry/main/churn/";

    private JenkinsRule jenkins;
    private Records churn;

    @BeforeEach
    void arrive(JenkinsRule rule) throws Exception {
        jenkins = rule;
        People.arrive(jenkins);
        churn = Records.of(People.OPEN, "churn");
    }

    private HtmlPage page(String user, String address) throws Exception {
        return jenkins.createWebClient().login(user).goTo(address);
    }

    private JsonNode json(String query) throws Exception {
        return new ObjectMapper()
                .readTree(jenkins.createWebClient()
                        .login("one")
                        .goTo(CHURN + "api/json" + query, "application/json")
                        .getWebResponse()
                        .getContentAsString());
    }

    private static List<String> sentences(HtmlPage page) {
        return page.<DomElement>getByXPath("//div[@class='model-delivery-sentence']").stream()
                .map(DomElement::getTextContent)
                .toList();
    }

    private static ObjectNode gate() {
        ObjectNode gate = Json.object().put("gate", "tabular").put("verdict", "FAILED");
        gate.put("gateDigest", "sha256:" + "2".repeat(64));
        ObjectNode check = gate.putArray("checks").addObject();
        check.put("check", "auc >= 0.85").put("metric", "auc").put("slice", "country=<b>DE</b>");
        check.put("value", 0.81).put("bound", 0.85).put("margin", -0.04);
        check.put("verdict", "FAILED").put("reason", "0.81 is not >= 0.85.");
        return gate;
    }

    @Test
    void itSaysHowTheModelStandsAndWhatToDo() throws Exception {
        churn.registered("1", "ann")
                .gated("1", "PASSED")
                .promoted("champion", "1")
                .deployed("1", "scores");
        churn.registered("2", "ann").event("gated", "2", gate());
        HtmlPage page = page("one", CHURN);
        assertThat(page.getElementById("state").asNormalizedText())
                .contains("The last gate failed", "Train a better version, or review the bound.")
                .contains("champion: version 1", "prod/scores: version 1", "live", "ann");
        assertThat(page.<DomElement>getByXPath("//table[@id='model-delivery-versions']/tbody/tr").stream()
                        .map(DomElement::asNormalizedText))
                .satisfiesExactly(
                        newest -> assertThat(newest).contains("2", "–", "failed", "tabular", "by ann"),
                        oldest -> assertThat(oldest).contains("1", "champion", "passed", "prod/scores", "by ann"));
    }

    @Test
    void aMoveWithoutAnOutcomeIsShownAsUnfinishedUntilItHasOne() throws Exception {
        ObjectNode move =
                Json.object().put("alias", "champion").put("from", "1").put("to", "2");
        churn.promoted("champion", "1").event("alias-move-started", "2", move);
        assertThat(page("one", CHURN).getElementById("state").asNormalizedText())
                .contains("champion: version 1")
                .contains("Unfinished: ann is about to move champion from version 1 to version 2");
        assertThat(json("?depth=2")
                        .path("state")
                        .path("unfinishedMoves")
                        .path(0)
                        .path("type")
                        .asText())
                .isEqualTo("alias-move-started");
        churn.event("alias-move-failed", "2", move);
        assertThat(page("one", CHURN).getElementById("state").asNormalizedText())
                .contains("champion: version 1")
                .doesNotContain("Unfinished");
    }

    @Test
    void whatHappenedIsToldInSentencesThatOpenToTheirEvidence() throws Exception {
        churn.registered("2").event("gated", "2", gate());
        ObjectNode refusal = Json.object().put("alias", "champion").put("policy", "production");
        refusal.putObject("decision")
                .putArray("rules")
                .addObject()
                .put("rule", "gates")
                .put("outcome", "UNMET")
                .put("needed", "a passed gate tabular");
        churn.event("promotion-refused", "2", refusal);
        HtmlPage page = page("one", CHURN);
        assertThat(sentences(page))
                .containsExactly(
                        "The policy production refused to make version 2 champion",
                        "Version 2 failed the gate tabular",
                        "ann registered version 2");
        String timeline = page.getElementById("timeline").getTextContent();
        assertThat(timeline).contains("a passed gate tabular", "auc >= 0.85", "0.81", "country=<b>DE</b>");
        assertThat(page.getByXPath("//details//b")).isEmpty();
        JsonNode event = json("?depth=2").path("events").path(1);
        assertThat(event.path("details").path("checks").path(0).path("bound").asText())
                .isEqualTo("0.85");
        assertThat(event.path("sentence").asText()).isEqualTo("Version 2 failed the gate tabular");
    }

    @Test
    void aGatesReportIsShownAsOnTheBuildsPage() throws Exception {
        churn.event("gated", "1", gate()).event("gated", "2", gate());
        HtmlPage page = page("one", CHURN);
        for (String id : List.of("gate-0", "gate-1")) {
            assertThat(page.getElementById(id).getTextContent())
                    .contains("1 of 1 check failed", "0.81 is not >= 0.85.", "Scale");
        }
    }

    @Test
    void theTimelineIsFilteredByKindVersionAndPeriod() throws Exception {
        churn.registered("1").gated("1", "PASSED").registered("2").promoted("champion", "1");
        assertThat(sentences(page("one", CHURN + "?events=registrations")))
                .containsExactly("ann registered version 2", "ann registered version 1");
        assertThat(sentences(page("one", CHURN + "?version=2"))).containsExactly("ann registered version 2");
        assertThat(sentences(page("one", CHURN + "?from=2999-01-01"))).isEmpty();
        assertThat(page("one", CHURN + "?until=2001-01-01").asNormalizedText())
                .contains("No event that you may see matches the filter.");
        HtmlPage nonsense = page("one", CHURN + "?events=nonsense&from=tomorrow&until=x");
        assertThat(sentences(nonsense)).hasSize(4);
        HtmlPage chosen = page("one", CHURN + "?events=gates&version=1");
        assertThat(sentences(chosen)).containsExactly("Version 1 passed the gate tabular");
        assertThat(chosen.<DomElement>getFirstByXPath("//select[@name='events']/option[@selected]")
                        .getAttribute("value"))
                .isEqualTo("gates");
    }

    @Test
    void olderEventsAndVersionsFollowOnFurtherPages() throws Exception {
        for (int i = 1; i <= 30; i++) {
            churn.registered(String.valueOf(i));
        }
        HtmlPage first = page("one", CHURN);
        assertThat(sentences(first)).hasSize(25).startsWith("ann registered version 30");
        HtmlPage second = first.getAnchorByText("Older").click();
        assertThat(sentences(second))
                .hasSize(5)
                .startsWith("ann registered version 5")
                .endsWith("ann registered version 1");
        assertThat(sentences(second.getAnchorByText("Newest").click())).hasSize(25);
        HtmlPage versions = first.getAnchorByText("Older versions").click();
        assertThat(versions.<DomElement>getFirstByXPath("//table[@id='model-delivery-versions']/tbody/tr/td//a")
                        .asNormalizedText())
                .isEqualTo("20");
    }

    @Test
    void buildsAreLinkedWhereTheyAreAndNamedWhereTheyWere() throws Exception {
        FreeStyleProject open = (FreeStyleProject) jenkins.jenkins.getItem(People.OPEN);
        FreeStyleBuild build = jenkins.buildAndAssertSuccess(open);
        churn.registered("1");
        HtmlPage there = page("one", CHURN);
        assertThat(there.getAnchorByText("open #1").click().getUrl().getPath()).endsWith("/job/open/1/");
        open.renameTo("shut");
        assertThat(page("reader", CHURN).getAnchorByText("shut #1").getHrefAttribute())
                .endsWith("/job/shut/1/");
        build.delete();
        HtmlPage gone = page("reader", CHURN);
        assertThat(gone.asNormalizedText()).contains("open #1");
        assertThat(gone.getByXPath("//main//a[contains(., '#1')] | //div[@id='main-panel']//a[contains(., '#1')]"))
                .isEmpty();
    }

    @Test
    void damagedLinesAreShownToAdministratorsAsWhatTheyAre() throws Exception {
        churn.registered("1");
        Path record = jenkins.jenkins.getRootDir().toPath().resolve("model-delivery/records/main/churn.jsonl");
        Files.writeString(record, "no event\n", StandardOpenOption.APPEND);
        HtmlPage page = page("administrator", CHURN);
        assertThat(sentences(page)).containsExactly("Line 2 of the record is no event", "ann registered version 1");
        assertThat(page.getElementById("state").asNormalizedText())
                .contains("Its record is damaged", "restore it from a backup");
        assertThat(page("one", CHURN).asNormalizedText())
                .doesNotContain("damaged")
                .doesNotContain("no event");
    }
}
