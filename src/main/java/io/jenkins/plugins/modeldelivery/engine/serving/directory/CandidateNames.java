package io.jenkins.plugins.modeldelivery.engine.serving.directory;

import io.jenkins.plugins.modeldelivery.engine.model.Manifest;
import io.jenkins.plugins.modeldelivery.engine.serving.Rollout;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Names of versions under test, beside the endpoints that they may become: one for each rollout. */
final class CandidateNames {
    private static final Pattern NAME = Pattern.compile(".*--[0-9a-f]{8}");
    private static final int BYTES = 4;

    private CandidateNames() {}

    static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    static String name(Rollout rollout) {
        return name(rollout.endpoint(), rollout.id());
    }

    static String name(String endpoint, String operation) {
        byte[] hash = Manifest.sha256().digest(operation.getBytes(StandardCharsets.UTF_8));
        return endpoint + "--" + HexFormat.of().formatHex(hash, 0, BYTES);
    }
}
