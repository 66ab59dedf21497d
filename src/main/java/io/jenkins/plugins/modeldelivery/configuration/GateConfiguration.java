package io.jenkins.plugins.modeldelivery.configuration;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.Extension;
import hudson.model.AbstractDescribableImpl;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.modeldelivery.configuration.form.CheckLines;
import io.jenkins.plugins.modeldelivery.configuration.form.FormChecks;
import io.jenkins.plugins.modeldelivery.engine.gate.OnMissingBaseline;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.policy.Rules;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A gate, in the words of the policy file. */
public final class GateConfiguration extends AbstractDescribableImpl<GateConfiguration> {
    static final String PASS = name(OnMissingBaseline.PASS);

    private final String name;
    private String baseline = "";
    private String onMissingBaseline = PASS;
    private boolean sameDataset = true;
    private String checks = "";

    @DataBoundConstructor
    public GateConfiguration(String name) {
        this.name = FormChecks.trim(name);
    }

    public String getName() {
        return name;
    }

    /** An alias, a version, or an object with {@code file} or {@code metrics} as JSON; "" for none. */
    public String getBaseline() {
        return baseline;
    }

    @DataBoundSetter
    public void setBaseline(String baseline) {
        this.baseline = FormChecks.text(baseline);
    }

    /** {@code pass}, {@code fail} or {@code inconclusive}. */
    public String getOnMissingBaseline() {
        return onMissingBaseline;
    }

    @DataBoundSetter
    public void setOnMissingBaseline(String onMissingBaseline) {
        this.onMissingBaseline = FormChecks.trim(onMissingBaseline);
    }

    public boolean isSameDataset() {
        return sameDataset;
    }

    @DataBoundSetter
    public void setSameDataset(boolean sameDataset) {
        this.sameDataset = sameDataset;
    }

    /** One a line; {@code #} starts a comment. */
    public String getChecks() {
        return checks;
    }

    @DataBoundSetter
    public void setChecks(String checks) {
        this.checks = FormChecks.text(checks);
    }

    /** Whether the numbers to compare with are in a file. */
    boolean namesFile() {
        return json().path("baseline").has("file");
    }

    /** The gate as it stands under its name in the policy file; defaults are left out. */
    ObjectNode json() {
        ObjectNode json = Json.object();
        if (baseline.startsWith("{")) {
            json.set(
                    "baseline",
                    Json.readUnique(
                            baseline.getBytes(StandardCharsets.UTF_8), ErrorKind.INVALID_INPUT, "The baseline"));
        } else if (!baseline.isEmpty()) {
            json.put("baseline", baseline);
        }
        if (!onMissingBaseline.equals(PASS)) {
            json.put("onMissingBaseline", onMissingBaseline);
        }
        if (!sameDataset) {
            json.put("sameDataset", false);
        }
        ArrayNode lines = json.putArray("checks");
        FormChecks.lines(checks).forEach(lines::add);
        return json;
    }

    /** @throws io.jenkins.plugins.modeldelivery.engine.model.DeliveryException INVALID_INPUT */
    void check() {
        FormChecks.checkName(name);
        ObjectNode document = Json.object();
        document.putObject("gates").set(name, json());
        Rules.parse(document, BaselineFiles.ofController());
    }

    private static String name(OnMissingBaseline meaning) {
        return meaning.name().toLowerCase(Locale.ROOT);
    }

    /** Describes it. */
    @Extension
    public static final class DescriptorImpl extends ConfigurationDescriptor<GateConfiguration> {
        @Override
        public String getDisplayName() {
            return Messages.GateConfiguration_gate();
        }

        @POST
        public FormValidation doCheckBaseline(@QueryParameter String value) {
            return FormChecks.validate(() -> {
                GateConfiguration gate = new GateConfiguration("tried");
                gate.setBaseline(value);
                gate.setChecks("tried >= 0");
                gate.check();
            });
        }

        @POST
        public ListBoxModel doFillOnMissingBaselineItems() {
            ListBoxModel choices = new ListBoxModel();
            if (Jenkins.get().hasPermission(Jenkins.ADMINISTER)) {
                choices.add(Messages.GateConfiguration_theCheckPasses(), name(OnMissingBaseline.PASS));
                choices.add(Messages.GateConfiguration_theCheckFails(), name(OnMissingBaseline.FAIL));
                choices.add(Messages.GateConfiguration_theCheckIsInconclusive(), name(OnMissingBaseline.INCONCLUSIVE));
            }
            return choices;
        }

        @POST
        public FormValidation doCheckChecks(@QueryParameter String value) {
            return CheckLines.validate(FormChecks.text(value));
        }
    }
}
