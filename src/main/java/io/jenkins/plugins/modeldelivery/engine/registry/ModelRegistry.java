package io.jenkins.plugins.modeldelivery.engine.registry;

import io.jenkins.plugins.modeldelivery.engine.io.ModelFiles;
import io.jenkins.plugins.modeldelivery.engine.metrics.Metrics;
import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.Manifest;
import io.jenkins.plugins.modeldelivery.engine.model.ModelVersion;
import io.jenkins.plugins.modeldelivery.engine.model.TransferProgress;
import io.jenkins.plugins.modeldelivery.engine.registry.AliasChange.AliasMove;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A model registry. Every method may be called again after a crash; those that change something say what a second call does.
 * All throw {@link io.jenkins.plugins.modeldelivery.engine.model.DeliveryException}; NOT_FOUND where a model or version
 * that must exist does not. Thread-safe.
 */
public interface ModelRegistry extends AutoCloseable {
    /** Asks the server who it is and what it can do. */
    RegistryInfo describe(Cancellation cancellation);

    /** INVALID_INPUT with the reason, if the registry would refuse this name. Asks no server. */
    default void checkName(String model) {
        RegistryNames.checkModel(model);
    }

    /**
     * INVALID_INPUT with the reason, if the registry would refuse the name, the tags or the description of this version;
     * UNSUPPORTED if it takes no versions from such a source. Asks no server.
     */
    default void check(NewVersion version) {
        RegistryNames.checkVersion(version);
    }

    /** INVALID_INPUT with the reason, if the registry would refuse this alias. Asks no server. */
    default void checkAlias(String alias) {
        RegistryNames.checkAlias(alias);
    }

    /**
     * What the registry makes of a source, as its own client does: {@link VersionSource.Files} as they are, else {@link
     * VersionSource.Resolved}. Changes nothing. INVALID_INPUT or NOT_FOUND, with what is there instead, if the source has no
     * files, is not finished, or cannot be checked.
     */
    VersionSource resolve(VersionSource source, Cancellation cancellation);

    /** To what a source belongs that {@link #resolve} gave. */
    default VersionSource.Origin origin(VersionSource.Resolved source, Cancellation cancellation) {
        return VersionSource.Origin.UNKNOWN;
    }

    /**
     * The version that the operation created, if there is one; empty too if there is no such model. One that FAILED only if
     * there is no other. CONFLICT if several claim to be it.
     */
    Optional<ModelVersion> findByOperation(String model, String operation, Cancellation cancellation);

    /**
     * Stores the metrics of a new version, and finds or makes the place for its files. Needed for a version that has files
     * or metrics. Calling it again with the same operation gives the same place.
     *
     * @param first whether it is certain that this operation was never staged, so that none need be looked for
     */
    VersionDraft stage(NewVersion version, boolean first, Cancellation cancellation);

    /**
     * Uploads the files, hashing them in the same pass. Repeatable: what is there already is overwritten or kept, and the
     * manifest is the same. A file that changes while it is read is LOCAL_IO.
     */
    Manifest upload(VersionDraft staging, ModelFiles files, TransferProgress progress, Cancellation cancellation);

    /**
     * Creates the version with its tags in one step and gives it back, perhaps still PENDING. Not repeatable: the caller
     * asks {@link #findByOperation} first when an earlier call may have arrived. Creates the registered model if it is new.
     *
     * @param staging where there was one
     * @param digest content digest, if known; becomes a tag
     */
    ModelVersion createVersion(
            NewVersion version, Optional<VersionDraft> staging, Optional<String> digest, Cancellation cancellation);

    ModelVersion version(String model, String version, Cancellation cancellation);

    /** Which version each alias points to, and which ones before. NOT_FOUND if there is no such model. */
    ModelAliases aliases(String model, Cancellation cancellation);

    /** The version that has an alias now, with one request where the server can; empty if none has it. */
    default Optional<ModelVersion> versionOf(String model, String alias, Cancellation cancellation) {
        return aliases(model, cancellation).versionOf(alias).map(version -> version(model, version, cancellation));
    }

    /**
     * Compare-and-set: read, compare as {@link AliasChange#standing} says, note the operation, set, read back. Repeatable by
     * the same operation.
     */
    AliasMove moveAlias(String model, AliasChange change, Cancellation cancellation);

    /** Sets a tag of a version. Repeatable. */
    void tagVersion(String model, String version, String key, String value, Cancellation cancellation);

    /**
     * The metrics that the registry holds for this version: those it was registered with, unchanged; else what the registry
     * itself knows (MLflow: logged model's, else run's last values).
     */
    Metrics metrics(ModelVersion version, Cancellation cancellation);

    /**
     * Downloads the files into an empty or partly filled directory, hashing what arrives. Repeatable.
     *
     * @return manifest of what arrived
     */
    Manifest download(ModelVersion version, Path into, TransferProgress progress, Cancellation cancellation);

    @Override
    void close();

    /**
     * What "Test connection" tells.
     *
     * @param kind "MLflow", "directory"
     * @param version the server's version, empty if it does not say
     * @param location URL or directory
     * @param capabilities in words, e.g. "logged models", "multipart upload"
     * @param warnings what was found and repaired, or is missing
     */
    record RegistryInfo(
            String kind, String version, String location, List<String> capabilities, List<String> warnings) {
        public RegistryInfo {
            capabilities = List.copyOf(capabilities);
            warnings = List.copyOf(warnings);
        }
    }
}
