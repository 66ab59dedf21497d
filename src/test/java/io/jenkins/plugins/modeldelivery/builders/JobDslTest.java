package io.jenkins.plugins.modeldelivery.builders;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleProject;
import io.jenkins.plugins.modeldelivery.steps.DeployModelStep;
import io.jenkins.plugins.modeldelivery.steps.GateOnMetricsStep;
import io.jenkins.plugins.modeldelivery.steps.RegisterModelStep;
import javaposse.jobdsl.plugin.ExecuteDslScripts;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A seed job makes jobs with the builders, by their symbols. */
@WithJenkins
class JobDslTest {
    @Test
    void aSeedJobMakesAJobWithAllBuilders(JenkinsRule j) throws Exception {
        FreeStyleProject seed = j.createFreeStyleProject();
        ExecuteDslScripts scripts = new ExecuteDslScripts();
        scripts.setUseScriptText(true);
        scripts.setScriptText("""
                freeStyleJob('churn') {
                    steps {
                        registerModelBuilder {
                            step {
                                name('churn')
                                path('model')
                                metrics('metrics.json')
                            }
                        }
                        gateOnMetricsBuilder {
                            step {
                                checks('auc >= 0.9')
                                onFailure('unstable')
                            }
                        }
                        promoteModelBuilder { step { to('challenger') } }
                        deployModelBuilder { step { target('staging') } }
                        deliverModelBuilder { step { file('other.yaml') } }
                    }
                    publishers {
                        promoteModelPublisher { step { to('champion') } }
                        deployModelPublisher {
                            step {
                                target('edge')
                                smokeTest { request('request.json') }
                            }
                            evenIfUnstable(true)
                        }
                    }
                }
                """);
        seed.getBuildersList().add(scripts);
        j.buildAndAssertSuccess(seed);

        FreeStyleProject job = j.jenkins.getItemByFullName("churn", FreeStyleProject.class);
        RegisterModelStep register =
                job.getBuildersList().get(RegisterModelBuilder.class).getStep();
        assertThat(register.getName()).isEqualTo("churn");
        assertThat(register.getMetrics()).isEqualTo("metrics.json");
        GateOnMetricsStep gate =
                job.getBuildersList().get(GateOnMetricsBuilder.class).getStep();
        assertThat(gate.getOnFailure()).isEqualTo("unstable");
        assertThat(job.getBuildersList()
                        .get(PromoteModelBuilder.class)
                        .getStep()
                        .getTo())
                .isEqualTo("challenger");
        assertThat(job.getBuildersList().get(DeployModelBuilder.class).getStep().getTarget())
                .isEqualTo("staging");
        assertThat(job.getBuildersList()
                        .get(DeliverModelBuilder.class)
                        .getStep()
                        .getFile())
                .isEqualTo("other.yaml");
        assertThat(job.getPublishersList()
                        .get(PromoteModelPublisher.class)
                        .getStep()
                        .getTo())
                .isEqualTo("champion");
        DeployModelPublisher publisher = job.getPublishersList().get(DeployModelPublisher.class);
        DeployModelStep deploy = publisher.getStep();
        assertThat(deploy.getSmokeTest().getRequest()).isEqualTo("request.json");
        assertThat(deploy.isRollback()).isTrue();
        assertThat(publisher.isEvenIfUnstable()).isTrue();
    }
}
