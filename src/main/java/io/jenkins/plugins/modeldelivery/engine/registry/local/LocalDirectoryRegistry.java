package io.jenkins.plugins.modeldelivery.engine.registry.local;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.io.ConfinedFiles;
import io.jenkins.plugins.modeldelivery.engine.io.FileLocks;
import io.jenkins.plugins.modeldelivery.engine.io.ModelFiles;
import io.jenkins.plugins.modeldelivery.engine.metrics.Metrics;
import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.FileNames;
import io.jenkins.plugins.modeldelivery.engine.model.Manifest;
import io.jenkins.plugins.modeldelivery.engine.model.ModelVersion;
import io.jenkins.plugins.modeldelivery.engine.model.Tags;
import io.jenkins.plugins.modeldelivery.engine.model.TextSanitizer;
import io.jenkins.plugins.modeldelivery.engine.model.TransferProgress;
import io.jenkins.plugins.modeldelivery.engine.registry.AliasChange;
import io.jenkins.plugins.modeldelivery.engine.registry.AliasChange.AliasMove;
import io.jenkins.plugins.modeldelivery.engine.registry.ModelAliases;
import io.jenkins.plugins.modeldelivery.engine.registry.ModelRegistry;
import io.jenkins.plugins.modeldelivery.engine.registry.ModelRegistry.RegistryInfo;
import io.jenkins.plugins.modeldelivery.engine.registry.NewVersion;
import io.jenkins.plugins.modeldelivery.engine.registry.RegistryNames;
import io.jenkins.plugins.modeldelivery.engine.registry.VersionDraft;
import io.jenkins.plugins.modeldelivery.engine.registry.VersionSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A registry in a directory: {@code models/<name>/versions/<n>/version.json}, {@code models/<name>/aliases.json}, and the
 * files once for all versions in {@code blobs/}. Whatever is written is written aside, forced to disk and renamed, under a
 * file lock, so that several processes may use it at once and a crash leaves the state before or the state after.
 */
public final class LocalDirectoryRegistry implements ModelRegistry {
    private static final String OPERATION = "operation";
    /** As deep as something is written aside: beside {@code models/<name>/versions/<n>/version.json}. */
    private static final int DEEPEST_LEFTOVER = 5;

    private final Path root;
    private final Clock clock;
    private final JsonFiles disk;
    private final ContentStore blobs;
    private final ModelDirectories models;
    private final List<String> repaired;

    /** Opens the registry, makes it if it is new, and repairs what a crash left half done. */
    public LocalDirectoryRegistry(Path root, Clock clock) {
        ConfinedFiles files = ConfinedFiles.in(root);
        this.root = files.root();
        this.clock = clock;
        this.disk = new JsonFiles(files);
        this.blobs = new ContentStore(disk);
        this.models = new ModelDirectories(disk);
        this.repaired = removeLeftovers(files);
    }

    @Override
    public RegistryInfo describe(Cancellation cancellation) {
        return new RegistryInfo("directory", "", root.toString(), List.of("aliases", "upload"), repaired);
    }

    @Override
    public void check(NewVersion version) {
        ModelRegistry.super.check(version);
        checkSource(version.source());
    }

    private static void checkSource(VersionSource source) {
        if (!(source instanceof VersionSource.Files)) {
            throw ErrorKind.UNSUPPORTED.error(
                    "The directory registry accepts files only, no runs, logged models or URIs. Register with a"
                            + " path, or use an MLflow registry.");
        }
    }

    @Override
    public VersionSource resolve(VersionSource source, Cancellation cancellation) {
        checkSource(source);
        return source;
    }

    @Override
    public Optional<ModelVersion> findByOperation(String model, String operation, Cancellation cancellation) {
        return models.numbers(model).stream()
                .map(number -> models.version(model, number))
                .flatMap(Optional::stream)
                .filter(stored -> operation.equals(stored.operation()))
                .findFirst()
                .map(stored -> stored.toModelVersion(model));
    }

    @Override
    public VersionDraft stage(NewVersion version, boolean first, Cancellation cancellation) {
        return new VersionDraft(Map.of(OPERATION, version.operation()));
    }

    @Override
    public Manifest upload(
            VersionDraft staging, ModelFiles files, TransferProgress progress, Cancellation cancellation) {
        Path lock = root.resolve(ModelDirectories.LOCK);
        try (FileLocks.Held using = FileLocks.shared(disk.files().checked(lock))) {
            Manifest manifest = blobs.store(files, progress, cancellation);
            ObjectNode json = StoredVersion.manifestJson(manifest);
            disk.replace(stagingFile(staging.require(OPERATION)), json);
            return manifest;
        } catch (IOException e) {
            throw JsonFiles.failed("lock", lock, e);
        }
    }

    private Path stagingFile(String operation) {
        return root.resolve("staging").resolve(FileNames.encode(operation) + ".json");
    }

    @Override
    public ModelVersion createVersion(
            NewVersion version, Optional<VersionDraft> staging, Optional<String> digest, Cancellation cancellation) {
        check(version);
        Path staged = stagingFile(version.operation());
        Manifest manifest = disk.read(staged, StoredVersion::manifest, "Delete it, and register the model again.")
                .orElseThrow(() -> ErrorKind.CORRUPT.error(
                        "The files of this registration are gone from " + staged + ". Register again."));
        digest.filter(expected -> !expected.equals(manifest.digest())).ifPresent(expected -> {
            throw ErrorKind.CONFLICT.error(
                    "What is staged for the registration " + version.operation() + " has the digest "
                            + manifest.digest() + ", not " + expected
                            + ": another registration with the same id replaced the files. Nothing was registered."
                            + " Register again.");
        });
        Map<String, String> tags = new TreeMap<>(version.tags());
        tags.put(Tags.OPERATION, version.operation());
        tags.put(Tags.DIGEST, manifest.digest());
        StoredVersion stored = models.create(
                version.name(),
                number -> new StoredVersion(
                        number,
                        version.operation(),
                        tags,
                        version.metrics(),
                        version.description(),
                        clock.instant(),
                        manifest));
        disk.delete(staged);
        return stored.toModelVersion(version.name());
    }

    @Override
    public ModelVersion version(String model, String version, Cancellation cancellation) {
        return stored(model, version).toModelVersion(model);
    }

    private StoredVersion stored(String model, String version) {
        models.require(model);
        return models.version(model, version)
                .orElseThrow(() -> ErrorKind.NOT_FOUND.error("There is no version " + TextSanitizer.brief(version, 60)
                        + " of " + model + " in " + root + "."));
    }

    /** The very version that was read before, and no other one that has its number now. */
    private StoredVersion same(ModelVersion version) {
        StoredVersion stored = stored(version.name(), version.version());
        if (!stored.toModelVersion(version.name()).fingerprint().equals(version.fingerprint())) {
            throw ErrorKind.NOT_FOUND.error(
                    version.name() + "/" + version.version() + " was deleted and created again in " + root
                            + " since it was read. The present version is another one. Start again with it.");
        }
        return stored;
    }

    @Override
    public ModelAliases aliases(String model, Cancellation cancellation) {
        models.require(model);
        return models.aliases(model);
    }

    @Override
    public AliasMove moveAlias(String model, AliasChange change, Cancellation cancellation) {
        checkAlias(change.alias());
        change.to().ifPresent(version -> stored(model, version));
        return models.moveAlias(model, change);
    }

    @Override
    public void tagVersion(String model, String version, String key, String value, Cancellation cancellation) {
        RegistryNames.checkTag(key, value);
        stored(model, version);
        models.change(model, version, stored -> stored.withTag(key, value));
    }

    @Override
    public Metrics metrics(ModelVersion version, Cancellation cancellation) {
        return same(version).metrics();
    }

    @Override
    public Manifest download(ModelVersion version, Path into, TransferProgress progress, Cancellation cancellation) {
        Manifest manifest = same(version).manifest();
        blobs.copyTo(manifest, into, progress, cancellation);
        return manifest;
    }

    @Override
    public void close() {}

    /** Clears away what a crash left half written, unless somebody is writing now. Returns what was done, in words. */
    private static List<String> removeLeftovers(ConfinedFiles files) {
        Path root = files.root();
        List<String> done = new ArrayList<>();
        try (FileLocks.Held alone = FileLocks.tryExclusive(files.checked(root.resolve(ModelDirectories.LOCK)))
                .orElse(null)) {
            if (alone == null) {
                return done;
            }
            for (Path rubbish : findLeftovers(root)) {
                files.delete(rubbish);
                done.add("removed " + root.relativize(rubbish) + ", which a crash left incomplete");
            }
            return List.copyOf(done);
        } catch (IOException | UncheckedIOException e) {
            throw DeliveryException.ofDisk("repair the registry in " + root, e);
        }
    }

    private static List<Path> findLeftovers(Path root) throws IOException {
        try (Stream<Path> walk = Files.find(
                root,
                DEEPEST_LEFTOVER,
                (path, attributes) -> path.getFileName().toString().startsWith(JsonFiles.ASIDE))) {
            return walk.toList();
        }
    }
}
