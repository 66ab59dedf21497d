package io.jenkins.plugins.modeldelivery.steps;

import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.modeldelivery.build.operation.OperationParameters;
import io.jenkins.plugins.modeldelivery.configuration.ItemForms;
import io.jenkins.plugins.modeldelivery.engine.model.Durations;
import java.io.Serializable;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A request to what was deployed, and what must come back. */
public final class SmokeTest extends AbstractDescribableImpl<SmokeTest> implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String request;
    private String expected;
    private String absoluteTolerance;
    private String relativeTolerance;
    private String maxLatency;

    @DataBoundConstructor
    public SmokeTest(String request) {
        this.request = Util.fixNull(request).strip();
    }

    public String getRequest() {
        return request;
    }

    public String getExpected() {
        return expected;
    }

    @DataBoundSetter
    public void setExpected(String expected) {
        this.expected = Util.fixEmptyAndTrim(expected);
    }

    public String getAbsoluteTolerance() {
        return absoluteTolerance;
    }

    @DataBoundSetter
    public void setAbsoluteTolerance(String absoluteTolerance) {
        this.absoluteTolerance = Util.fixEmptyAndTrim(absoluteTolerance);
    }

    public String getRelativeTolerance() {
        return relativeTolerance;
    }

    @DataBoundSetter
    public void setRelativeTolerance(String relativeTolerance) {
        this.relativeTolerance = Util.fixEmptyAndTrim(relativeTolerance);
    }

    public String getMaxLatency() {
        return maxLatency;
    }

    @DataBoundSetter
    public void setMaxLatency(String maxLatency) {
        this.maxLatency = Util.fixEmptyAndTrim(maxLatency);
    }

    OperationParameters parameters(OperationParameters into) {
        return into.put("request", request)
                .put("expected", expected)
                .number("absoluteTolerance", absoluteTolerance)
                .number("relativeTolerance", relativeTolerance)
                .put("maxLatency", maxLatency);
    }

    /** Shows it in forms. */
    @Extension
    @Symbol("smokeTest")
    public static final class DescriptorImpl extends Descriptor<SmokeTest> {
        @Override
        public String getDisplayName() {
            return Messages.SmokeTest_smokeTest();
        }

        @POST
        public FormValidation doCheckRequest(@AncestorInPath Item item, @QueryParameter String value) {
            return StepFormChecks.required(item, value, Messages.SmokeTest_enterTheFileWithThe(), path -> {});
        }

        @POST
        public FormValidation doCheckAbsoluteTolerance(@AncestorInPath Item item, @QueryParameter String value) {
            return tolerance(item, value);
        }

        @POST
        public FormValidation doCheckRelativeTolerance(@AncestorInPath Item item, @QueryParameter String value) {
            return tolerance(item, value);
        }

        private static FormValidation tolerance(Item item, String value) {
            if (ItemForms.of(item).isEmpty() || StepFormChecks.isOpen(value)) {
                return FormValidation.ok();
            }
            try {
                return Double.parseDouble(value) >= 0
                        ? FormValidation.ok()
                        : FormValidation.error(Messages.SmokeTest_enterANumberOfAt());
            } catch (NumberFormatException e) {
                return FormValidation.error(Messages.SmokeTest_notANumberExamples0());
            }
        }

        @POST
        public FormValidation doCheckMaxLatency(@AncestorInPath Item item, @QueryParameter String value) {
            return StepFormChecks.check(item, value, Durations::parse);
        }
    }
}
