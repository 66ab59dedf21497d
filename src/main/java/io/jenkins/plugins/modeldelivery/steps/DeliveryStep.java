package io.jenkins.plugins.modeldelivery.steps;

import hudson.EnvVars;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.modeldelivery.run.Verb;
import io.jenkins.plugins.modeldelivery.run.VerbParameters;
import io.jenkins.plugins.modeldelivery.run.VerbRequest;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/** A step that asks for one verb. Holds the parameters; everything else is the execution's. */
public abstract class DeliveryStep extends Step {
    abstract Verb verb();

    /** As entered, blanks left out. */
    abstract VerbParameters parameters();

    /** For whoever runs it elsewhere than in a Pipeline. */
    public final VerbRequest request() {
        return new VerbRequest(verb(), parameters().json());
    }

    @Override
    public final StepExecution start(StepContext context) {
        return new DeliveryExecution(context, verb(), parameters().text());
    }

    /** What the five have in common. */
    public abstract static class DeliveryStepDescriptor extends StepDescriptor {
        private final Verb verb;

        DeliveryStepDescriptor(Verb verb) {
            this.verb = verb;
        }

        @Override
        public final String getFunctionName() {
            return verb.step();
        }

        @Override
        public final Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class, EnvVars.class);
        }
    }
}
