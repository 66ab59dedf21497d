package io.jenkins.plugins.modeldelivery.engine.http;

import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.OkHttpClient;

/** A private certificate authority and a client certificate, read from PEM. */
final class TlsMaterial {
    private TlsMaterial() {}

    static void configure(OkHttpClient.Builder client, HttpSettings.Tls settings) {
        if (settings.isDefault()) {
            return;
        }
        try {
            X509TrustManager trust = trust(settings.authority());
            KeyManager[] keys =
                    settings.identity().isPresent() ? keys(settings.identity().get()) : null;
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys, new TrustManager[] {trust}, null);
            client.sslSocketFactory(context.getSocketFactory(), trust);
        } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
            // The cause may quote key material.
            throw ErrorKind.INVALID_INPUT.error("The certificates or the key for TLS cannot be used ("
                    + e.getClass().getSimpleName()
                    + "). Give certificates in PEM and the key in PEM as unencrypted PKCS #8 (BEGIN PRIVATE KEY).");
        }
    }

    private static X509TrustManager trust(Optional<String> authority) throws GeneralSecurityException, IOException {
        X509TrustManager system = manager(null);
        if (authority.isEmpty()) {
            return system;
        }
        KeyStore all = empty();
        int n = 0;
        for (X509Certificate issuer : system.getAcceptedIssuers()) {
            all.setCertificateEntry("system" + n++, issuer);
        }
        for (Certificate issuer : certificates(authority.get())) {
            all.setCertificateEntry("given" + n++, issuer);
        }
        return manager(all);
    }

    private static X509TrustManager manager(KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509TrustManager x509) {
                return x509;
            }
        }
        throw new GeneralSecurityException("no trust manager");
    }

    private static KeyManager[] keys(HttpSettings.ClientIdentity identity)
            throws GeneralSecurityException, IOException {
        KeyStore store = empty();
        Certificate[] chain = certificates(identity.certificates()).toArray(new Certificate[0]);
        store.setKeyEntry("client", key(identity.key()), new char[0], chain);
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, new char[0]);
        return factory.getKeyManagers();
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        return store;
    }

    private static Collection<? extends Certificate> certificates(String pem) throws GeneralSecurityException {
        Collection<? extends Certificate> found = CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)));
        if (found.isEmpty()) {
            throw new GeneralSecurityException("no certificate");
        }
        return found;
    }

    private static PrivateKey key(String pem) throws GeneralSecurityException {
        byte[] der = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
        for (String algorithm : new String[] {"RSA", "EC"}) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
            } catch (InvalidKeySpecException e) {
                // The other kind, then.
            }
        }
        throw new InvalidKeySpecException("neither RSA nor EC");
    }
}
