package io.jenkins.plugins.modeldelivery.engine.registry.local;

import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.DurableFiles;
import io.jenkins.plugins.modeldelivery.engine.model.FileLocks;
import io.jenkins.plugins.modeldelivery.engine.model.Json;
import io.jenkins.plugins.modeldelivery.engine.model.Problem;
import io.jenkins.plugins.modeldelivery.engine.registry.AliasMove;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Versions and aliases on disk; every change under the model's lock. */
final class ModelDirectories {
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,9}");
    private static final String VERSION_FILE = "version.json";

    private final Path root;

    ModelDirectories(Path root) {
        this.root = root.resolve("models");
    }

    /** Percent-encoded but for {@code a-z 0-9 _ -}: no name leaves the directory, and case never matters. */
    static String encode(String name) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
            encoded.append(plain ? String.valueOf(c) : String.format("%%%02x", (int) c));
        }
        return encoded.toString();
    }

    private Path directory(String model) {
        return root.resolve(encode(model));
    }

    private FileLocks.Held lock(String model) {
        return FileLocks.exclusive(directory(model).resolve(".lock"));
    }

    void require(String model) {
        if (!Files.isDirectory(directory(model).resolve("versions"))) {
            throw new DeliveryException(
                    Problem.NOT_FOUND, "There is no registered model " + model + " in " + root.getParent() + ".");
        }
    }

    /** Newest first. */
    List<String> numbers(String model) {
        Path versions = directory(model).resolve("versions");
        if (!Files.isDirectory(versions)) {
            return List.of();
        }
        try (Stream<Path> list = Files.list(versions)) {
            return list.map(path -> path.getFileName().toString())
                    .filter(NUMBER.asMatchPredicate())
                    .sorted(Comparator.comparing((String number) -> Long.valueOf(number))
                            .reversed())
                    .toList();
        } catch (IOException e) {
            throw Disk.failed("list", versions, e);
        }
    }

    private Path versionFile(String model, String number) {
        return directory(model).resolve("versions").resolve(number).resolve(VERSION_FILE);
    }

    Optional<StoredVersion> version(String model, String number) {
        return NUMBER.matcher(number).matches()
                ? Disk.read(versionFile(model, number)).map(StoredVersion::fromJson)
                : Optional.empty();
    }

    StoredVersion create(String model, Function<String, StoredVersion> made) {
        try (FileLocks.Held held = lock(model)) {
            List<String> numbers = numbers(model);
            String number = String.valueOf(numbers.isEmpty() ? 1 : Long.parseLong(numbers.get(0)) + 1);
            StoredVersion stored = made.apply(number);
            Path target = directory(model).resolve("versions").resolve(number);
            Path aside = Disk.aside(target);
            Files.createDirectories(aside);
            DurableFiles.write(aside.resolve(VERSION_FILE), Json.pretty(stored.toJson()));
            DurableFiles.forceDirectory(aside);
            DurableFiles.rename(aside, target);
            return stored;
        } catch (IOException e) {
            throw Disk.failed("create a version in", directory(model), e);
        }
    }

    void change(String model, String number, UnaryOperator<StoredVersion> change) {
        try (FileLocks.Held held = lock(model)) {
            StoredVersion stored = version(model, number).orElseThrow();
            Disk.replace(versionFile(model, number), change.apply(stored).toJson());
        }
    }

    private Path aliasFile(String model) {
        return directory(model).resolve("aliases.json");
    }

    Aliases aliases(String model) {
        return Disk.read(aliasFile(model)).map(Aliases::fromJson).orElse(new Aliases(Map.of(), Map.of()));
    }

    AliasMove moveAlias(String model, String alias, Optional<String> expected, Optional<String> to) {
        try (FileLocks.Held held = lock(model)) {
            Aliases aliases = aliases(model);
            Optional<String> bearer = aliases.bearer(alias);
            if (bearer.equals(to)) {
                return new AliasMove(AliasMove.Outcome.MOVED, bearer);
            }
            if (!bearer.equals(expected)) {
                return new AliasMove(AliasMove.Outcome.CONFLICT, bearer);
            }
            Disk.replace(aliasFile(model), aliases.with(alias, to).toJson());
            return new AliasMove(AliasMove.Outcome.MOVED, to);
        }
    }
}
