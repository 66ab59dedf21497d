package io.jenkins.plugins.modeldelivery.engine.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.model.Manifest;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** Fingerprints of model versions: the kind of registry and a hash of what that registry fixed at creation. */
public final class Fingerprints {
    /** 128 bits: no two of one registry are the same by chance. */
    private static final int DIGITS = 32;

    private Fingerprints() {}

    /**
     * @param kind of registry, e.g. {@code mlflow}
     * @param fixed what nobody can change later, by name
     * @return e.g. {@code mlflow:4f0c…}, 32 hexadecimal digits
     */
    public static String of(String kind, Map<String, String> fixed) {
        ObjectNode json = Json.object();
        new TreeMap<>(fixed).forEach(json::put);
        String hash = Manifest.hex(Json.canonical(json).getBytes(StandardCharsets.UTF_8));
        return kind + ":" + hash.substring(0, DIGITS);
    }
}
