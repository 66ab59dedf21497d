package io.jenkins.plugins.modeldelivery.steps;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import java.nio.file.Path;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What a Pipeline has at hand for a message to people. */
@WithJenkins
class ChatVariablesTest {
    private static final String SAY = "echo \"say: ${env.MODEL_DELIVERY_SUMMARY} ${env.MODEL_DELIVERY_URL}\"\n";

    @TempDir
    private Path directory;

    private JenkinsRule jenkins;

    @BeforeEach
    void configure(JenkinsRule rule) {
        jenkins = rule;
        Delivery.configure(directory);
    }

    @Test
    void theLineGrowsWithEachStepAndTheLinkLeadsToThePage() throws Exception {
        WorkflowRun run = Pipelines.run(jenkins, Result.SUCCESS, """
                node {
                    %s
                    registerModel name: 'churn', path: 'model', metricValues: [auc: 0.91]
                    %s
                    gateOnMetrics checks: 'auc >= 0.9'
                    %s
                    sh 'echo "shell: $MODEL_DELIVERY_SUMMARY"'
                }
                """.formatted(Pipelines.MODEL, SAY, SAY));
        String page = jenkins.getURL() + run.getUrl() + "model-delivery/";
        jenkins.assertLogContains("say: churn/1 registered " + page, run);
        jenkins.assertLogContains("say: churn/1 registered · churn/1 PASSED " + page, run);
        jenkins.assertLogContains("shell: churn/1 registered · churn/1 PASSED", run);
        assertThat(jenkins.createWebClient().goTo(run.getUrl() + "model-delivery/"))
                .isNotNull();
    }

    @Test
    void whatWasRefusedIsThereForAMessageOfTheFailure() throws Exception {
        WorkflowRun run = Pipelines.run(jenkins, Result.FAILURE, """
                pipeline {
                    agent any
                    stages {
                        stage('Deliver') {
                            steps {
                                %s
                                registerModel name: 'churn', path: 'model', metricValues: [auc: 0.91]
                                gateOnMetrics checks: 'auc >= 0.95'
                            }
                        }
                    }
                    post { failure { %s } }
                }
                """.formatted(Pipelines.MODEL, SAY));
        jenkins.assertLogContains("say: churn/1 registered · churn/1 FAILED http", run);
    }

    @Test
    void aBuildThatDeliversNothingHasNone() throws Exception {
        WorkflowRun run = Pipelines.run(jenkins, Result.SUCCESS, SAY);
        jenkins.assertLogContains("say: null null", run);
    }
}
