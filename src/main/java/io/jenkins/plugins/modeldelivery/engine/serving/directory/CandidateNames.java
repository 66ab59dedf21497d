package io.jenkins.plugins.modeldelivery.engine.serving.directory;

import io.jenkins.plugins.modeldelivery.engine.model.Sha256;
import io.jenkins.plugins.modeldelivery.engine.serving.Rollout;
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
        return endpoint + "--" + Sha256.hex(operation).substring(0, 2 * BYTES);
    }
}
