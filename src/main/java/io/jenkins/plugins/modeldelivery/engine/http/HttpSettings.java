package io.jenkins.plugins.modeldelivery.engine.http;

import java.net.ProxySelector;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * How to talk to one server.
 *
 * @param authority PEM certificates that are trusted beside the JVM's own
 * @param proxy absent: the JVM's default selector
 * @param proxyLogin for a proxy that asks for it
 * @param connect time-out for one connection, TLS apart
 * @param silence longest time without a byte in either direction
 * @param retries of one call at most
 * @param firstPause mean pause before the first retry; doubles with each up to {@code longestPause}, jitter 0.01 to 1.99 times
 */
public record HttpSettings(
        Authentication authentication,
        Optional<String> authority,
        Optional<ClientIdentity> identity,
        Optional<ProxySelector> proxy,
        Optional<Authentication.Basic> proxyLogin,
        Duration connect,
        Duration silence,
        int retries,
        Duration firstPause,
        Duration longestPause) {
    public static final HttpSettings DEFAULTS = new HttpSettings(
            new Authentication.None(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Duration.ofSeconds(10),
            Duration.ofMinutes(2),
            5,
            Duration.ofMillis(250),
            Duration.ofSeconds(15));

    public HttpSettings {
        Objects.requireNonNull(authentication);
    }

    public HttpSettings withAuthentication(Authentication value) {
        return new HttpSettings(
                value, authority, identity, proxy, proxyLogin, connect, silence, retries, firstPause, longestPause);
    }

    /** @param pem certificates that are trusted beside the JVM's own */
    public HttpSettings withAuthority(String pem) {
        return new HttpSettings(
                authentication,
                Optional.of(pem),
                identity,
                proxy,
                proxyLogin,
                connect,
                silence,
                retries,
                firstPause,
                longestPause);
    }

    public HttpSettings withIdentity(ClientIdentity value) {
        return new HttpSettings(
                authentication,
                authority,
                Optional.of(value),
                proxy,
                proxyLogin,
                connect,
                silence,
                retries,
                firstPause,
                longestPause);
    }

    public HttpSettings withProxy(ProxySelector selector, Optional<Authentication.Basic> login) {
        return new HttpSettings(
                authentication,
                authority,
                identity,
                Optional.of(selector),
                login,
                connect,
                silence,
                retries,
                firstPause,
                longestPause);
    }

    /** @param quiet longest time without a byte; more than the longest a server computes before it answers */
    public HttpSettings withTimeouts(Duration connecting, Duration quiet) {
        return new HttpSettings(
                authentication,
                authority,
                identity,
                proxy,
                proxyLogin,
                connecting,
                quiet,
                retries,
                firstPause,
                longestPause);
    }

    public HttpSettings withRetries(int number) {
        return new HttpSettings(
                authentication,
                authority,
                identity,
                proxy,
                proxyLogin,
                connect,
                silence,
                number,
                firstPause,
                longestPause);
    }
}
