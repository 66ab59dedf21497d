package io.jenkins.plugins.modeldelivery.configuration.connection;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.ProxyConfiguration;
import hudson.util.Secret;
import io.jenkins.plugins.modeldelivery.engine.http.Authentication;
import io.jenkins.plugins.modeldelivery.engine.http.HttpSettings;
import io.jenkins.plugins.modeldelivery.engine.http.WebUrl;
import java.io.IOException;
import java.io.Serializable;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The proxy of Jenkins, as it was when a connection was made.
 *
 * @param user empty if the proxy asks for none
 * @param direct patterns of the hosts that are reached without it
 */
record ProxyRoute(String host, int port, String user, String password, List<String> direct) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** @param proxy null if Jenkins has none; the JVM's default selector decides then */
    @CheckForNull
    static ProxyRoute of(@CheckForNull ProxyConfiguration proxy) {
        if (proxy == null || proxy.getName() == null) {
            return null;
        }
        String user = proxy.getUserName();
        return new ProxyRoute(
                proxy.getName(),
                proxy.getPort(),
                user == null ? "" : user,
                user == null ? "" : Secret.toString(proxy.getSecretPassword()),
                proxy.getNoProxyHostPatterns().stream().map(Pattern::pattern).toList());
    }

    ProxyRoute withoutLogin() {
        return new ProxyRoute(host, port, "", "", direct);
    }

    HttpSettings apply(HttpSettings settings) {
        return settings.withProxy(new Selector(this), login());
    }

    private Optional<Authentication.Basic> login() {
        return user.isEmpty() ? Optional.empty() : Optional.of(new Authentication.Basic(user, password));
    }

    List<String> secrets() {
        return login().map(Authentication.Basic::secrets).orElse(List.of());
    }

    /** Whether a host is reached through the proxy. */
    boolean covers(String target) {
        return direct.stream().noneMatch(pattern -> Pattern.matches(pattern, target));
    }

    @Override
    public String toString() {
        return "ProxyRoute[" + host + ":" + port + "]";
    }

    private static final class Selector extends ProxySelector {
        private final ProxyRoute route;

        Selector(ProxyRoute route) {
            this.route = route;
        }

        @Override
        public List<Proxy> select(URI uri) {
            return List.of(
                    route.covers(WebUrl.host(uri))
                            ? new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(route.host, route.port))
                            : Proxy.NO_PROXY);
        }

        @Override
        public void connectFailed(URI uri, SocketAddress address, IOException reason) {
            // There is no other proxy to try; the call itself reports the failure.
        }
    }
}
