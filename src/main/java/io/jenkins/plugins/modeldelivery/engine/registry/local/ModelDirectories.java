package io.jenkins.plugins.modeldelivery.engine.registry.local;

import io.jenkins.plugins.modeldelivery.engine.io.ConfinedFiles;
import io.jenkins.plugins.modeldelivery.engine.io.DurableFiles;
import io.jenkins.plugins.modeldelivery.engine.io.FileLocks;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.FileNames;
import io.jenkins.plugins.modeldelivery.engine.registry.AliasChange;
import io.jenkins.plugins.modeldelivery.engine.registry.AliasChange.AliasMove;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** Versions and aliases on disk; every change under the model's lock. */
final class ModelDirectories {
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,9}");
    /** Of the whole registry at its top, and of a model in its directory. */
    static final String LOCK = ".lock";

    private static final String VERSION_FILE = "version.json";

    private final JsonFiles disk;
    private final Path root;

    ModelDirectories(JsonFiles disk) {
        this.disk = disk;
        this.root = disk.files().root().resolve("models");
    }

    private Path directory(String model) {
        return root.resolve(FileNames.encode(model));
    }

    /** What is done under the model's lock, and under the registry's as well, which keeps repairs away meanwhile. */
    private interface Locked<T> {
        T run() throws IOException;
    }

    private <T> T locked(String model, String what, Locked<T> action) {
        try (FileLocks.Held using = FileLocks.shared(disk.files().checked(root.resolveSibling(LOCK)));
                FileLocks.Held held = FileLocks.exclusive(
                        disk.files().checked(directory(model).resolve(LOCK)))) {
            return action.run();
        } catch (IOException e) {
            throw JsonFiles.failed(what, directory(model), e);
        }
    }

    void require(String model) {
        if (!Files.isDirectory(directory(model).resolve("versions"), LinkOption.NOFOLLOW_LINKS)) {
            throw ErrorKind.NOT_FOUND.error("There is no registered model " + model + " in " + root.getParent() + ".");
        }
    }

    /** Newest first. */
    List<String> numbers(String model) {
        Path versions = directory(model).resolve("versions");
        try {
            return disk.files().list(versions).stream()
                    .map(path -> path.getFileName().toString())
                    .filter(NUMBER.asMatchPredicate())
                    .sorted(Comparator.comparing((String number) -> Long.valueOf(number))
                            .reversed())
                    .toList();
        } catch (IOException e) {
            throw JsonFiles.failed("list", versions, e);
        }
    }

    private Path versionFile(String model, String number) {
        return directory(model).resolve("versions").resolve(number).resolve(VERSION_FILE);
    }

    Optional<StoredVersion> version(String model, String number) {
        return NUMBER.matcher(number).matches()
                ? disk.read(
                        versionFile(model, number),
                        json -> StoredVersion.fromJson(number, json),
                        "Restore it from a backup, or register the model again.")
                : Optional.empty();
    }

    StoredVersion create(String model, Function<String, StoredVersion> made) {
        return locked(model, "create a version in", () -> {
            List<String> numbers = numbers(model);
            String number = String.valueOf(numbers.isEmpty() ? 1 : Long.parseLong(numbers.get(0)) + 1);
            StoredVersion stored = made.apply(number);
            Path target = directory(model).resolve("versions").resolve(number);
            Path aside = JsonFiles.aside(target);
            ConfinedFiles files = disk.files();
            try {
                files.createDirectories(aside);
                files.write(
                        aside.resolve(VERSION_FILE),
                        Json.pretty(stored.toJson()).getBytes(StandardCharsets.UTF_8));
                DurableFiles.forceDirectory(aside);
                files.rename(aside, target);
            } finally {
                // What a full disk left of it; after the rename there is nothing.
                files.delete(aside);
            }
            return stored;
        });
    }

    void change(String model, String number, UnaryOperator<StoredVersion> change) {
        locked(model, "change a version in", () -> {
            StoredVersion stored = version(model, number).orElseThrow();
            disk.replace(versionFile(model, number), change.apply(stored).toJson());
            return number;
        });
    }

    private Path aliasFile(String model) {
        return directory(model).resolve("aliases.json");
    }

    AliasTable aliases(String model) {
        return disk.read(
                        aliasFile(model),
                        AliasTable::fromJson,
                        "Restore it from a backup. Or delete it, then promote again the version that was promoted"
                                + " last according to the record.")
                .orElse(new AliasTable(Map.of(), Map.of()));
    }

    AliasMove moveAlias(String model, AliasChange change) {
        return locked(model, "move an alias in", () -> {
            AliasTable aliases = aliases(model);
            Optional<String> actual = aliases.versionOf(change.alias());
            Optional<AliasMove.Outcome> standing = change.standing(actual, aliases.operations(change.alias()));
            if (standing.isPresent()) {
                return new AliasMove(standing.get(), actual);
            }
            disk.replace(aliasFile(model), aliases.with(change).toJson());
            return new AliasMove(AliasMove.Outcome.MOVED, change.to());
        });
    }
}
