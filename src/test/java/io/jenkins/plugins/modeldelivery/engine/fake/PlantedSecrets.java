package io.jenkins.plugins.modeldelivery.engine.fake;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/**
 * The secrets that tests use. None of them may be anywhere but in requests, so everything that a test or the whole suite leaves
 * behind can be searched for them; {@code .ci/planted-secrets} reads them from this file.
 */
public final class PlantedSecrets {
    public static final String TOKEN = "planted-token-Vq8dYk2xTz7m";
    public static final String NEXT_TOKEN = "planted-next-token-Hn4sRw9cLb3e";
    public static final String PASSWORD = "planted-password-Gj6pXo1uFa5t";
    public static final String PROXY_PASSWORD = "planted-proxy-Mb2kCy8vQi4w";
    public static final String KEYSTORE_PASSWORD = "planted-keystore-Sd7nEz3hUr9l";

    private PlantedSecrets() {}

    /** Each as it is, and as Base64 has it. */
    public static List<String> forms() {
        return Stream.of(TOKEN, NEXT_TOKEN, PASSWORD, PROXY_PASSWORD, KEYSTORE_PASSWORD)
                .flatMap(secret -> Stream.of(secret, base64(secret)))
                .toList();
    }

    public static String base64(String text) {
        return Base64.getEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
