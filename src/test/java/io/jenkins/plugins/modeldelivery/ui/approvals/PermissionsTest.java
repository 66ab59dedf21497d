package io.jenkins.plugins.modeldelivery.ui.approvals;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Who gets what from every page and request. */
@WithJenkins
class PermissionsTest {
    /** The existence of this job is confidential. */
    private static final int HIDDEN = 404;

    private static final int FORBIDDEN = 403;
    private static final int OK = 200;

    private static final List<String> PEOPLE = List.of(
            "anonymous", "stranger", "reader", "builder", "configurer", "approver", "manager", "administrator", "ann");

    @TempDir
    private Path directory;

    private JenkinsRule jenkins;

    @BeforeEach
    void configure(JenkinsRule rule) {
        jenkins = rule;
        Approving.people(jenkins);
        Approving.policy(directory, 99, "");
    }

    private ApiClient client(String user) {
        return user.equals("anonymous") ? ApiClient.anonymous(jenkins) : ApiClient.of(jenkins, user);
    }

    private static Map<String, Integer> expected(int... statuses) {
        Map<String, Integer> expected = new LinkedHashMap<>();
        for (int i = 0; i < statuses.length; i++) {
            expected.put(PEOPLE.get(i), statuses[i]);
        }
        return expected;
    }

    private Map<String, Integer> gets(String path) throws Exception {
        Map<String, Integer> statuses = new LinkedHashMap<>();
        for (String user : PEOPLE) {
            statuses.put(user, client(user).get(path).status());
        }
        return statuses;
    }

    /** Each on a promotion that still waits. */
    private Map<String, Integer> posts(WorkflowJob job, String deed) throws Exception {
        Map<String, Integer> statuses = new LinkedHashMap<>();
        WorkflowRun run = Approving.waiting(jenkins, job, "ann");
        for (String user : PEOPLE) {
            if (!run.isBuilding()) {
                run = Approving.waiting(jenkins, job, "ann");
            }
            String path = run.getUrl() + "model-delivery/approvals/" + Approving.id(run) + "/" + deed;
            int status = client(user).form(path, "").status();
            statuses.put(user, status);
            if (status == OK && !deed.equals("approve")) {
                jenkins.waitForCompletion(run);
            }
        }
        if (run.isBuilding()) {
            run.doStop();
            jenkins.waitForCompletion(run);
        }
        return statuses;
    }

    @Test
    void pagesAreForThoseWhoMayReadTheJob() throws Exception {
        WorkflowRun run = Approving.waiting(jenkins);
        for (String page : List.of("model-delivery/", "model-delivery/api/json")) {
            assertThat(gets(run.getUrl() + page))
                    .as(page)
                    .isEqualTo(expected(HIDDEN, HIDDEN, OK, OK, OK, OK, OK, OK, OK));
        }
    }

    @Test
    void listsAreForAll() throws Exception {
        for (String page : List.of("model-approvals/", "model-approvals/api/json", "models/", "models/api/json")) {
            assertThat(gets(page)).as(page).isEqualTo(expected(OK, OK, OK, OK, OK, OK, OK, OK, OK));
        }
    }

    @Test
    void approvingRefusingAndOverridingAreForThoseWhoMay() throws Exception {
        WorkflowJob job = Approving.job(jenkins, Approving.SCRIPT);
        assertThat(posts(job, "approve"))
                .as("approve")
                .isEqualTo(expected(FORBIDDEN, HIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN, OK, FORBIDDEN, OK, FORBIDDEN));
        assertThat(posts(job, "refuse"))
                .as("refuse")
                .isEqualTo(expected(FORBIDDEN, HIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN, OK, FORBIDDEN, OK, FORBIDDEN));
        Approving.policy(directory, 1, "group:ml-leads");
        assertThat(posts(job, "override"))
                .as("override")
                .isEqualTo(expected(
                        FORBIDDEN, HIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN, OK, FORBIDDEN));
    }
}
