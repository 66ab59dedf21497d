package io.jenkins.plugins.modeldelivery.configuration.connection;

import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.IdCredentials;
import com.cloudbees.plugins.credentials.domains.URIRequirementBuilder;
import hudson.security.ACL;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.TextSanitizer;
import jenkins.model.Jenkins;

/** The credentials of Jenkins itself, for what administrators try out. */
public final class SystemCredentials implements CredentialSource {
    @Override
    public <C extends IdCredentials> C find(String id, Class<C> type, String url) {
        C found = CredentialsMatchers.firstOrNull(
                CredentialsProvider.lookupCredentialsInItemGroup(
                        type,
                        Jenkins.get(),
                        ACL.SYSTEM2,
                        URIRequirementBuilder.fromUri(url).build()),
                CredentialsMatchers.withId(id));
        if (found == null) {
            throw ErrorKind.INVALID_INPUT.error("There are no credentials \"" + TextSanitizer.brief(id, 60)
                    + "\" in Jenkins' own store that fit. Credentials of a folder are found by its builds"
                    + " alone.");
        }
        return found;
    }
}
