package io.jenkins.plugins.modeldelivery.configuration;

import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.modeldelivery.configuration.connection.Connection;
import io.jenkins.plugins.modeldelivery.configuration.form.ChangeRequestChoice;
import io.jenkins.plugins.modeldelivery.configuration.form.FormChecks;
import io.jenkins.plugins.modeldelivery.configuration.form.NameLimitLines;
import io.jenkins.plugins.modeldelivery.engine.access.NameLimits;
import io.jenkins.plugins.modeldelivery.engine.access.RegistryRule;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.Sleeper;
import java.time.Clock;
import java.util.function.Function;
import java.util.function.Supplier;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Validates the fields that several parts of the configuration have. */
public abstract class ConfigurationDescriptor<T extends AbstractDescribableImpl<T>> extends Descriptor<T> {
    @POST
    public FormValidation doCheckName(@QueryParameter String value) {
        return FormChecks.validate(() -> FormChecks.checkName(FormChecks.trim(value)));
    }

    @POST
    public FormValidation doCheckItems(@QueryParameter String value) {
        return FormChecks.validate(() -> FormChecks.items(value));
    }

    /** Of a registry: says what the field means, and warns where it limits nothing. */
    @POST
    public FormValidation doCheckModels(@QueryParameter String value) {
        return FormChecks.advise(() -> {
            NameLimits models = NameLimitLines.parse(value);
            String sentence = RegistryRule.sentence(models);
            return models.isEmpty() ? FormChecks.warning(sentence) : FormValidation.ok(sentence);
        });
    }

    @POST
    public ListBoxModel doFillChangeRequestsItems() {
        return ChangeRequestChoice.choices();
    }

    /**
     * Opens a connection, asks what is there, and closes it.
     *
     * @param ask makes a sentence of the answer
     */
    static <S extends AutoCloseable> FormValidation test(Supplier<Connection<S>> connection, Function<S, String> ask) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        try (S opened = connection.get().open(Clock.systemUTC(), Sleeper.REAL)) {
            return FormValidation.ok(ask.apply(opened));
        } catch (DeliveryException e) {
            return FormValidation.error(e.getMessage());
        } catch (Exception e) {
            throw new IllegalStateException("Closing a connection failed", e);
        }
    }
}
