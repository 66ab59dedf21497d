package io.jenkins.plugins.modeldelivery.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.modeldelivery.engine.http.Authentication;
import io.jenkins.plugins.modeldelivery.engine.http.HttpSettings;
import io.jenkins.plugins.modeldelivery.engine.http.HttpTransport;
import io.jenkins.plugins.modeldelivery.engine.http.OkHttpTransport;
import io.jenkins.plugins.modeldelivery.engine.model.Pause;
import java.time.Clock;

/** Transports with the authentication that the configuration names. */
final class Transports {
    private Transports() {}

    static HttpTransport open(Settings settings, JsonNode node, Clock clock) {
        return new OkHttpTransport(
                HttpSettings.DEFAULTS.withAuthentication(authentication(settings, node)), clock, Pause.REAL);
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
        return new Authentication.None();
    }
}
