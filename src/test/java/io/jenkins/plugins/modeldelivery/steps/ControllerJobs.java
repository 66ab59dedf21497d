package io.jenkins.plugins.modeldelivery.steps;

import hudson.model.Result;
import io.jenkins.plugins.modeldelivery.configuration.DirectoryRegistryConfiguration;
import io.jenkins.plugins.modeldelivery.configuration.DirectoryTargetConfiguration;
import io.jenkins.plugins.modeldelivery.configuration.MlflowRegistryConfiguration;
import io.jenkins.plugins.modeldelivery.configuration.ModelDeliveryConfiguration;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jvnet.hudson.test.JenkinsRule;

/** What tests have done inside a controller that is a process of its own. Public, since other class loaders call it. */
public final class ControllerJobs {
    private ControllerJobs() {}

    /** @param mlflow URL of the registry; empty: a directory is the registry */
    public static void configure(JenkinsRule rule, String directory, String mlflow) throws Exception {
        rule.jenkins.setNumExecutors(40);
        ModelDeliveryConfiguration configuration = ModelDeliveryConfiguration.get();
        configuration.setRegistries(List.of(
                mlflow.isEmpty()
                        ? new DirectoryRegistryConfiguration(
                                "main", Path.of(directory, "registry").toString())
                        : new MlflowRegistryConfiguration("main", mlflow)));
        DirectoryTargetConfiguration silent = new DirectoryTargetConfiguration(
                "silent", Path.of(directory, "silent").toString());
        silent.setServer("http://127.0.0.1:1/");
        configuration.setTargets(List.of(
                new DirectoryTargetConfiguration(
                        "edge", Path.of(directory, "served").toString()),
                silent));
        Delivery.guard();
    }

    public static void begin(JenkinsRule rule, TreeMap<String, String> scripts) throws Exception {
        for (String name : scripts.keySet()) {
            WorkflowJob job = rule.createProject(WorkflowJob.class, name);
            job.setDefinition(new CpsFlowDefinition(scripts.get(name), true));
            job.scheduleBuild2(0).waitForStart();
        }
    }

    /** Approves all waiting promotions. */
    public static void approve(JenkinsRule rule) {
        Delivery.approve();
    }

    /** Result by job; what is still running has "RUNNING". */
    public static TreeMap<String, String> results(JenkinsRule rule) {
        TreeMap<String, String> results = new TreeMap<>();
        for (WorkflowJob job : Jenkins.get().getAllItems(WorkflowJob.class)) {
            WorkflowRun run = job.getLastBuild();
            Result result = run == null || run.isBuilding() ? null : run.getResult();
            results.put(job.getName(), result == null ? "RUNNING" : result.toString());
        }
        return results;
    }

    /**
     * Whether nothing runs but these: a kill in the moment in which a {@code node} block ends is more than Pipeline itself
     * survives.
     */
    public static Boolean othersEnded(JenkinsRule rule, TreeMap<String, String> scripts) {
        return results(rule).entrySet().stream()
                .allMatch(each ->
                        scripts.containsKey(each.getKey()) || !each.getValue().equals("RUNNING"));
    }

    public static String log(JenkinsRule rule, String job) throws Exception {
        return JenkinsRule.getLog(
                Jenkins.get().getItemByFullName(job, WorkflowJob.class).getLastBuild());
    }
}
