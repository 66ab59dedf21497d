package io.jenkins.plugins.modeldelivery.ui.approvals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.Item;
import hudson.model.Run;
import io.jenkins.plugins.modeldelivery.build.access.ModelDeliveryPermissions;
import io.jenkins.plugins.modeldelivery.build.approval.PendingApprovals;
import io.jenkins.plugins.modeldelivery.build.runtime.DeliveryRuntime;
import io.jenkins.plugins.modeldelivery.configuration.DirectoryRegistryConfiguration;
import io.jenkins.plugins.modeldelivery.configuration.JsonRules;
import io.jenkins.plugins.modeldelivery.configuration.ModelDeliveryConfiguration;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.record.EventType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/**
 * A controller with people, a registry and a policy. The password of each user is the name of the user; ben and carl are in the group
 * ml-leads.
 */
public final class Approving {
    /** Registers a new version in each build and asks for its promotion, without an executor. */
    public static final String SCRIPT = """
            node {
                writeFile file: 'weights', text: "w${env.BUILD_NUMBER}"
                registerModel name: 'churn', path: 'weights'
            }
            promoteModel to: 'champion'
            """;

    private Approving() {}

    public static void people(JenkinsRule jenkins) {
        JenkinsRule.DummySecurityRealm realm = jenkins.createDummySecurityRealm();
        realm.addGroups("ben", "ml-leads");
        realm.addGroups("carl", "ml-leads");
        jenkins.jenkins.setSecurityRealm(realm);
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ)
                .everywhere()
                .to("anonymous", "stranger")
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("reader", "ben", "carl")
                .grant(Jenkins.READ, Item.READ, Item.BUILD)
                .everywhere()
                .to("builder")
                .grant(Jenkins.READ, Item.READ, Item.BUILD, ModelDeliveryPermissions.PROMOTE)
                .everywhere()
                .to("ann")
                .grant(Jenkins.READ, Item.READ, Item.BUILD, Item.CONFIGURE)
                .everywhere()
                .to("configurer")
                .grant(Jenkins.READ, Item.READ, ModelDeliveryPermissions.APPROVE)
                .everywhere()
                .to("approver")
                .grant(Jenkins.READ, Item.READ, Jenkins.MANAGE, Jenkins.SYSTEM_READ)
                .everywhere()
                .to("manager")
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("administrator"));
    }

    /** @param approvers users or groups, one a line; blank for every user with the permission */
    public static void policy(Path directory, int count, String approvers) {
        ModelDeliveryConfiguration configuration = ModelDeliveryConfiguration.get();
        configuration.setRegistries(List.of(new DirectoryRegistryConfiguration(
                "main", directory.resolve("registry").toString())));
        ObjectNode policies = Json.object();
        ObjectNode rule =
                policies.putObject("production").put("alias", "champion").putObject("approvals");
        rule.put("count", count).put("notRequester", true);
        approvers.lines().forEach(rule.putArray("from")::add);
        configuration.setPolicies(JsonRules.policies(policies));
    }

    /** @param document with gates and policies, as the policy file has them */
    public static void rules(String document) {
        JsonNode rules = Json.read(document.getBytes(StandardCharsets.UTF_8), ErrorKind.INVALID_INPUT, "The rules");
        ModelDeliveryConfiguration configuration = ModelDeliveryConfiguration.get();
        configuration.setGates(JsonRules.gates(rules.path("gates")));
        configuration.setPolicies(JsonRules.policies(rules.path("policies")));
    }

    public static WorkflowJob job(JenkinsRule jenkins, String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }

    /** Started by a user; returns when its promotion waits. */
    public static WorkflowRun waiting(JenkinsRule jenkins, WorkflowJob job, String user) throws Exception {
        WorkflowRun run = job.scheduleBuild2(0, new CauseAction(new Cause.UserIdCause(user)))
                .waitForStart();
        jenkins.waitForMessage("waiting      for approval of churn/", run);
        return run;
    }

    public static WorkflowRun waiting(JenkinsRule jenkins) throws Exception {
        return waiting(jenkins, job(jenkins, SCRIPT), "ann");
    }

    /** Of the only promotion of the build that waits. */
    public static String id(Run<?, ?> run) {
        return PendingApprovals.get().of(run).get(0).id();
    }

    /** The types of the model's events, oldest first. */
    public static List<String> events() {
        return DeliveryRuntime.records().events("main", "churn").stream()
                .filter(event -> event.draft().type() != EventType.POLICY_RECORDED)
                .map(event -> event.draft().type().text())
                .toList();
    }

    /** Of the newest event of a type. */
    public static ObjectNode details(String type) {
        return DeliveryRuntime.records().events("main", "churn").stream()
                .filter(event -> event.draft().type().text().equals(type))
                .reduce((first, second) -> second)
                .orElseThrow()
                .draft()
                .details();
    }
}
