package io.jenkins.plugins.modeldelivery.steps;

import hudson.EnvVars;
import hudson.ExtensionList;
import hudson.model.Item;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.ComboBoxModel;
import hudson.util.FormValidation;
import io.jenkins.plugins.modeldelivery.build.operation.OperationParameters;
import io.jenkins.plugins.modeldelivery.build.operation.OperationRequest;
import io.jenkins.plugins.modeldelivery.build.operation.OperationType;
import io.jenkins.plugins.modeldelivery.configuration.ItemForms;
import io.jenkins.plugins.modeldelivery.engine.model.Durations;
import io.jenkins.plugins.modeldelivery.engine.model.ModelRef;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A step that asks for one operation. Holds the parameters; everything else is the execution's. */
public abstract class DeliveryStep extends Step {
    public abstract OperationType type();

    /** As entered, blanks left out. */
    abstract void parameters(OperationParameters into);

    /**
     * For anybody who runs it elsewhere than in a Pipeline.
     *
     * @param expand what a text means there
     */
    public final OperationRequest request(UnaryOperator<String> expand) {
        OperationParameters parameters = new OperationParameters(expand);
        parameters(parameters);
        return new OperationRequest(type(), parameters.json());
    }

    @Override
    public final StepExecution start(StepContext context) {
        return new DeliveryExecution(
                context, type(), request(UnaryOperator.identity()).text());
    }

    /** What the five have in common. */
    public abstract static class DeliveryStepDescriptor extends StepDescriptor {
        private final OperationType type;

        DeliveryStepDescriptor(OperationType type) {
            this.type = type;
        }

        /** Those of all steps, in the order of a delivery. */
        public static List<DeliveryStepDescriptor> inOrder() {
            return ExtensionList.lookup(DeliveryStepDescriptor.class).stream()
                    .sorted(Comparator.comparing(descriptor -> descriptor.type))
                    .toList();
        }

        @Override
        public final String getFunctionName() {
            return type.step();
        }

        @Override
        public final Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class, EnvVars.class);
        }

        /** For a form's text area: one {@code name=value} a line. */
        public final String lines(Map<String, ?> values) {
            return KeyValueLines.text(values);
        }

        @POST
        public ComboBoxModel doFillRegistryItems(@AncestorInPath Item item) {
            return StepFormChecks.names(item, ItemForms::registries);
        }

        @POST
        public FormValidation doCheckRegistry(@AncestorInPath Item item, @QueryParameter String value) {
            return StepFormChecks.named(item, value, "registry", ItemForms::registries);
        }

        @POST
        public FormValidation doCheckModel(@AncestorInPath Item item, @QueryParameter String value) {
            return StepFormChecks.check(item, value, ModelRef::parse);
        }

        @POST
        public FormValidation doCheckTimeout(@AncestorInPath Item item, @QueryParameter String value) {
            return StepFormChecks.check(item, value, Durations::parse);
        }
    }
}
