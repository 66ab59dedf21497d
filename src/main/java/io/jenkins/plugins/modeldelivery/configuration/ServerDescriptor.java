package io.jenkins.plugins.modeldelivery.configuration;

import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCertificateCredentials;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import com.cloudbees.plugins.credentials.domains.URIRequirementBuilder;
import hudson.model.AbstractDescribableImpl;
import hudson.security.ACL;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.modeldelivery.configuration.form.FormChecks;
import io.jenkins.plugins.modeldelivery.engine.http.HttpSettings;
import io.jenkins.plugins.modeldelivery.engine.http.OkHttpTransport;
import io.jenkins.plugins.modeldelivery.engine.model.Sleeper;
import java.time.Clock;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Validates the fields of what is reached over HTTP. */
public abstract class ServerDescriptor<T extends AbstractDescribableImpl<T>> extends ConfigurationDescriptor<T> {
    @POST
    public FormValidation doCheckUrl(@QueryParameter String value) {
        return FormChecks.validate(() -> FormChecks.checkUrl(FormChecks.trim(value)));
    }

    @POST
    public ListBoxModel doFillCredentialsIdItems(@QueryParameter String credentialsId, @QueryParameter String url) {
        StandardListBoxModel result = new StandardListBoxModel();
        if (!Jenkins.get().hasPermission(Jenkins.ADMINISTER)) {
            return result.includeCurrentValue(credentialsId);
        }
        return result.includeEmptyValue()
                .includeMatchingAs(
                        ACL.SYSTEM2,
                        Jenkins.get(),
                        StandardCredentials.class,
                        URIRequirementBuilder.fromUri(FormChecks.trim(url)).build(),
                        CredentialsMatchers.anyOf(
                                CredentialsMatchers.instanceOf(StringCredentials.class),
                                CredentialsMatchers.instanceOf(StandardUsernamePasswordCredentials.class),
                                CredentialsMatchers.instanceOf(StandardCertificateCredentials.class)))
                .includeCurrentValue(credentialsId);
    }

    @POST
    public FormValidation doCheckCredentialsId(@QueryParameter String value, @QueryParameter String url) {
        if (!Jenkins.get().hasPermission(Jenkins.ADMINISTER)
                || FormChecks.trim(value).isEmpty()) {
            return FormValidation.ok();
        }
        boolean missing = CredentialsProvider.listCredentialsInItemGroup(
                        StandardCredentials.class,
                        Jenkins.get(),
                        ACL.SYSTEM2,
                        URIRequirementBuilder.fromUri(FormChecks.trim(url)).build(),
                        CredentialsMatchers.withId(value))
                .isEmpty();
        return missing
                ? FormChecks.warning(Messages.ServerDescriptor_theJenkinsCredentialsStoreHas())
                : FormValidation.ok();
    }

    @POST
    public FormValidation doCheckCertificateAuthority(@QueryParameter String value) {
        return FormChecks.validate(() -> checkAuthority(FormChecks.text(value)));
    }

    /** By making a client with it, which reads the certificates. */
    static void checkAuthority(String pem) {
        if (!pem.isEmpty()) {
            new OkHttpTransport(HttpSettings.DEFAULTS.withAuthority(pem), Clock.systemUTC(), Sleeper.REAL).close();
        }
    }
}
