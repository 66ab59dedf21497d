package io.jenkins.plugins.modeldelivery.engine.model;

import java.util.Objects;
import java.util.Optional;

/**
 * Which version of a registered model is meant, beyond its number: a number can be reused after a model was deleted and made
 * again.
 *
 * @param version the registry's text, e.g. "7"
 * @param fingerprint what the registry fixed when the version was created
 * @param digest content digest of its files; empty as long as nobody has hashed them
 */
public record VersionIdentity(String version, String fingerprint, Optional<String> digest) {
    public VersionIdentity {
        Objects.requireNonNull(version);
        Objects.requireNonNull(fingerprint);
        Objects.requireNonNull(digest);
    }

    /**
     * Whether what is known of {@code other} counts for this version: the number and the fingerprint are equal, and so are
     * the digests, where both are known.
     */
    public boolean isSame(VersionIdentity other) {
        return isSameEntry(other) && (digest.isEmpty() || other.digest.isEmpty() || digest.equals(other.digest));
    }

    /** Whether number and fingerprint are equal: the same entry of the registry, whatever its bytes. */
    public boolean isSameEntry(VersionIdentity other) {
        return version.equals(other.version) && fingerprint.equals(other.fingerprint);
    }

    public VersionIdentity withDigest(Optional<String> known) {
        return new VersionIdentity(version, fingerprint, known);
    }
}
