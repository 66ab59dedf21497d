package io.jenkins.plugins.modeldelivery.configuration.connection;

import com.cloudbees.plugins.credentials.common.StandardCertificateCredentials;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.Collections;

/** Certificates and keys as text. */
final class Pem {
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

    private Pem() {}

    /** The first key of a keystore, with its certificates. */
    static Login identity(StandardCertificateCredentials credentials) {
        KeyStore store = credentials.getKeyStore();
        char[] password = credentials.getPassword().getPlainText().toCharArray();
        try {
            for (String alias : Collections.list(store.aliases())) {
                Key key = store.isKeyEntry(alias) ? store.getKey(alias, password) : null;
                if (key != null && "PKCS#8".equals(key.getFormat())) {
                    StringBuilder chain = new StringBuilder();
                    for (Certificate certificate : store.getCertificateChain(alias)) {
                        chain.append(text("CERTIFICATE", certificate.getEncoded()));
                    }
                    return new Login(Login.Kind.CERTIFICATE, chain.toString(), text("PRIVATE KEY", key.getEncoded()));
                }
            }
        } catch (GeneralSecurityException e) {
            // The cause may quote key material.
            throw unusable(credentials, e.getClass().getSimpleName());
        }
        throw unusable(credentials, Messages.Pem_itHoldsNoPrivateKey());
    }

    private static String text(String kind, byte[] der) {
        return "-----BEGIN " + kind + "-----\n" + LINES.encodeToString(der) + "\n-----END " + kind + "-----\n";
    }

    private static DeliveryException unusable(StandardCertificateCredentials credentials, String why) {
        return ErrorKind.INVALID_INPUT.error("The certificate credentials " + credentials.getId() + " cannot be used: "
                + why + ". Upload a PKCS #12 file with one key and its certificates, and give its password.");
    }
}
