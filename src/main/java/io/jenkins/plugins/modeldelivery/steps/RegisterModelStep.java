package io.jenkins.plugins.modeldelivery.steps;

import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.modeldelivery.build.operation.OperationParameters;
import io.jenkins.plugins.modeldelivery.build.operation.OperationType;
import io.jenkins.plugins.modeldelivery.configuration.ItemForms;
import io.jenkins.plugins.modeldelivery.engine.registry.RegistryNames;
import java.util.Map;
import java.util.stream.Stream;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** Puts a model into a registry as a new version. */
public final class RegisterModelStep extends RegistryStep {
    private final String name;
    private String path;
    private String runId;
    private String artifactPath;
    private String modelId;
    private String source;
    private String metrics;
    private Map<String, Object> metricValues;
    private String dataset;
    private Map<String, String> parameters;
    private Map<String, String> tags;
    private String description;
    private String alias;
    private String timeout;

    @DataBoundConstructor
    public RegisterModelStep(String name) {
        this.name = Util.fixNull(name).strip();
    }

    public String getName() {
        return name;
    }

    public String getPath() {
        return path;
    }

    @DataBoundSetter
    public void setPath(String path) {
        this.path = Util.fixEmptyAndTrim(path);
    }

    public String getRunId() {
        return runId;
    }

    @DataBoundSetter
    public void setRunId(String runId) {
        this.runId = Util.fixEmptyAndTrim(runId);
    }

    public String getArtifactPath() {
        return artifactPath;
    }

    @DataBoundSetter
    public void setArtifactPath(String artifactPath) {
        this.artifactPath = Util.fixEmptyAndTrim(artifactPath);
    }

    public String getModelId() {
        return modelId;
    }

    @DataBoundSetter
    public void setModelId(String modelId) {
        this.modelId = Util.fixEmptyAndTrim(modelId);
    }

    public String getSource() {
        return source;
    }

    @DataBoundSetter
    public void setSource(String source) {
        this.source = Util.fixEmptyAndTrim(source);
    }

    public String getMetrics() {
        return metrics;
    }

    @DataBoundSetter
    public void setMetrics(String metrics) {
        this.metrics = Util.fixEmptyAndTrim(metrics);
    }

    public Map<String, Object> getMetricValues() {
        return metricValues;
    }

    @DataBoundSetter
    public void setMetricValues(Map<String, Object> metricValues) {
        this.metricValues = KeyValueLines.doubles(metricValues);
    }

    public String getDataset() {
        return dataset;
    }

    @DataBoundSetter
    public void setDataset(String dataset) {
        this.dataset = Util.fixEmptyAndTrim(dataset);
    }

    public Map<String, String> getParameters() {
        return parameters;
    }

    @DataBoundSetter
    public void setParameters(Map<String, String> parameters) {
        this.parameters = KeyValueLines.copy(parameters);
    }

    public Map<String, String> getTags() {
        return tags;
    }

    @DataBoundSetter
    public void setTags(Map<String, String> tags) {
        this.tags = KeyValueLines.copy(tags);
    }

    public String getDescription() {
        return description;
    }

    @DataBoundSetter
    public void setDescription(String description) {
        this.description = Util.fixEmptyAndTrim(description);
    }

    public String getAlias() {
        return alias;
    }

    @DataBoundSetter
    public void setAlias(String alias) {
        this.alias = Util.fixEmptyAndTrim(alias);
    }

    public String getTimeout() {
        return timeout;
    }

    @DataBoundSetter
    public void setTimeout(String timeout) {
        this.timeout = Util.fixEmptyAndTrim(timeout);
    }

    @Override
    public OperationType type() {
        return OperationType.REGISTER;
    }

    @Override
    void parameters(OperationParameters into) {
        into.put("name", name)
                .put("registry", getRegistry())
                .put("path", path)
                .put("runId", runId)
                .put("artifactPath", artifactPath)
                .put("modelId", modelId)
                .put("source", source)
                .put("metrics", metrics)
                .numbers("metricValues", metricValues)
                .put("dataset", dataset)
                .texts("parameters", parameters)
                .texts("tags", tags)
                .put("description", description)
                .put("alias", alias)
                .put("timeout", timeout);
    }

    /** Shows it in forms. */
    @Extension
    @Symbol("registerModel")
    public static final class DescriptorImpl extends DeliveryStepDescriptor {
        public DescriptorImpl() {
            super(OperationType.REGISTER);
        }

        @Override
        public String getDisplayName() {
            return Messages.RegisterModelStep_registerAModelVersion();
        }

        @POST
        public FormValidation doCheckName(@AncestorInPath Item item, @QueryParameter String value) {
            return StepFormChecks.required(
                    item, value, Messages.RegisterModelStep_enterTheNameOfThe(), RegistryNames::checkModel);
        }

        /** Says it at the first of the four fields only. */
        @POST
        public FormValidation doCheckPath(
                @AncestorInPath Item item,
                @QueryParameter String value,
                @QueryParameter String runId,
                @QueryParameter String modelId,
                @QueryParameter String source) {
            long sources = Stream.of(value, runId, modelId, source)
                    .filter(text -> !text.isBlank())
                    .count();
            return ItemForms.of(item).isEmpty() || sources == 1
                    ? FormValidation.ok()
                    : FormValidation.error(
                            sources == 0
                                    ? Messages.RegisterModelStep_enterAPathRunModel()
                                    : Messages.RegisterModelStep_enterOnlyOneOfPath());
        }

        @POST
        public FormValidation doCheckArtifactPath(
                @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String runId) {
            return ItemForms.of(item).isEmpty() || value.isBlank() || !runId.isBlank()
                    ? FormValidation.ok()
                    : FormValidation.error(Messages.RegisterModelStep_thisIsAPathIn());
        }

        @POST
        public FormValidation doCheckMetricValues(@AncestorInPath Item item, @QueryParameter String value) {
            return StepFormChecks.lines(item, value, true);
        }

        @POST
        public FormValidation doCheckParameters(@AncestorInPath Item item, @QueryParameter String value) {
            return StepFormChecks.lines(item, value, false);
        }

        @POST
        public FormValidation doCheckTags(@AncestorInPath Item item, @QueryParameter String value) {
            return StepFormChecks.lines(item, value, false);
        }

        @POST
        public FormValidation doCheckAlias(@AncestorInPath Item item, @QueryParameter String value) {
            return StepFormChecks.check(item, value, RegistryNames::checkAlias);
        }

        @Override
        public RegisterModelStep newInstance(StaplerRequest2 req, JSONObject form) throws FormException {
            JSONObject rest = JSONObject.fromObject(form);
            Map<String, String> metricValues = KeyValueLines.take(rest, "metricValues");
            Map<String, String> parameters = KeyValueLines.take(rest, "parameters");
            Map<String, String> tags = KeyValueLines.take(rest, "tags");
            RegisterModelStep step = (RegisterModelStep) super.newInstance(req, rest);
            step.setMetricValues(KeyValueLines.numbers(metricValues));
            step.setParameters(KeyValueLines.copy(parameters));
            step.setTags(KeyValueLines.copy(tags));
            return step;
        }
    }
}
