package io.jenkins.plugins.modeldelivery.build.record;

import io.jenkins.plugins.modeldelivery.engine.model.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** SHA-256 of texts, in hex. */
public final class Hashes {
    private static final int BRIEF = 16;

    private Hashes() {}

    /** Of several texts, so that no two different lists have the same. */
    public static String of(String... parts) {
        MessageDigest digest = Sha256.start();
        for (String part : parts) {
            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
            digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
            digest.update(bytes);
        }
        return Sha256.hex(digest);
    }

    /** Long enough to tell the operations and files of one build apart. */
    public static String brief(String... parts) {
        return of(parts).substring(0, BRIEF);
    }
}
