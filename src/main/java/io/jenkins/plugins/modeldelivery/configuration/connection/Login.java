package io.jenkins.plugins.modeldelivery.configuration.connection;

import com.cloudbees.plugins.credentials.common.StandardCertificateCredentials;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import io.jenkins.plugins.modeldelivery.engine.http.Authentication;
import io.jenkins.plugins.modeldelivery.engine.http.ClientIdentity;
import io.jenkins.plugins.modeldelivery.engine.http.HttpSettings;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import java.io.Serializable;
import java.util.List;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/** Who we are to a server, as Jenkins' credentials say it, in a form that can go to an agent. */
sealed interface Login extends Serializable {
    HttpSettings apply(HttpSettings settings);

    List<String> secrets();

    /** In words, for "Test connection". */
    String text();

    /** @throws DeliveryException INVALID_INPUT if such credentials cannot be used */
    static Login of(StandardCredentials credentials) {
        if (credentials instanceof StringCredentials token) {
            return new Token(token.getSecret().getPlainText());
        }
        if (credentials instanceof StandardUsernamePasswordCredentials user) {
            return new User(user.getUsername(), user.getPassword().getPlainText());
        }
        if (credentials instanceof StandardCertificateCredentials certificate) {
            return Pem.identity(certificate);
        }
        throw new DeliveryException(
                ErrorKind.INVALID_INPUT,
                "The credentials " + credentials.getId()
                        + " are of a kind that cannot be used here. Use a secret text (a bearer token), a user name with a"
                        + " password, or a certificate.");
    }

    /** No credentials. */
    record Nobody() implements Login {
        private static final long serialVersionUID = 1L;

        @Override
        public HttpSettings apply(HttpSettings settings) {
            return settings;
        }

        @Override
        public List<String> secrets() {
            return List.of();
        }

        @Override
        public String text() {
            return "without credentials";
        }
    }

    /** A bearer token. */
    record Token(String token) implements Login {
        private static final long serialVersionUID = 1L;

        @Override
        public HttpSettings apply(HttpSettings settings) {
            return settings.withAuthentication(new Authentication.Bearer(token));
        }

        @Override
        public List<String> secrets() {
            return List.of(token);
        }

        @Override
        public String text() {
            return "with a token";
        }

        @Override
        public String toString() {
            return "Token[hidden]";
        }
    }

    /** A user name with its password. */
    record User(String name, String password) implements Login {
        private static final long serialVersionUID = 1L;

        private Authentication basic() {
            return new Authentication.Basic(name, password);
        }

        @Override
        public HttpSettings apply(HttpSettings settings) {
            return settings.withAuthentication(basic());
        }

        @Override
        public List<String> secrets() {
            return basic().secrets();
        }

        @Override
        public String text() {
            return "as the user " + name;
        }

        @Override
        public String toString() {
            return "User[" + name + ", hidden]";
        }
    }

    /** A certificate of our own, in PEM. */
    record Certificate(String chain, String key) implements Login {
        private static final long serialVersionUID = 1L;

        @Override
        public HttpSettings apply(HttpSettings settings) {
            return settings.withIdentity(new ClientIdentity(chain, key));
        }

        @Override
        public List<String> secrets() {
            return List.of(key);
        }

        @Override
        public String text() {
            return "with a client certificate";
        }

        @Override
        public String toString() {
            return "Certificate[hidden]";
        }
    }
}
