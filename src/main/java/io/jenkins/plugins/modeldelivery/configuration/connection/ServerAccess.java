package io.jenkins.plugins.modeldelivery.configuration.connection;

import com.cloudbees.plugins.credentials.common.StandardCredentials;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.modeldelivery.configuration.form.FormChecks;
import io.jenkins.plugins.modeldelivery.engine.http.HttpSettings;
import io.jenkins.plugins.modeldelivery.engine.http.HttpTransport;
import io.jenkins.plugins.modeldelivery.engine.http.OkHttpTransport;
import io.jenkins.plugins.modeldelivery.engine.http.WebUrl;
import io.jenkins.plugins.modeldelivery.engine.model.Sleeper;
import java.io.Serializable;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import jenkins.model.Jenkins;

/**
 * How one server is reached.
 *
 * @param authority PEM certificates that are trusted beside the JVM's own, or ""
 * @param proxy null for none of Jenkins' own
 */
public record ServerAccess(
        String url,
        Login login,
        String authority,
        @CheckForNull ProxyRoute proxy) implements Serializable {
    private static final long serialVersionUID = 1L;

    /**
     * @param credentialsId "" for none
     * @param authority PEM, or ""
     */
    public static ServerAccess of(String url, String credentialsId, String authority, CredentialSource credentials) {
        FormChecks.checkUrl(url);
        Login login = credentialsId.isEmpty()
                ? Login.NONE
                : Login.of(credentials.find(credentialsId, StandardCredentials.class, url));
        return new ServerAccess(
                url, login, authority, ProxyRoute.of(Jenkins.get().getProxy()));
    }

    /** Without the login of a proxy that the server is not behind. */
    public ServerAccess forAgent() {
        boolean needless = proxy != null && !proxy.covers(WebUrl.host(uri()));
        return needless ? new ServerAccess(url, login, authority, proxy.withoutLogin()) : this;
    }

    public URI uri() {
        return WebUrl.parse(url, "The URL");
    }

    public HttpTransport transport(Clock clock, Sleeper pause) {
        HttpSettings settings = login.apply(HttpSettings.DEFAULTS);
        if (!authority.isEmpty()) {
            settings = settings.withAuthority(authority);
        }
        return new OkHttpTransport(proxy == null ? settings : proxy.apply(settings), clock, pause);
    }

    public List<String> secrets() {
        return Stream.concat(login.secrets().stream(), proxy == null ? Stream.empty() : proxy.secrets().stream())
                .toList();
    }

    /** In words, for "Test connection". */
    public String text() {
        boolean proxied = proxy != null && proxy.covers(WebUrl.host(uri()));
        return login.text()
                + (proxied ? Messages.ServerAccess_throughTheProxy(proxy.host(), String.valueOf(proxy.port())) : "");
    }
}
