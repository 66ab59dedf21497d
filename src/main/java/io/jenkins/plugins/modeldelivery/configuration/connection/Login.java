package io.jenkins.plugins.modeldelivery.configuration.connection;

import com.cloudbees.plugins.credentials.common.StandardCertificateCredentials;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import io.jenkins.plugins.modeldelivery.engine.http.Authentication;
import io.jenkins.plugins.modeldelivery.engine.http.HttpSettings;
import io.jenkins.plugins.modeldelivery.engine.http.HttpSettings.ClientIdentity;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import java.io.Serializable;
import java.util.List;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/**
 * Who we are to a server, as Jenkins' credentials say it, in a form that can go to an agent. {@code toString} shows no secret.
 *
 * @param name the user's, or in PEM the chain of a certificate; "" for what has none
 * @param secret token, password, or the certificate's key in PEM; "" for none
 */
record Login(Kind kind, String name, String secret) implements Serializable {
    private static final long serialVersionUID = 1L;

    static final Login NONE = new Login(Kind.NONE, "", "");

    /** How we show who we are. */
    enum Kind {
        NONE,
        TOKEN,
        USER,
        CERTIFICATE
    }

    /** @throws DeliveryException INVALID_INPUT if such credentials cannot be used */
    static Login of(StandardCredentials credentials) {
        if (credentials instanceof StringCredentials token) {
            return new Login(Kind.TOKEN, "", token.getSecret().getPlainText());
        }
        if (credentials instanceof StandardUsernamePasswordCredentials user) {
            return new Login(Kind.USER, user.getUsername(), user.getPassword().getPlainText());
        }
        if (credentials instanceof StandardCertificateCredentials certificate) {
            return Pem.identity(certificate);
        }
        throw ErrorKind.INVALID_INPUT.error("The credentials " + credentials.getId()
                + " are of a kind that cannot be used here. Use a secret text (a bearer token), a user name"
                + " with a password, or a certificate.");
    }

    private Authentication.Basic basic() {
        return new Authentication.Basic(name, secret);
    }

    HttpSettings apply(HttpSettings settings) {
        return switch (kind) {
            case NONE -> settings;
            case TOKEN -> settings.withAuthentication(new Authentication.Bearer(secret));
            case USER -> settings.withAuthentication(basic());
            case CERTIFICATE -> settings.withIdentity(new ClientIdentity(name, secret));
        };
    }

    List<String> secrets() {
        return switch (kind) {
            case NONE -> List.of();
            case USER -> basic().secrets();
            case TOKEN, CERTIFICATE -> List.of(secret);
        };
    }

    /** In words, for "Test connection". */
    String text() {
        return switch (kind) {
            case NONE -> Messages.Login_withoutCredentials();
            case TOKEN -> Messages.Login_withAToken();
            case USER -> Messages.Login_asTheUser(name);
            case CERTIFICATE -> Messages.Login_withAClientCertificate();
        };
    }

    @Override
    public String toString() {
        return "Login[" + kind + "]";
    }
}
