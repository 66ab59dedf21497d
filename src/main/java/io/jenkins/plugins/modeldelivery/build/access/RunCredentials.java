package io.jenkins.plugins.modeldelivery.build.access;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.IdCredentials;
import com.cloudbees.plugins.credentials.domains.URIRequirementBuilder;
import hudson.model.Run;
import io.jenkins.plugins.modeldelivery.configuration.connection.CredentialSource;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.TextSanitizer;
import java.util.Set;

/**
 * The credentials that a build may use, those of its folders included. Their use is tracked.
 *
 * @param tracked ids of those whose use by this operation was: each look-up would write a file anew
 */
public record RunCredentials(Run<?, ?> run, Set<String> tracked) implements CredentialSource {
    @Override
    public <C extends IdCredentials> C find(String id, Class<C> type, String url) {
        C found = CredentialsProvider.findCredentialById(
                id, type, run, URIRequirementBuilder.fromUri(url).build());
        if (found == null) {
            throw ErrorKind.INVALID_INPUT.error(
                    "There are no credentials " + TextSanitizer.brief(id, 80) + " for " + url + " that "
                            + run.getParent().getFullName()
                            + " may use. Create them in Jenkins or in the job's folder, as secret text, user name with"
                            + " password, or certificate; or choose others under Manage Jenkins, Model Delivery.");
        }
        if (tracked.add(id)) {
            CredentialsProvider.track(run, found);
        }
        return found;
    }
}
