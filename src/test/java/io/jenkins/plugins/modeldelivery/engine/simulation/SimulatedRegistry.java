package io.jenkins.plugins.modeldelivery.engine.simulation;

import io.jenkins.plugins.modeldelivery.engine.io.ModelFiles;
import io.jenkins.plugins.modeldelivery.engine.metrics.Metrics;
import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.Manifest;
import io.jenkins.plugins.modeldelivery.engine.model.ModelVersion;
import io.jenkins.plugins.modeldelivery.engine.model.Tags;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The registry as one operation sees it: every call may fail, come late or be interrupted by what others do. */
final class SimulatedRegistry implements ModelRegistry {
    private static final String OPERATION = "operation";

    private final World world;
    private final Worker worker;
    private final HeldRegistry held;

    SimulatedRegistry(World world, Worker worker) {
        this.world = world;
        this.worker = worker;
        this.held = world.registry;
    }

    @Override
    public RegistryInfo describe(Cancellation cancellation) {
        return new RegistryInfo("simulated", "", "memory", List.of(), List.of());
    }

    @Override
    public void checkName(String model) {
        RegistryNames.checkModel(model);
    }

    @Override
    public void check(NewVersion version) {
        RegistryNames.checkVersion(version);
    }

    @Override
    public void checkAlias(String alias) {
        RegistryNames.checkAlias(alias);
    }

    @Override
    public VersionSource resolve(VersionSource source, Cancellation cancellation) {
        return source;
    }

    @Override
    public Optional<ModelVersion> findByOperation(String model, String operation, Cancellation cancellation) {
        return world.read(worker, "find operation " + operation, () -> {
            List<HeldVersion> found = held.madeBy(model, operation);
            if (found.size() > 1) {
                throw ErrorKind.CONFLICT.error("Several versions claim to be made by " + operation);
            }
            return found.stream().findFirst().map(HeldVersion::told);
        });
    }

    @Override
    public VersionDraft stage(NewVersion version, boolean first, Cancellation cancellation) {
        return world.change(
                worker, "stage " + version.name(), () -> new VersionDraft(Map.of(OPERATION, version.operation())));
    }

    @Override
    public Manifest upload(
            VersionDraft staging, ModelFiles files, TransferProgress progress, Cancellation cancellation) {
        String operation = staging.require(OPERATION);
        return world.change(worker, "upload", () -> {
            Payload payload = Payload.of(text(files.resolve(files.files().get(0))));
            held.staged.put(operation, payload);
            return payload.manifest();
        });
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public ModelVersion createVersion(
            NewVersion version, Optional<VersionDraft> staging, Optional<String> digest, Cancellation cancellation) {
        return world.change(worker, "create version of " + version.name(), () -> {
            Payload payload = held.staged.get(version.operation());
            if (payload == null) {
                throw ErrorKind.NOT_FOUND.error("nothing was staged");
            }
            if (digest.isPresent() && !digest.get().equals(payload.digest())) {
                throw ErrorKind.CONFLICT.error("another registration staged other files");
            }
            double auc = version.metrics().all().iterator().next().value();
            HeldVersion made = held.create(version.name(), payload, auc, world.clock.instant());
            made.tags.putAll(version.tags());
            made.tags.put(Tags.OPERATION, version.operation());
            made.operation = version.operation();
            digest.ifPresent(d -> made.tags.put(Tags.DIGEST, d));
            made.pending = world.random.perMille(200) ? 1 + world.random.below(3) : 0;
            world.invariants.created(worker, made);
            return made.told();
        });
    }

    @Override
    public ModelVersion version(String model, String version, Cancellation cancellation) {
        return world.read(worker, "read " + model + "/" + version, () -> {
            world.saw(worker, model);
            HeldVersion found = held.require(model, version);
            ModelVersion told = found.told();
            found.pending = Math.max(0, found.pending - 1);
            return told;
        });
    }

    @Override
    public ModelAliases aliases(String model, Cancellation cancellation) {
        return world.read(worker, "read aliases of " + model, () -> {
            world.saw(worker, model);
            return SeenAliases.of(held.require(model));
        });
    }

    @Override
    public Optional<ModelVersion> versionOf(String model, String alias, Cancellation cancellation) {
        return world.read(worker, "read " + model + "@" + alias, () -> {
            world.saw(worker, model);
            HeldModel found = held.require(model);
            return Optional.ofNullable(found.aliases.get(alias))
                    .map(found.versions::get)
                    .map(HeldVersion::told);
        });
    }

    @Override
    public AliasMove moveAlias(String model, AliasChange change, Cancellation cancellation) {
        String what = "move " + model + "@" + change.alias() + " "
                + change.expected().orElse("-") + " > " + change.to().orElse("-");
        if (world.profile.alwaysConflict()) {
            return world.read(worker, what + " (always a conflict)", () -> {
                Optional<String> actual =
                        Optional.ofNullable(held.require(model).aliases.get(change.alias()));
                return new AliasMove(AliasMove.Outcome.CONFLICT, actual);
            });
        }
        return held.comparesAndSets
                ? world.change(worker, what, () -> move(model, change))
                : moveAsMlflow(what, model, change);
    }

    private AliasMove move(String model, AliasChange change) {
        HeldModel found = held.require(model);
        change.to().ifPresent(version -> held.require(model, version));
        Optional<AliasMove> standing = standing(found, change);
        if (standing.isPresent()) {
            return standing.get();
        }
        found.remember(change.alias(), change.to(), change.operation());
        set(found, change);
        return new AliasMove(AliasMove.Outcome.MOVED, change.to());
    }

    private Optional<AliasMove> standing(HeldModel found, AliasChange change) {
        Optional<String> actual = Optional.ofNullable(found.aliases.get(change.alias()));
        world.invariants.looked(worker, found.name, change.alias());
        return change.standing(actual, found.operations(change.alias())).map(outcome -> new AliasMove(outcome, actual));
    }

    private void set(HeldModel found, AliasChange change) {
        Optional<Long> before = found.versionOf(change.alias());
        change.to()
                .ifPresentOrElse(
                        version -> found.aliases.put(change.alias(), version),
                        () -> found.aliases.remove(change.alias()));
        world.invariants.aliasMoved(worker, found, change.alias(), before, change.to());
    }

    /** As the adapter of MLflow, which cannot compare and set: what others do between its last read and its write is lost. */
    private AliasMove moveAsMlflow(String what, String model, AliasChange change) {
        Optional<AliasMove> standing = compare(what, model, change);
        if (standing.isPresent()) {
            return standing.get();
        }
        List<String> begun = List.copyOf(held.require(model).operations(change.alias()));
        world.change(worker, "remember, to " + what, () -> {
            held.require(model).remember(change.alias(), change.to(), change.operation());
            return change;
        });
        Optional<AliasMove> since = world.read(worker, "compare again, to " + what, () -> {
            worker.effects.compared.put(change.alias(), world.step());
            HeldModel found = held.require(model);
            Optional<String> actual = Optional.ofNullable(found.aliases.get(change.alias()));
            return change.standing(actual, begun).map(outcome -> new AliasMove(outcome, actual));
        });
        if (since.isPresent()) {
            return since.get();
        }
        world.change(worker, what, () -> {
            HeldModel found = held.require(model);
            change.to().ifPresent(version -> held.require(model, version));
            set(found, change);
            return change;
        });
        Optional<String> actual = readBack(what, model, change);
        return new AliasMove(
                actual.equals(change.to()) ? AliasMove.Outcome.MOVED : AliasMove.Outcome.OVERTAKEN, actual);
    }

    private Optional<AliasMove> compare(String what, String model, AliasChange change) {
        return world.read(worker, "compare, to " + what, () -> standing(held.require(model), change));
    }

    private Optional<String> readBack(String what, String model, AliasChange change) {
        try {
            return world.read(worker, "read back, to " + what, () -> {
                Optional<String> now =
                        Optional.ofNullable(held.require(model).aliases.get(change.alias()));
                world.invariants.looked(worker, model, change.alias());
                return now;
            });
        } catch (DeliveryException e) {
            return change.to();
        }
    }

    @Override
    public void tagVersion(String model, String version, String key, String value, Cancellation cancellation) {
        world.change(
                worker,
                "tag " + model + "/" + version,
                () -> held.require(model, version).tags.put(key, value));
    }

    @Override
    public Metrics metrics(ModelVersion version, Cancellation cancellation) {
        return world.read(
                worker,
                "read metrics of " + version.name() + "/" + version.version(),
                () -> Metrics.of(Map.of("auc", same(version).auc)));
    }

    /** By what the registry fixed when it made the version, not by its number. */
    private HeldVersion same(ModelVersion version) {
        HeldVersion found = held.require(version.name(), version.version());
        if (!found.fingerprint().equals(version.fingerprint())) {
            throw ErrorKind.NOT_FOUND.error("That version is not there any more");
        }
        return found;
    }

    @Override
    public Manifest download(ModelVersion version, Path into, TransferProgress progress, Cancellation cancellation) {
        return world.read(worker, "download " + version.name() + "/" + version.version(), () -> {
            HeldVersion found = same(version);
            Payload payload = found.payload;
            worker.effects.downloadedFingerprint = found.fingerprint();
            worker.effects.downloaded = payload;
            try {
                Files.createDirectories(into);
                Files.writeString(into.resolve(Payload.FILE), payload.text());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return payload.manifest();
        });
    }

    @Override
    public void close() {}

    /** The result of a read of the aliases; immutable. */
    private record SeenAliases(
            Map<String, String> targets, Map<String, List<String>> histories, Map<String, Set<String>> begun)
            implements ModelAliases {
        static SeenAliases of(HeldModel model) {
            Map<String, List<String>> histories = new HashMap<>();
            Map<String, Set<String>> begun = new HashMap<>();
            for (String alias : World.ALIASES) {
                histories.put(alias, model.history(alias));
                begun.put(alias, model.operations(alias));
            }
            return new SeenAliases(Map.copyOf(model.aliases), histories, begun);
        }

        @Override
        public List<String> history(String alias) {
            return histories.getOrDefault(alias, List.of());
        }

        @Override
        public Set<String> operations(String alias) {
            return begun.getOrDefault(alias, Set.of());
        }
    }
}
