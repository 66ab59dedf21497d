package io.jenkins.plugins.modeldelivery.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.modeldelivery.engine.http.Authentication;
import io.jenkins.plugins.modeldelivery.engine.http.ClientIdentity;
import io.jenkins.plugins.modeldelivery.engine.http.HttpSettings;
import io.jenkins.plugins.modeldelivery.engine.http.HttpTransport;
import io.jenkins.plugins.modeldelivery.engine.http.OkHttpTransport;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.Pause;
import io.jenkins.plugins.modeldelivery.engine.model.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;

/** Transports with the authentication and the certificates that the configuration names. */
final class Transports {
    private Transports() {}

    static HttpTransport open(Settings settings, JsonNode node, Clock clock) {
        HttpSettings http = HttpSettings.DEFAULTS.withAuthentication(authentication(settings, node));
        if (node.hasNonNull("certificateAuthority")) {
            http = http.withAuthority(pem(settings, node, "certificateAuthority"));
        }
        if (node.hasNonNull("clientCertificate")) {
            http = http.withIdentity(
                    new ClientIdentity(pem(settings, node, "clientCertificate"), pem(settings, node, "clientKey")));
        }
        return new OkHttpTransport(http, clock, Pause.REAL);
    }

    private static Authentication authentication(Settings settings, JsonNode node) {
        if (node.hasNonNull("token")) {
            return new Authentication.Bearer(settings.secret(node.path("token").asText()));
        }
        if (node.hasNonNull("username")) {
            return new Authentication.Basic(
                    settings.secret(node.path("username").asText()),
                    settings.secret(node.path("password").asText()));
        }
        if (node.path("headers").isObject()) {
            Map<String, String> headers = new TreeMap<>();
            node.path("headers")
                    .properties()
                    .forEach(e ->
                            headers.put(e.getKey(), settings.secret(e.getValue().asText())));
            return new Authentication.Headers(headers);
        }
        return new Authentication.None();
    }

    private static String pem(Settings settings, JsonNode node, String key) {
        Path file = settings.resolve(node.path(key).asText());
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new DeliveryException(
                    Problem.INVALID_INPUT,
                    "Cannot read the " + key + " " + file + " that the configuration names: " + e,
                    e);
        }
    }
}
