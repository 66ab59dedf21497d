package io.jenkins.plugins.modeldelivery.ui.models;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hudson.model.TimeZoneProperty;
import hudson.model.User;
import java.text.DateFormat;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The list of models: what it says, finds and orders. */
@WithJenkins
class ModelListTest {
    private JenkinsRule jenkins;

    @BeforeEach
    void arrive(JenkinsRule rule) throws Exception {
        jenkins = rule;
        People.arrive(jenkins);
    }

    private HtmlPage page(String user, String address) throws Exception {
        return jenkins.createWebClient().login(user).goTo(address);
    }

    private static List<String> names(HtmlPage page) {
        return page.<DomElement>getByXPath("//table[@id='model-delivery-models']/tbody/tr/td[1]//a").stream()
                .map(DomElement::getTextContent)
                .toList();
    }

    private JsonNode json(String address) throws Exception {
        return new ObjectMapper()
                .readTree(jenkins.createWebClient()
                        .login("one")
                        .goTo(address, "application/json")
                        .getWebResponse()
                        .getContentAsString());
    }

    @Test
    void whoSeesNoModelIsToldHowOneComesAbout() throws Exception {
        HtmlPage page = page("one", "models/");
        assertThat(page.getElementById("model-delivery-empty").asNormalizedText())
                .contains("No models yet that you may see", "registerModel name: 'churn'", "Pipeline Syntax");
        assertThat(page.getElementById("model-delivery-q")).isNull();
    }

    @Test
    void timesAreShownInTheTimeZoneOfTheUser() throws Exception {
        Records.of(People.OPEN, "churn").registered("1");
        User.getById("one", true).addProperty(new TimeZoneProperty("Asia/Kolkata"));
        DomElement time = page("one", "models/").getFirstByXPath("//table[@id='model-delivery-models']//time");
        DateFormat expected = DateFormat.getDateTimeInstance(DateFormat.MEDIUM, DateFormat.SHORT, Locale.US);
        expected.setTimeZone(TimeZone.getTimeZone("Asia/Kolkata"));
        Instant at = Instant.parse(time.getAttribute("datetime"));
        assertThat(time.getTextContent())
                .isEqualTo(expected.format(Date.from(at)).replace(' ', '\u00a0'));
    }

    @Test
    void aLineSaysHowTheModelStands() throws Exception {
        Records.of(People.OPEN, "churn")
                .registered("1", "ann")
                .gated("1", "PASSED")
                .promoted("champion", "1")
                .deployed("1", "scores")
                .registered("2", "ann")
                .gated("2", "INCONCLUSIVE")
                .promoted("challenger", "2");
        Records.of(People.OPEN, "fine").registered("1").gated("1", "PASSED");
        HtmlPage page = page("one", "models/");
        assertThat(names(page)).containsExactly("churn", "fine");
        String line = page.<DomElement>getFirstByXPath("//table[@id='model-delivery-models']/tbody/tr[1]")
                .asNormalizedText();
        assertThat(line)
                .contains("registry main", "The last gate was inconclusive", "prod/scores: version 1", "live", "ann")
                .containsSubsequence("version 1", "version 2", "inconclusive");
        assertThat(page.<DomElement>getFirstByXPath("//table[@id='model-delivery-models']/tbody/tr[2]")
                        .asNormalizedText())
                .contains("OK", "–", "passed");
        assertThat(page.<DomElement>getByXPath(
                        "//table[@id='model-delivery-models']/tbody/tr[1]//*[local-name()='svg']"))
                .as("each state has a symbol beside its words")
                .hasSizeGreaterThanOrEqualTo(3);
        JsonNode churn = json("models/api/json?depth=3").path("models").path(0);
        assertThat(churn.path("model").asText()).isEqualTo("churn");
        assertThat(churn.path("state").path("concerns").findValuesAsText("name"))
                .containsExactly("GATE_INCONCLUSIVE");
        assertThat(churn.path("state").path("endpoints").path(0).path("rollout").asText())
                .isEqualTo("LIVE");
        assertThat(churn.path("state").path("aliases").findValuesAsText("alias"))
                .containsExactly("challenger", "champion");
    }

    @Test
    void modelsAreFoundByNameAndOrderedByNameOrByTheirNewestEvent() throws Exception {
        for (String model : List.of("beta", "Alpha", "gamma", "alphabet")) {
            Records.of(People.OPEN, model).registered("1");
        }
        Records.of(People.SECRET, "beta").registered("2");
        assertThat(names(page("one", "models/"))).containsExactly("Alpha", "alphabet", "beta", "gamma");
        HtmlPage newest = page("one", "models/").getAnchorByText("Newest event").click();
        assertThat(newest.getUrl().getQuery()).isEqualTo("sort=newest");
        assertThat(newest.<DomElement>getFirstByXPath("//th[@aria-sort='descending']")
                        .asNormalizedText())
                .startsWith("Newest event");
        JsonNode order =
                json("models/api/json?sort=newest&tree=models[model,newest]").path("models");
        assertThat(order.findValuesAsText("newest")).isSortedAccordingTo(java.util.Comparator.reverseOrder());
        assertThat(order.findValuesAsText("model").indexOf("beta"))
                .as("a hidden event does not move it up")
                .isNotZero();
        assertThat(names(page("one", "models/?sort=name-down"))).containsExactly("gamma", "beta", "alphabet", "Alpha");

        assertThat(names(page("administrator", "models/"))).containsExactly("Alpha", "alphabet", "beta", "gamma");
        assertThat(names(page("administrator", "models/?sort=newest"))).startsWith("beta");
        assertThat(names(page("administrator", "models/?sort=oldest"))).endsWith("beta");
        assertThat(names(page("administrator", "models/?q=ALPHA&sort=name-down")))
                .containsExactly("alphabet", "Alpha");

        HtmlPage found = page("one", "models/?q=ALPHA&sort=name-down");
        assertThat(names(found)).containsExactly("alphabet", "Alpha");
        assertThat(found.getElementById("model-delivery-q").getAttribute("value"))
                .isEqualTo("ALPHA");
        assertThat(page("one", "models/?q=<script>").asNormalizedText())
                .contains("No model that you may see has “<script>” in its name.");
    }

    @Test
    void longListsComeInPagesWhoseNumbersCountWhatIsVisible() throws Exception {
        for (int i = 0; i < ModelList.PAGE + 3; i++) {
            Records.of(People.OPEN, "model-" + (1000 + i)).registered("1");
            Records.of(People.SECRET, "aside-" + i).registered("1");
        }
        HtmlPage first = page("one", "models/");
        assertThat(names(first)).hasSize(ModelList.PAGE).startsWith("model-1000");
        assertThat(first.asNormalizedText()).contains("53 models, page 1 of 2");
        HtmlPage second = first.getAnchorByText("Next").click();
        assertThat(names(second)).containsExactly("model-1050", "model-1051", "model-1052");
        assertThat(names(second.getAnchorByText("Previous").click())).startsWith("model-1000");
        assertThat(names(page("one", "models/?page=99999999"))).hasSize(3);
        HtmlPage last = page("administrator", "models/?page=99999999");
        assertThat(last.asNormalizedText()).contains("106 models, page 3 of 3");
        assertThat(names(last)).hasSize(6).endsWith("model-1052");
        JsonNode json = json("models/api/json?page=2&tree=total,page,pages,models[model]");
        assertThat(json.path("total").asInt()).isEqualTo(53);
        assertThat(json.path("page").asInt()).isEqualTo(2);
        assertThat(json.path("models")).hasSize(3);
    }

    @Test
    void aFolderListsTheModelsOfItsJobsAndSaysWhatCountsEverywhere() throws Exception {
        Records.of(People.TEAM, "churn").registered("1").promoted("champion", "1");
        Records.of(People.OPEN, "churn").registered("2").promoted("champion", "2");
        Records.of(People.OPEN, "other").registered("1");
        HtmlPage folder = page("reader", "job/team/");
        HtmlPage list = folder.getAnchorByText("Models").click();
        assertThat(list.getUrl().getPath()).endsWith("/job/team/models/");
        assertThat(names(list)).containsExactly("churn");
        assertThat(list.<DomElement>getFirstByXPath("//table[@id='model-delivery-models']/tbody/tr/td[3]")
                        .asNormalizedText())
                .contains("version 2");
        HtmlPage model = list.getAnchorByText("churn").click();
        assertThat(model.getUrl().getPath()).endsWith("/models/registry/main/churn/");
        assertThat(page("reader", "job/hush/").getByXPath("//a[contains(@href,'/job/hush/models')]"))
                .isEmpty();
    }
}
