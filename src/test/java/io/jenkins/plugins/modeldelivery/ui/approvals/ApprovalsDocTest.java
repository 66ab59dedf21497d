package io.jenkins.plugins.modeldelivery.ui.approvals;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The examples of docs/approvals.md, sent as they stand there. */
@WithJenkins
class ApprovalsDocTest {
    private static final Pattern EXAMPLE = Pattern.compile("```sh\n(curl .*)\n```");
    private static final Pattern WORD = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"|(\\S+)");

    @TempDir
    private Path directory;

    private JenkinsRule jenkins;
    private ApiClient ben;
    private String page;
    private final Map<String, String> variables = new HashMap<>();

    @BeforeEach
    void configure(JenkinsRule rule) throws Exception {
        jenkins = rule;
        Approving.people(jenkins);
        Approving.policy(directory, 1, "group:ml-leads");
        ben = ApiClient.of(jenkins, "ben");
        page = Files.readString(Path.of(System.getProperty("project.root"), "docs", "approvals.md"));
        variables.put("JENKINS_URL", "");
    }

    private String example(String part) {
        return EXAMPLE.matcher(page)
                .results()
                .map(found -> found.group(1))
                .filter(line -> line.contains(part))
                .findFirst()
                .orElseThrow();
    }

    /** What curl would do with the few options that the page uses. */
    private ApiClient.Answer send(String command) throws Exception {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(command);
        while (matcher.find()) {
            words.add(
                    matcher.group(1) == null
                            ? matcher.group(2)
                            : matcher.group(1).replace("\\\"", "\""));
        }
        assertThat(words.subList(0, 4)).containsExactly("curl", "-sS", "-u", "$LOGIN:$TOKEN");
        String url = words.get(words.size() - 1);
        for (Map.Entry<String, String> variable : variables.entrySet()) {
            url = url.replace("$" + variable.getKey(), variable.getValue());
        }
        assertThat(url).doesNotContain("$");
        String path = url.replaceFirst("^/", "");
        List<String> options = words.subList(4, words.size() - 1);
        if (options.isEmpty()) {
            return ben.get(path);
        }
        if (options.get(0).equals("--data-urlencode")) {
            assertThat(options).hasSize(2);
            return ben.form(path, options.get(1).replace(" ", "%20"));
        }
        assertThat(options).hasSize(4).startsWith("-H", "Content-Type: application/json", "--data");
        return ben.post(path, "application/json", options.get(3));
    }

    private WorkflowRun waiting() throws Exception {
        WorkflowRun run = Approving.waiting(jenkins);
        variables.put("BUILD_URL", run.getUrl().replaceFirst("/$", ""));
        return run;
    }

    @Test
    void theListTheBuildAndAnApprovalAreAsThePageSays() throws Exception {
        WorkflowRun run = waiting();
        assertThat(send(example("model-approvals")).json().path("waiting")).hasSize(1);
        variables.put(
                "ID",
                send(example("/model-delivery/api/json"))
                        .json()
                        .path("waiting")
                        .path(0)
                        .path("id")
                        .asText());
        ApiClient.Answer answer = send(example("/approve"));
        assertThat(page).contains(answer.text());
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        assertThat(Approving.details("approved").path("comment").asText()).isEqualTo("looks good");
    }

    @Test
    void aRefusalIsAsThePageSays() throws Exception {
        WorkflowRun run = waiting();
        variables.put("ID", Approving.id(run));
        assertThat(send(example("/refuse")).status()).isEqualTo(200);
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
        assertThat(Approving.details("approval-refused").path("comment").asText())
                .isEqualTo("not on a Friday");
    }

    @Test
    void thePageNamesTheLongestComment() {
        assertThat(page).contains(String.format(Locale.ROOT, "%,d characters", ApprovalComment.LONGEST));
    }
}
