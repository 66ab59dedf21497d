package io.jenkins.plugins.modeldelivery.engine.http;

import java.net.ProxySelector;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * How to talk to one server.
 *
 * @param proxy absent: the JVM's default selector
 * @param connect time-out for one connection, TLS apart
 * @param silence longest time without a byte in either direction
 * @param retries of one call at most
 */
public record HttpSettings(
        Authentication authentication,
        Tls tls,
        Optional<Proxy> proxy,
        Duration connect,
        Duration silence,
        int retries) {
    public static final HttpSettings DEFAULTS = new HttpSettings(
            new Authentication.None(),
            new Tls(Optional.empty(), Optional.empty()),
            Optional.empty(),
            Duration.ofSeconds(10),
            Duration.ofMinutes(2),
            5);

    public HttpSettings {
        Objects.requireNonNull(authentication);
    }

    /**
     * @param authority PEM certificates that are trusted beside the JVM's own
     * @param identity our own certificate
     */
    record Tls(Optional<String> authority, Optional<ClientIdentity> identity) {
        boolean isDefault() {
            return authority.isEmpty() && identity.isEmpty();
        }
    }

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

    /** @param login for a proxy that asks for it */
    record Proxy(ProxySelector selector, Optional<Authentication.Basic> login) {}

    public HttpSettings withAuthentication(Authentication value) {
        return new HttpSettings(value, tls, proxy, connect, silence, retries);
    }

    /** @param pem certificates that are trusted beside the JVM's own */
    public HttpSettings withAuthority(String pem) {
        Tls trusting = new Tls(Optional.of(pem), tls.identity());
        return new HttpSettings(authentication, trusting, proxy, connect, silence, retries);
    }

    public HttpSettings withIdentity(ClientIdentity value) {
        Tls identified = new Tls(tls.authority(), Optional.of(value));
        return new HttpSettings(authentication, identified, proxy, connect, silence, retries);
    }

    public HttpSettings withProxy(ProxySelector selector, Optional<Authentication.Basic> login) {
        Optional<Proxy> route = Optional.of(new Proxy(selector, login));
        return new HttpSettings(authentication, tls, route, connect, silence, retries);
    }

    /** @param quiet longest time without a byte; more than the longest a server computes before it answers */
    public HttpSettings withTimeouts(Duration connecting, Duration quiet) {
        return new HttpSettings(authentication, tls, proxy, connecting, quiet, retries);
    }

    public HttpSettings withRetries(int number) {
        return new HttpSettings(authentication, tls, proxy, connect, silence, number);
    }
}
