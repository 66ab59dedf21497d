package io.jenkins.plugins.modeldelivery.engine.http;

/**
 * Our own certificate for TLS.
 *
 * @param certificates PEM, our certificate first, then its issuers
 * @param key PEM, unencrypted PKCS #8 ("BEGIN PRIVATE KEY"), RSA or EC
 */
public record ClientIdentity(String certificates, String key) {
    @Override
    public String toString() {
        return "ClientIdentity[hidden]";
    }
}
