package io.jenkins.plugins.modeldelivery.build.operation;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.hudson.plugins.folder.properties.FolderCredentialsProvider.FolderCredentialsProperty;
import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SecretBytes;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.domains.Domain;
import com.cloudbees.plugins.credentials.domains.DomainCredentials;
import com.cloudbees.plugins.credentials.impl.CertificateCredentialsImpl;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.util.Secret;
import io.jenkins.plugins.modeldelivery.engine.fake.PlantedSecrets;
import java.io.ByteArrayOutputStream;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.List;
import okhttp3.tls.HeldCertificate;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;

/** Credentials as people keep them in Jenkins, and in folders. */
final class Stored {
    private Stored() {}

    static StandardCredentials token(String id, String secret) {
        return new StringCredentialsImpl(CredentialsScope.GLOBAL, id, "", Secret.fromString(secret));
    }

    static StandardCredentials user(String id, String name, String password) throws Exception {
        return new UsernamePasswordCredentialsImpl(CredentialsScope.GLOBAL, id, "", name, password);
    }

    /** @param issuer of ours */
    static StandardCredentials certificate(String id, HeldCertificate ours, HeldCertificate issuer) throws Exception {
        char[] password = PlantedSecrets.KEYSTORE_PASSWORD.toCharArray();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(null, null);
        keys.setKeyEntry("ours", ours.keyPair().getPrivate(), password, new Certificate[] {
            ours.certificate(), issuer.certificate()
        });
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        keys.store(file, password);
        return new CertificateCredentialsImpl(
                CredentialsScope.GLOBAL,
                id,
                "",
                PlantedSecrets.KEYSTORE_PASSWORD,
                new CertificateCredentialsImpl.UploadedKeyStoreSource(SecretBytes.fromBytes(file.toByteArray())));
    }

    /** In Jenkins' own store, in place of what has the same id there. */
    static void inJenkins(StandardCredentials credentials) throws Exception {
        SystemCredentialsProvider store = SystemCredentialsProvider.getInstance();
        List<Credentials> all = store.getCredentials();
        all.removeIf(
                c -> c instanceof StandardCredentials known && known.getId().equals(credentials.getId()));
        all.add(credentials);
        store.save();
    }

    static void inFolder(Folder folder, StandardCredentials credentials) throws Exception {
        folder.addProperty(new FolderCredentialsProperty(
                new DomainCredentials[] {new DomainCredentials(Domain.global(), List.of(credentials))}));
    }
}
