package io.jenkins.plugins.modeldelivery.build.operation;

import com.cloudbees.hudson.plugins.folder.Folder;
import io.jenkins.plugins.modeldelivery.configuration.MlflowRegistryConfiguration;
import java.io.StringWriter;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;

/** Pipelines, and what they need. */
final class Jobs {
    /** Asks a registry, and changes nothing. */
    static final String ASK = "promoteModel model: 'churn/1', to: 'champion', dryRun: true";

    private Jobs() {}

    static WorkflowJob in(Folder folder, String script) throws Exception {
        return with(folder.createProject(WorkflowJob.class, "job"), script);
    }

    static WorkflowJob with(WorkflowJob job, String script) throws Exception {
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }

    static MlflowRegistryConfiguration mlflow(String name, String url, String credentialsId) {
        MlflowRegistryConfiguration registry = new MlflowRegistryConfiguration(name, url);
        registry.setCredentialsId(credentialsId);
        return registry;
    }

    /** The log as a browser gets it. */
    static String html(WorkflowRun run) throws Exception {
        StringWriter page = new StringWriter();
        run.getLogText().writeHtmlTo(0, page);
        return page.toString();
    }
}
