package io.jenkins.plugins.modeldelivery.steps;

import hudson.Extension;
import hudson.Util;
import io.jenkins.plugins.modeldelivery.build.operation.OperationParameters;
import io.jenkins.plugins.modeldelivery.build.operation.OperationType;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** Runs a committed delivery file. */
public final class DeliverModelStep extends DeliveryStep {
    private static final String FILE = "delivery.yaml";

    private String file = FILE;

    @DataBoundConstructor
    public DeliverModelStep() {}

    public String getFile() {
        return file;
    }

    @DataBoundSetter
    public void setFile(String file) {
        this.file = Util.fixNull(Util.fixEmptyAndTrim(file), FILE);
    }

    @Override
    public OperationType type() {
        return OperationType.DELIVER;
    }

    @Override
    void parameters(OperationParameters into) {
        into.put("file", file);
    }

    /** Shows it in forms. */
    @Extension
    @Symbol("deliverModel")
    public static final class DescriptorImpl extends DeliveryStepDescriptor {
        public DescriptorImpl() {
            super(OperationType.DELIVER);
        }

        @Override
        public String getDisplayName() {
            return Messages.DeliverModelStep_deliverAModelAsDescribed();
        }
    }
}
