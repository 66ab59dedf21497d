package io.jenkins.plugins.modeldelivery.ui.approvals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hudson.model.User;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.jvnet.hudson.test.JenkinsRule;

/** Asks the controller as a script does, with a user's API token and without a crumb. */
public final class ApiClient {
    private final HttpClient http = HttpClient.newHttpClient();
    private final JenkinsRule jenkins;
    private final Optional<String> authorization;

    private ApiClient(JenkinsRule jenkins, Optional<String> authorization) {
        this.jenkins = jenkins;
        this.authorization = authorization;
    }

    public static ApiClient of(JenkinsRule jenkins, String user) {
        String token = jenkins.createApiToken(User.getById(user, true));
        return new ApiClient(
                jenkins,
                Optional.of("Basic "
                        + Base64.getEncoder().encodeToString((user + ":" + token).getBytes(StandardCharsets.UTF_8))));
    }

    public static ApiClient anonymous(JenkinsRule jenkins) {
        return new ApiClient(jenkins, Optional.empty());
    }

    /** What came back. */
    public record Answer(int status, String contentType, String text) {
        public JsonNode json() throws IOException {
            return new ObjectMapper().readTree(text);
        }

        public String error() throws IOException {
            return json().path("error").asText();
        }
    }

    public Answer get(String path) throws Exception {
        return send(path, HttpRequest.newBuilder().GET());
    }

    public Answer form(String path, String body) throws Exception {
        return post(path, "application/x-www-form-urlencoded", body);
    }

    public Answer post(String path, String type, String body) throws Exception {
        return send(
                path,
                HttpRequest.newBuilder().header("Content-Type", type).POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private Answer send(String path, HttpRequest.Builder request) throws Exception {
        authorization.ifPresent(value -> request.header("Authorization", value));
        HttpResponse<String> response = http.send(
                request.uri(URI.create(jenkins.getURL() + path)).build(), HttpResponse.BodyHandlers.ofString());
        return new Answer(
                response.statusCode(),
                response.headers().firstValue("Content-Type").orElse(""),
                response.body());
    }
}
