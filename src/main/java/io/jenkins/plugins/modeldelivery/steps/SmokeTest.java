package io.jenkins.plugins.modeldelivery.steps;

import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import io.jenkins.plugins.modeldelivery.run.VerbParameters;
import java.io.Serializable;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

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

    VerbParameters parameters() {
        return new VerbParameters()
                .put("request", request)
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
            return "Smoke test";
        }
    }
}
