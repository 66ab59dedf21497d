package io.jenkins.plugins.modeldelivery.ui.trend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.Job;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.StreamSupport;
import jenkins.model.Jenkins;
import org.htmlunit.WebResponse;
import org.htmlunit.html.HtmlAnchor;
import org.htmlunit.html.HtmlElement;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.html.HtmlTable;
import org.htmlunit.html.HtmlTableRow;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.RunLoadCounter;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The trend of a job, as each kind of user gets it, page and remote API. */
@WithJenkins
class JobTrendTest {
    private JenkinsRule jenkins;
    private FreeStyleProject train;
    private MockAuthorizationStrategy rights;

    @BeforeEach
    void prepare(JenkinsRule rule) throws Exception {
        jenkins = rule;
        train = jenkins.createFreeStyleProject("train");
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        rights = new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("administrator")
                .grant(Jenkins.READ)
                .everywhere()
                .to("anonymous", "reader", "stranger", "discoverer")
                .grant(Item.READ)
                .onItems(train)
                .to("reader")
                .grant(Item.DISCOVER)
                .onItems(train)
                .to("discoverer");
        jenkins.jenkins.setAuthorizationStrategy(rights);
    }

    /** No script runs, so that what is asserted is what the server sent. */
    private JenkinsRule.WebClient client(String user) throws Exception {
        JenkinsRule.WebClient client = jenkins.createWebClient().withJavaScriptEnabled(false);
        return (user.isEmpty() ? client : client.login(user)).withThrowExceptionOnFailingStatusCode(false);
    }

    private WebResponse get(String user, String path) throws Exception {
        return client(user).goTo(path, null).getWebResponse();
    }

    private JsonNode api(String user, String query) throws Exception {
        WebResponse response = get(user, "job/train/model-trend/api/json" + query);
        assertThat(response.getStatusCode()).as(response.getContentAsString()).isEqualTo(200);
        return Json.read(response.getContentAsString().getBytes(response.getContentCharset()), ErrorKind.CORRUPT, "");
    }

    private static List<String> texts(JsonNode list, String key) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(one -> one.path(key).asText())
                .toList();
    }

    private HtmlPage page(String user, String query) throws Exception {
        return client(user).goTo("job/train/model-trend/" + query);
    }

    private static List<String> links(HtmlPage page, String part) {
        return page.getAnchors().stream()
                .map(HtmlAnchor::getHrefAttribute)
                .filter(href -> href.contains(part))
                .distinct()
                .toList();
    }

    @Test
    void aJobThatHasDeliveredNothingSaysSoAndDoesNotOfferTheTrend() throws Exception {
        HtmlPage job = client("reader").getPage(train);
        assertThat(links(job, "model-trend")).isEmpty();
        assertThat(job.getElementsByTagName("section")).isEmpty();
        assertThat(page("reader", "").asNormalizedText()).contains("No gate of this job has evaluated a version yet");
        JsonNode json = api("reader", "");
        assertThat(json.path("model").isNull()).isTrue();
        assertThat(json.path("versions")).isEmpty();
    }

    @Test
    void theJobsPageOffersTheTrend() throws Exception {
        Gated.by("train", "churn").auc(1, "0.9");
        HtmlPage job = client("reader").getPage(train);
        assertThat(links(job, "model-trend")).isNotEmpty();
        assertThat(job.<HtmlElement>querySelector("section.model-trend").getAttribute("data-url"))
                .isEqualTo(jenkins.contextPath + "/job/train/model-trend/");
    }

    @Test
    void theApiTellsNumbersBoundsVerdictsMarksAndBuilds() throws Exception {
        jenkins.buildAndAssertSuccess(train);
        Gated.by("train", "churn")
                .auc(1, "0.9")
                .promoted(1, "champion")
                .auc(2, "0.8")
                .auc(3, "NaN");
        JsonNode json = api("reader", "");
        assertThat(json.path("model").asText()).isEqualTo("churn");
        assertThat(json.path("registry").asText()).isEqualTo("main");
        assertThat(json.path("more").asBoolean()).isFalse();
        assertThat(texts(json.path("series"), "name")).containsExactly("auc");
        JsonNode versions = json.path("versions");
        assertThat(texts(versions, "version")).containsExactly("1", "2", "3");
        assertThat(texts(versions, "verdict")).containsExactly("PASSED", "FAILED", "FAILED");
        assertThat(texts(versions, "build")).containsExactly("#1", "#2", "#3");
        assertThat(versions.path(0).path("buildUrl").asText()).isEqualTo("job/train/1/");
        assertThat(versions.path(1).path("buildUrl").isNull())
                .as("there is no build 2")
                .isTrue();
        JsonNode point = versions.path(0).path("points").path(0);
        assertThat(point.path("value").asDouble()).isEqualTo(0.9);
        assertThat(point.path("bounds").path(0).path("bound").asDouble()).isEqualTo(0.85);
        assertThat(point.path("bounds").path(0).path("check").asText()).isEqualTo("auc >= 0.85");
        assertThat(versions.path(0).path("marks").path(0).path("kind").asText()).isEqualTo("PROMOTED");
        assertThat(versions.path(0).path("marks").path(0).path("where").asText())
                .isEqualTo("champion");
        assertThat(versions.path(2).path("points").path(0).path("value").isNull())
                .isTrue();
    }

    @Test
    void theTableHasTheSameNumbers() throws Exception {
        jenkins.buildAndAssertSuccess(train);
        Gated.by("train", "churn").auc(1, "0.9").promoted(1, "champion").auc(2, "0.8");
        HtmlPage page = page("reader", "");
        HtmlTable table = page.getHtmlElementById("model-trend-table");
        List<HtmlTableRow> rows = table.getBodies().get(0).getRows();
        assertThat(rows)
                .extracting(row -> row.getCell(0).asNormalizedText()
                        + " " + row.getCell(3).asNormalizedText()
                        + " " + row.getCell(5).asNormalizedText()
                        + " " + row.getCell(6).asNormalizedText()
                        + " " + row.getCell(7).asNormalizedText())
                .satisfiesExactly(
                        newest -> assertThat(newest)
                                .startsWith("2 0.8 at least 0.85 failed")
                                .contains("0.8 is"),
                        oldest -> assertThat(oldest).isEqualTo("1 0.9 at least 0.85 passed promoted to champion"));
        assertThat(rows.get(0).getCell(1).asNormalizedText()).isEqualTo("#2 (gone)");
        HtmlPage build = page.getAnchorByText("#1").click();
        assertThat(build.getUrl().getPath()).endsWith("/job/train/1/");
    }

    @Test
    void onlyTheNewestGatesAreReadAndItIsSaidThatThereAreMore() throws Exception {
        Gated gated = Gated.by("train", "churn");
        for (int i = 1; i <= 5; i++) {
            gated.auc(i, "0.9");
        }
        JsonNode json = api("reader", "?limit=2");
        assertThat(texts(json.path("versions"), "version")).containsExactly("4", "5");
        assertThat(json.path("more").asBoolean()).isTrue();
        assertThat(page("reader", "?limit=2").asNormalizedText()).contains("There are older ones");
        assertThat(api("reader", "?limit=5").path("more").asBoolean()).isFalse();
    }

    @Test
    void aLimitThatIsNoneIsRefused() throws Exception {
        for (String limit : List.of("0", "-1", "2001", "many", "1e3", "99999999999999999999")) {
            for (String path : List.of("", "api/json")) {
                WebResponse response = get("reader", "job/train/model-trend/" + path + "?limit=" + limit);
                assertThat(response.getStatusCode()).as(path + limit).isEqualTo(400);
                assertThat(response.getContentAsString()).contains("limit must be a number from 1 to 2000");
            }
        }
    }

    @Test
    void whoChoosesSeriesGetsTheseAndNamesThatAreGoneDoNoHarm() throws Exception {
        Gated.by("train", "churn")
                .version(
                        1,
                        "[{\"name\":\"auc\",\"value\":0.9},{\"name\":\"f1\",\"value\":0.8},"
                                + "{\"name\":\"auc\",\"value\":0.7,\"slice\":{\"country\":\"DE\"}}]",
                        "auc >= 0.5",
                        "f1 >= 0.5",
                        "auc{country=*} >= 0.5");
        assertThat(texts(api("reader", "").path("versions").path(0).path("points"), "series"))
                .containsExactly("auc", "f1");
        assertThat(texts(
                        api("reader", "?series=auc%7Bcountry%3DDE%7D&series=gone")
                                .path("versions")
                                .path(0)
                                .path("points"),
                        "series"))
                .containsExactly("auc{country=DE}");
        assertThat(texts(api("reader", "?series=gone").path("versions").path(0).path("points"), "series"))
                .containsExactly("auc", "f1");
    }

    @Test
    void ofSeveralModelsTheOneThatWasWrittenToLastIsShownAndTheOthersCanBeChosen() throws Exception {
        Gated.by("train", "churn").auc(1, "0.9");
        Gated.by("train", "fraud").auc(7, "0.9");
        assertThat(api("reader", "").path("model").asText()).isEqualTo("fraud");
        assertThat(texts(api("reader", "").path("models"), "model")).containsExactly("churn", "fraud");
        assertThat(texts(api("reader", "?model=churn").path("versions"), "version"))
                .containsExactly("1");
        assertThat(links(page("reader", ""), "model=churn")).hasSize(1);
    }

    @Test
    void aModelOfAnotherJobIsAsUnknownAsOneThatIsNot() throws Exception {
        Gated.by("train", "churn").auc(1, "0.9");
        Gated.by("secret", "hidden").auc(1, "0.9");
        jenkins.createFreeStyleProject("secret");
        for (String path : List.of("", "api/json")) {
            for (String query : List.of("?model=hidden", "?model=nothing", "?registry=other")) {
                WebResponse response = get("reader", "job/train/model-trend/" + path + query);
                assertThat(response.getStatusCode()).as(path + query).isEqualTo(404);
                assertThat(response.getContentAsString()).contains("This job has not delivered this model.");
            }
        }
    }

    @Test
    void whoMayNotReadTheJobLearnsNothing() throws Exception {
        Gated.by("train", "churn").auc(1, "0.9");
        for (String user : List.of("", "stranger", "discoverer")) {
            for (String path : List.of("", "api/json", "?limit=0", "?model=churn")) {
                WebResponse response = get(user, "job/train/model-trend/" + path);
                assertThat(response.getStatusCode()).as(user + " " + path).isIn(403, 404);
                assertThat(response.getContentAsString()).doesNotContain("churn", "limit must");
            }
        }
    }

    @Test
    void whatJobsDidThatTheUserMayNotReadIsNotMarked() throws Exception {
        jenkins.createFreeStyleProject("release");
        Gated.by("train", "churn").auc(1, "0.9");
        Gated.by("release", "churn").promoted(1, "champion").auc(9, "0.95");
        JsonNode reader = api("reader", "");
        assertThat(texts(reader.path("versions"), "version"))
                .as("gates of the other job are on its trend")
                .containsExactly("1");
        assertThat(reader.path("versions").path(0).path("marks")).isEmpty();
        assertThat(api("administrator", "").path("versions").path(0).path("marks"))
                .hasSize(1);
    }

    @Test
    void theTrendGoesWithTheJobWhenItIsRenamedAndNotToANewOneOfItsName() throws Exception {
        Gated.by("train", "churn").auc(1, "0.9");
        train.renameTo("training");
        jenkins.createFreeStyleProject("train");
        WebResponse renamed = get("administrator", "job/training/model-trend/api/json");
        assertThat(renamed.getContentAsString()).contains("\"version\":\"1\"");
        train.delete();
        FreeStyleProject again = jenkins.createFreeStyleProject("training");
        for (Job<?, ?> job : List.of(again, jenkins.jenkins.getItemByFullName("train", Job.class))) {
            assertThat(get("administrator", job.getUrl() + "model-trend/api/json")
                            .getContentAsString())
                    .as(job.getName())
                    .contains("\"versions\":[]");
        }
    }

    @Test
    void namesAreTextWhateverTheyAre() throws Exception {
        String evil = "<script>alert(1)</script>\"'&{{x}}";
        Gated.by("train", evil).version(1, "[{\"name\":\"<b>auc</b>\",\"value\":0.9}]", "\"<b>auc</b>\" >= 0.5");
        Gated.by("train", "another").auc(1, "0.9");
        WebResponse response =
                get("reader", "job/train/model-trend/?model=" + URLEncoder.encode(evil, StandardCharsets.UTF_8));
        assertThat(response.getStatusCode()).isEqualTo(200);
        assertThat(response.getContentAsString())
                .contains("&lt;script&gt;alert(1)", "&lt;b&gt;auc&lt;/b&gt;")
                .doesNotContain("<script>alert(1)", "<b>auc");
    }

    @Test
    void noBuildIsLoaded() throws Exception {
        for (int i = 1; i <= 12; i++) {
            jenkins.buildAndAssertSuccess(train);
            Gated.by("train", "churn").auc(i, "0.9");
        }
        JenkinsRule.WebClient reader = client("reader");
        int loads = RunLoadCounter.countLoads(train, () -> {
            try {
                assertThat(reader.goTo("job/train/model-trend/api/json", null)
                                .getWebResponse()
                                .getContentAsString())
                        .contains("job/train/12/", "job/train/1/");
                assertThat(reader.goTo("job/train/model-trend/").asNormalizedText())
                        .contains("#12");
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
        assertThat(loads)
                .as("Jenkins itself looks at the last successful build of whatever job is asked for")
                .isLessThanOrEqualTo(1);
    }
}
