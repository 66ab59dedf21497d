package io.jenkins.plugins.modeldelivery.engine.operation;

import io.jenkins.plugins.modeldelivery.engine.model.ModelVersion;
import io.jenkins.plugins.modeldelivery.engine.model.Tags;
import io.jenkins.plugins.modeldelivery.engine.record.RecordStore;
import io.jenkins.plugins.modeldelivery.engine.registry.VersionSource;
import java.util.Optional;

/**
 * A version that was found by the id of a registration: it is taken only if it was made of what is registered now. The id is
 * a tag, which people can copy and edit.
 */
final class ExistingVersionCheck {
    private final RecordStore records;
    private final String registry;
    private final String operation;

    /**
     * @param registry its configured name
     * @param operation id of the registration
     */
    ExistingVersionCheck(RecordStore records, String registry, String operation) {
        this.records = records;
        this.registry = registry;
        this.operation = operation;
    }

    /**
     * What differs, for people; empty if nothing does.
     *
     * @param source of the registration
     * @param digest of its files, if it has some
     */
    Optional<String> difference(ModelVersion version, VersionSource source, Optional<String> digest) {
        if (source instanceof VersionSource.Resolved resolved) {
            return message(version, "source", Optional.of(version.source()), resolved.uri());
        }
        return message(
                version, "digest", recordedDigest(version).or(version::digest), digest.orElse("which is not known"));
    }

    private Optional<String> message(ModelVersion version, String what, Optional<String> then, String now) {
        return then.filter(now::equals).isPresent()
                ? Optional.empty()
                : Optional.of("The version " + version.uri() + " in registry " + registry
                        + " has the id of this registration (" + Tags.OPERATION + " = " + operation
                        + "), but was not made of what is registered now. It has "
                        + then.map(text -> "the " + what + " " + text).orElse("no known " + what) + "; now it is the "
                        + what + " " + now + ". Nothing was changed. If somebody copied or edited the tag, set it"
                        + " right; if the files have changed, register them as a new version.");
    }

    /** A tag of the registry can be edited. */
    private Optional<String> recordedDigest(ModelVersion version) {
        return RecordedVersion.read(records, registry, version).identity().digest();
    }
}
