package io.jenkins.plugins.modeldelivery.ui.models;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.ui.models.People.Person;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.htmlunit.Page;
import org.htmlunit.WebResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.JenkinsRule.WebClient;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/**
 * Every page and answer about models, asked as every kind of user. Each job leaves its own marks in all that it writes, so a
 * mark shows the job of a visible event.
 */
@WithJenkins
class WhoSeesWhatTest {
    private static final String SHARED = "models/registry/main/shared/";

    /** By job: what is seen only of its events. */
    private static final Map<String, List<String>> MARKS = new LinkedHashMap<>(Map.of(
            People.OPEN, List.of("open-version", "alias-of-open", "owner-of-open"),
            People.TEAM, List.of("team-version", "alias-of-team", "owner-of-team"),
            People.SECRET, List.of("hush", "undercover", "secret-version", "alias-of-secret", "owner-of-secret")));

    private static final List<String> ADDRESSES = List.of(
            "models/",
            "models/?q=secret",
            "models/?sort=newest",
            "models/?sort=oldest&page=2",
            "models/api/json",
            "models/api/json?depth=3",
            "models/api/json?tree=total,pages,models[model,newest]",
            "models/api/json?tree=models[*,state[*,aliases[*],endpoints[*],concerns[*],waiting[*],lastGate[*]]]",
            "models/api/xml?depth=3",
            "models/api/python?depth=3",
            SHARED,
            SHARED + "?events=registrations",
            SHARED + "?events=gates",
            SHARED + "?events=promotions",
            SHARED + "?events=deployments",
            SHARED + "?events=approvals",
            SHARED + "?version=secret-version",
            SHARED + "?from=2000-01-01&until=2999-01-01",
            SHARED + "?before=0",
            SHARED + "?before=nonsense&versionsBefore=nonsense",
            SHARED + "api/json",
            SHARED + "api/json?depth=4",
            SHARED + "api/json?tree=*,state[*],versions[*,build[*]],events[*,build[*]],olderEvents,olderVersions",
            SHARED + "api/json?tree=events[sequence,hash,previous,details]",
            SHARED + "api/xml?depth=4",
            SHARED + "version/open-version-3/",
            SHARED + "version/open-version-3/card.md",
            SHARED + "version/open-version-3/api/json?depth=5",
            SHARED + "version/team-version-3/",
            SHARED + "version/team-version-3/api/xml?depth=5",
            SHARED + "compare/?a=open-version-3&b=team-version-3",
            SHARED + "compare/?a=open-version-3&b=secret-version",
            SHARED + "compare/api/json?depth=5&a=open-version-3&b=team-version-3",
            SHARED + "compare/api/json?depth=5&a=open-version-3&b=secret-version",
            SHARED + "compare/api/json?tree=versions",
            SHARED + "at/",
            SHARED + "at/?date=2000-01-01",
            SHARED + "at/api/json?depth=5&date=2999-01-01",
            SHARED + "verification/",
            SHARED + "verification/api/json?depth=3",
            SHARED + "rollback/?alias=champion",
            SHARED + "export.json",
            SHARED + "export.csv",
            "models/registry/main/secret-model/",
            "models/registry/main/secret-model/api/json?depth=3",
            "models/registry/main/",
            "models/registry/hush/",
            "job/team/models/",
            "job/team/models/api/json?depth=3",
            "job/hush/models/",
            "job/hush/models/api/json?depth=3",
            "job/team/",
            "");

    private JenkinsRule jenkins;

    @BeforeEach
    void deliver(JenkinsRule rule) throws Exception {
        jenkins = rule;
        People.arrive(jenkins);
    }

    /** Of two events that follow each other in a record there is always one of another job between them. */
    private static void deliverAll(List<String> jobs) {
        deliverAll("shared", jobs);
        if (jobs.contains(People.SECRET)) {
            Records.of(People.SECRET, "secret-model").registered("secret-version");
        }
    }

    private static void deliverAll(String model, List<String> jobs) {
        for (int round = 0; round < 30; round++) {
            for (String job : List.of(People.OPEN, People.SECRET, People.TEAM)) {
                if (jobs.contains(job)) {
                    deliver(model, job, round);
                }
            }
        }
    }

    private static void deliver(String model, String job, int round) {
        String word = job.equals(People.SECRET) ? "secret" : job.equals(People.TEAM) ? "team" : "open";
        String version = word + "-version-" + round;
        Records.of(job, model)
                .registered(version, "owner-of-" + word)
                .gated(version, job.equals(People.SECRET) ? "FAILED" : "PASSED")
                .promoted("alias-of-" + word, version)
                .event(
                        "approved",
                        version,
                        Json.object().put("alias", "alias-of-" + word).put("by", word + "-version"))
                .deployed(version, word + "-version-endpoint");
        if (round == 0) {
            Records.of(job, model).policyRecorded();
        }
    }

    private String ask(WebClient browser, String address) throws Exception {
        Page page = browser.goTo(address, null);
        WebResponse response = page.getWebResponse();
        return response.getStatusCode() + "\n" + response.getContentAsString();
    }

    @Test
    void everybodySeesTheJobsThatTheyMayReadAndNothingOfOthers() throws Exception {
        deliverAll(List.of(People.OPEN, People.TEAM, People.SECRET));
        for (Person person : People.ALL) {
            WebClient browser = People.browser(jenkins, person);
            StringBuilder all = new StringBuilder();
            for (String address : ADDRESSES) {
                String answer = ask(browser, address);
                MARKS.forEach((job, marks) -> {
                    if (!person.jobs().contains(job)) {
                        assertThat(withoutEcho(answer, address))
                                .as("%s asks for %s", person.user(), address)
                                .doesNotContain(marks);
                    }
                });
                all.append(answer);
            }
            for (String job : person.jobs()) {
                assertThat(all).as(person.user()).contains(MARKS.get(job));
            }
        }
    }

    /** Only administrators see the folders in a policy. */
    @Test
    void theTextOfAPolicyNamesOnlyWhatAdmitsTheJobThatUsedIt() throws Exception {
        Records.of(People.OPEN, "shared").registered("1").policyRecorded();
        for (Person person : People.ALL.subList(3, 7)) {
            boolean administrator = "administrator".equals(person.user());
            boolean sees = person.jobs().contains(People.OPEN);
            WebClient browser = People.browser(jenkins, person);
            for (String address : List.of(SHARED, SHARED + "api/json?depth=4", SHARED + "export.json")) {
                String answer = ask(browser, address);
                assertThat(answer.contains("team/elsewhere")).as(address).isEqualTo(administrator);
                assertThat(answer.contains("hush/**")).as(address).isEqualTo(administrator);
                assertThat(answer.contains("op*n")).as(address).isEqualTo(sees);
                assertThat(answer.contains("(other items)")).as(address).isEqualTo(sees && !administrator);
            }
        }
    }

    /** What was asked for may be repeated. */
    private static String withoutEcho(String answer, String address) {
        String rest = answer;
        for (String part : address.split("[/?&=]")) {
            if (part.contains("-version-")) {
                rest = rest.replaceAll("\\b" + part + "\\b(?!-)", "");
            }
        }
        for (String word : List.of("secret-version", "secret-model", "secret", "hush")) {
            if (address.contains(word)) {
                rest = rest.replaceAll(word + "(?!-version-|-model-)\\b(?!-)", "");
            }
        }
        return rest;
    }

    @Test
    void aModelLooksAsIfJobsThatOneMayNotReadHadNeverWrittenToIt() throws Exception {
        deliverAll("shared", List.of(People.OPEN, People.TEAM, People.SECRET));
        for (Person person : People.ALL.subList(3, 5)) {
            // As long as the other, since Jenkins says long names twice.
            String twin = "twin-" + person.user().charAt(0);
            deliverAll(twin, person.jobs());
            WebClient browser = People.browser(jenkins, person);
            for (String address : ADDRESSES) {
                if (address.startsWith(SHARED)) {
                    String other = ask(browser, address.replace("main/shared", "main/" + twin));
                    assertThat(timeless(ask(browser, address)))
                            .as("%s asks for %s", person.user(), address)
                            .isEqualTo(timeless(other).replace(twin, "shared"));
                }
            }
        }
    }

    /** Without times and the words for pages that are made of them. */
    private static String timeless(String answer) {
        return plain(answer)
                .replaceAll("20[0-9]{2}-[0-9]{2}-[0-9]{2}[T ][0-9:.]+( UTC|Z)", "TIME")
                .replaceAll("[A-Z][a-z]{2}\\h[0-9]{1,2},\\h20[0-9]{2},\\h[0-9:]+\\h[AP]M", "TIME")
                .replaceAll("[0-9]{13}(\\.[0-9]+)?", "CURSOR");
    }

    @Test
    void numbersOfEventsAndHashesAreForAdministratorsEvenWhereNothingIsHidden() throws Exception {
        deliverAll(List.of(People.OPEN));
        for (Person person : People.ALL) {
            String page = ask(People.browser(jenkins, person), SHARED);
            boolean administrator = "administrator".equals(person.user());
            assertThat(page.contains("&quot;sequence&quot;") || page.contains("\"sequence\""))
                    .as(person.user())
                    .isEqualTo(administrator);
            assertThat(page.contains("previous")).as(person.user()).isEqualTo(administrator);
        }
    }

    @Test
    void aHiddenModelIsAnsweredAsOneThatNeverWas() throws Exception {
        deliverAll(List.of(People.SECRET));
        for (Person person : People.ALL.subList(0, 5)) {
            WebClient browser = People.browser(jenkins, person);
            for (String below : List.of("", "api/json", "api/json?depth=3", "anything/")) {
                String hidden = ask(browser, "models/registry/main/secret-model/" + below);
                String never = ask(browser, "models/registry/main/nobody-model/" + below);
                assertThat(hidden).startsWith("404");
                assertThat(plain(hidden.replace("secret-model", "nobody-model")))
                        .isEqualTo(plain(never));
            }
        }
        assertThat(ask(People.browser(jenkins, People.ALL.get(5)), "models/registry/main/secret-model/"))
                .startsWith("200");
    }

    /** Without what differs from request to request: crumbs and addresses of objects. */
    private static String plain(String answer) {
        return answer.replaceAll("data-crumb-value=\"[^\"]*\"", "").replaceAll("@[0-9a-f]+", "@");
    }

    @Test
    void pagesHoldWhatIsVisibleAndTheirCursorsTellNothingElse() throws Exception {
        deliverAll(List.of(People.OPEN, People.TEAM, People.SECRET));
        Person one = People.ALL.get(3);
        WebClient browser = People.browser(jenkins, one);
        List<String> versions = new ArrayList<>();
        List<String> events = new ArrayList<>();
        String cursor = "";
        do {
            var page = new ObjectMapper()
                    .readTree(ask(browser, SHARED + "api/json?depth=1&events=registrations&before=" + cursor)
                            .substring(4));
            page.path("events")
                    .forEach(event -> events.add(event.path("version").asText()));
            cursor = page.path("olderEvents").asText("");
            cursor = cursor.equals("null") ? "" : cursor;
            assertThat(cursor).matches("|[0-9]{13}(\\.[0-9]+)?");
        } while (!cursor.isEmpty());
        do {
            var page = new ObjectMapper()
                    .readTree(ask(browser, SHARED + "api/json?depth=1&versionsBefore=" + cursor)
                            .substring(4));
            page.path("versions")
                    .forEach(version -> versions.add(version.path("version").asText()));
            cursor = page.path("olderVersions").asText("");
            cursor = cursor.equals("null") ? "" : cursor;
        } while (!cursor.isEmpty());
        assertThat(events)
                .hasSize(30)
                .startsWith("open-version-29")
                .endsWith("open-version-0")
                .doesNotHaveDuplicates();
        assertThat(versions).containsExactlyElementsOf(events);
    }
}
