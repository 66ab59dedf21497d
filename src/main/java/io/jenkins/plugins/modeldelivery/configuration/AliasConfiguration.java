package io.jenkins.plugins.modeldelivery.configuration;

import hudson.Extension;
import hudson.model.AbstractDescribableImpl;
import hudson.util.FormValidation;
import io.jenkins.plugins.modeldelivery.configuration.form.FormChecks;
import io.jenkins.plugins.modeldelivery.engine.access.ItemPatterns;
import java.util.Locale;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Which items may move the aliases that match a pattern. */
public final class AliasConfiguration extends AbstractDescribableImpl<AliasConfiguration> {
    private final String alias;
    private String items = "";

    @DataBoundConstructor
    public AliasConfiguration(String alias) {
        this.alias = FormChecks.trim(alias);
    }

    /** {@code *} stands for any characters. */
    public String getAlias() {
        return alias;
    }

    /** Patterns of the items' full names, one a line; {@code *} within a folder, {@code **} across. */
    public String getItems() {
        return items;
    }

    @DataBoundSetter
    public void setItems(String items) {
        this.items = FormChecks.text(items);
    }

    /** Whether an item may move an alias, as far as this limit is about the alias. */
    boolean admits(String moved, String item) {
        return !concerns(moved) || FormChecks.items(items).admits(item);
    }

    /** Upper and lower case are one, as they are to some registries. */
    private boolean concerns(String moved) {
        return ItemPatterns.regex(alias.toLowerCase(Locale.ROOT), ".*")
                .matcher(moved.toLowerCase(Locale.ROOT))
                .matches();
    }

    /** @throws io.jenkins.plugins.modeldelivery.engine.model.DeliveryException INVALID_INPUT */
    void check() {
        checkAlias(alias);
        checkItems(items);
    }

    private static void checkAlias(String alias) {
        if (!alias.matches("[A-Za-z0-9_*-]+")) {
            throw FormChecks.invalid(Messages.AliasConfiguration_enterAnAliasOfLetters());
        }
    }

    private static void checkItems(String items) {
        if (FormChecks.items(items).patterns().isEmpty()) {
            throw FormChecks.invalid(Messages.AliasConfiguration_enterTheItemsThatMay());
        }
    }

    /** Describes it. */
    @Extension
    public static final class DescriptorImpl extends ConfigurationDescriptor<AliasConfiguration> {
        @Override
        public String getDisplayName() {
            return Messages.AliasConfiguration_aliasRestriction();
        }

        @POST
        public FormValidation doCheckAlias(@QueryParameter String value) {
            return FormChecks.validate(() -> checkAlias(FormChecks.trim(value)));
        }

        @POST
        @Override
        public FormValidation doCheckItems(@QueryParameter String value) {
            return FormChecks.validate(() -> checkItems(value));
        }
    }
}
