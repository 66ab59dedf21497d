package io.jenkins.plugins.modeldelivery.steps;

import hudson.model.Result;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.cps.CpsFlowExecution;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.graph.StepNode;
import org.jenkinsci.plugins.workflow.graphanalysis.DepthFirstScanner;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jvnet.hudson.test.JenkinsRule;

/** Runs scripts as Pipelines. */
final class Pipelines {
    /** In a node; makes a model and registers nothing. */
    static final String MODEL = "writeFile file: 'model/weights', text: 'weights'\n";

    private Pipelines() {}

    static WorkflowJob job(JenkinsRule rule, String name, String script) throws Exception {
        WorkflowJob job = rule.createProject(WorkflowJob.class, name);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }

    static WorkflowRun run(JenkinsRule rule, Result expected, String script) throws Exception {
        WorkflowJob job = rule.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return rule.buildAndAssertStatus(expected, job);
    }

    static WorkflowRun start(JenkinsRule rule, String name, String script) throws Exception {
        return job(rule, name, script).scheduleBuild2(0).waitForStart();
    }

    /** The nodes of a build's steps of one kind. */
    static List<FlowNode> nodes(WorkflowRun run, String step) {
        return new DepthFirstScanner()
                .allNodes(run.getExecution()).stream()
                        .filter(node -> node instanceof StepNode its
                                && its.getDescriptor().getFunctionName().equals(step))
                        .toList();
    }

    /** The log of a build, and what its steps say that they do. */
    static String told(WorkflowRun run) throws Exception {
        String steps = run.getExecution() instanceof CpsFlowExecution execution
                ? execution.getThreadDump().toString()
                : "";
        return JenkinsRule.getLog(run) + "\n" + steps;
    }
}
