package io.jenkins.plugins.modeldelivery.cli.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.modeldelivery.engine.http.Authentication;
import io.jenkins.plugins.modeldelivery.engine.http.HttpSettings;
import io.jenkins.plugins.modeldelivery.engine.http.HttpSettings.ClientIdentity;
import io.jenkins.plugins.modeldelivery.engine.http.HttpTransport;
import io.jenkins.plugins.modeldelivery.engine.http.OkHttpTransport;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.Sleeper;
import java.io.IOException;
import java.net.ProxySelector;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Transports with the authentication and the certificates that the configuration names. */
final class Transports {
    private Transports() {}

    /** @param subject of messages: "The registry team" */
    static HttpTransport open(Settings settings, JsonNode node, String subject, Clock clock) {
        HttpSettings http = HttpSettings.DEFAULTS.withAuthentication(authentication(settings, node, subject));
        if (node.hasNonNull("certificateAuthority")) {
            http = http.withAuthority(pem(settings, node, "certificateAuthority"));
        }
        if (node.hasNonNull("clientCertificate")) {
            http = http.withIdentity(
                    new ClientIdentity(pem(settings, node, "clientCertificate"), pem(settings, node, "clientKey")));
        }
        Optional<Authentication.Basic> proxyLogin = proxyLogin(node);
        if (proxyLogin.isPresent()) {
            http = http.withProxy(ProxySelector.getDefault(), proxyLogin);
        }
        return new OkHttpTransport(http, clock, Sleeper.REAL);
    }

    /** Java itself knows properties for the address of a proxy, but none for a login; these are Maven's and Gradle's. */
    private static Optional<Authentication.Basic> proxyLogin(JsonNode node) {
        String url = node.path("url").asText(node.path("server").asText());
        String scheme = url.strip().regionMatches(true, 0, "https:", 0, "https:".length()) ? "https" : "http";
        return Optional.ofNullable(System.getProperty(scheme + ".proxyUser"))
                .map(user -> new Authentication.Basic(user, System.getProperty(scheme + ".proxyPassword", "")));
    }

    private static Authentication authentication(Settings settings, JsonNode node, String subject) {
        try {
            Authentication login = login(settings, node);
            return node.path("headers").isEmpty()
                    ? login
                    : new Authentication.LoginWithHeaders(login, headers(settings, node.path("headers")));
        } catch (DeliveryException e) {
            throw e.kind().error(subject + " cannot be asked as it is configured: " + e.getMessage(), e);
        }
    }

    private static Authentication login(Settings settings, JsonNode node) {
        if (node.hasNonNull("token") && node.hasNonNull("username")) {
            throw ErrorKind.INVALID_INPUT.error("It has a token and a username. Leave one of them out.");
        }
        if (node.hasNonNull("token")) {
            return new Authentication.Bearer(settings.secret(node.path("token").asText()));
        }
        if (node.hasNonNull("username")) {
            return new Authentication.Basic(
                    settings.secret(node.path("username").asText()),
                    settings.secret(node.path("password").asText()));
        }
        return new Authentication.None();
    }

    private static Authentication.Headers headers(Settings settings, JsonNode node) {
        Map<String, String> headers = new TreeMap<>();
        node.properties()
                .forEach(e ->
                        headers.put(e.getKey(), settings.secret(e.getValue().asText())));
        return new Authentication.Headers(headers);
    }

    private static String pem(Settings settings, JsonNode node, String key) {
        Path file = settings.resolve(node.path(key).asText());
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw ErrorKind.INVALID_INPUT.error(
                    "Cannot read " + file + ", the " + key + " of the configuration or of MLflow's variables: "
                            + (e instanceof NoSuchFileException ? "there is no such file." : e),
                    e);
        }
    }
}
