package io.jenkins.plugins.modeldelivery.configuration.connection;

import com.cloudbees.plugins.credentials.common.IdCredentials;

/** Where credentials are looked up: those of a build, or those of Jenkins itself. */
public interface CredentialSource {
    /**
     * @param url of the server that they are for
     * @return never null
     * @throws io.jenkins.plugins.modeldelivery.engine.model.DeliveryException INVALID_INPUT that names the id and says what
     *     to do, if there are none of this id and type
     */
    <C extends IdCredentials> C find(String id, Class<C> type, String url);
}
