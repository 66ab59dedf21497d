package io.jenkins.plugins.modeldelivery.engine.simulation;

import io.jenkins.plugins.modeldelivery.engine.model.Tags;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Another program with the same rights, which changes registry and target directly. */
final class Outsider {
    private final World world;
    private final SeededRandom random;
    /** Aliases that were moved or removed outside of the record since their last event, as model@alias. */
    final Set<String> movedAliases = new HashSet<>();

    Outsider(World world) {
        this.world = world;
        this.random = world.random;
    }

    void act() {
        // So that a file that changes now has another time than one that was written just before.
        world.clock.advance(Duration.ofMillis(1));
        int choice = random.below(100);
        if (choice < 22) {
            moveAlias();
        } else if (choice < 34) {
            deleteVersion();
        } else if (choice < 42) {
            deleteModelAndMakeItAgain();
        } else if (choice < 52) {
            editTag();
        } else if (choice < 58) {
            changeBytes();
        } else if (choice < 68) {
            putOwnModel();
        } else if (choice < 73) {
            deleteServedFiles();
        } else if (choice < 76) {
            editServedFile();
        } else if (choice < 78) {
            changePolicy();
        } else if (choice < 86) {
            registerByHand();
        } else {
            letTimePass();
        }
        world.serving.touch();
        world.serving.notice(null);
    }

    private void did(String what, String text) {
        world.coverage.count("outsider " + what);
        world.trace(null, () -> "OUTSIDER " + what + " " + text);
    }

    private Optional<HeldModel> model() {
        List<HeldModel> all = world.registry.models.values().stream()
                .filter(m -> !m.versions.isEmpty())
                .toList();
        return all.isEmpty() ? Optional.empty() : Optional.of(random.pick(all));
    }

    private void moveAlias() {
        model().ifPresent(model -> {
            String alias = random.pick(World.ALIASES);
            if (random.perMille(200)) {
                if (model.aliases.remove(alias) != null) {
                    did("removes an alias", model.name + "@" + alias);
                    world.invariants.outsiderMoved(model.name, alias);
                }
                return;
            }
            String number = random.pick(List.copyOf(model.versions.keySet()));
            if (number.equals(model.aliases.put(alias, number))) {
                return;
            }
            if (world.registry.comparesAndSets) {
                model.remember(alias, Optional.of(number), "outsider");
            }
            did("moves an alias", model.name + "@" + alias + " > " + number);
            world.invariants.outsiderMoved(model.name, alias);
        });
    }

    private void deleteVersion() {
        model().ifPresent(model -> {
            String number = random.pick(List.copyOf(model.versions.keySet()));
            List<String> taken = model.aliases.entrySet().stream()
                    .filter(e -> e.getValue().equals(number))
                    .map(Map.Entry::getKey)
                    .toList();
            model.delete(number);
            taken.forEach(alias -> world.invariants.outsiderMoved(model.name, alias));
            did("deletes a version", model.name + "/" + number);
        });
    }

    private void deleteModelAndMakeItAgain() {
        model().ifPresent(model -> {
            int versions = model.versions.size();
            List<String> had = new ArrayList<>(model.aliases.keySet());
            world.registry.models.remove(model.name);
            World.ALIASES.forEach(alias -> world.invariants.outsiderMoved(model.name, alias));
            did("deletes a model", model.name);
            if (random.perMille(300)) {
                return;
            }
            for (int i = 0; i < versions; i++) {
                byHand(model.name);
            }
            HeldModel again = world.registry.models.get(model.name);
            for (String alias : had) {
                if (random.coin()) {
                    again.aliases.put(alias, random.pick(List.copyOf(again.versions.keySet())));
                    world.invariants.outsiderMoved(model.name, alias);
                }
            }
            did("makes a model again", model.name + " " + again.versions.keySet() + " " + again.aliases);
        });
    }

    private HeldVersion byHand(String model) {
        HeldVersion made = world.registry.create(
                model,
                Payload.number(random.below(Payload.COUNT)),
                random.pick(0.60, 0.70, 0.80, 0.90, 0.97),
                world.now());
        if (random.coin()) {
            made.tags.put(Tags.DIGEST, made.payload.digest());
        }
        return made;
    }

    private void registerByHand() {
        HeldVersion made = byHand(random.pick("churn", "fraud"));
        did("registers a version", made.model + "/" + made.number + " " + made.payload.text() + " auc " + made.auc);
    }

    private void editTag() {
        model().ifPresent(model -> {
            HeldVersion version = random.pick(List.copyOf(model.versions.values()));
            String key = random.pick(Tags.DIGEST, Tags.DIGEST, Tags.OPERATION);
            if (key.equals(Tags.OPERATION)) {
                version.tags.put(key, "same-" + random.below(3));
            } else if (random.coin()) {
                version.tags.remove(key);
            } else {
                version.tags.put(
                        key, Payload.number(random.below(Payload.COUNT)).digest());
            }
            did("edits a tag", model.name + "/" + version.number + " " + key + " = " + version.tags.get(key));
        });
    }

    private void changeBytes() {
        model().ifPresent(model -> {
            HeldVersion version = random.pick(List.copyOf(model.versions.values()));
            version.payload = Payload.number(random.below(8));
            if (random.coin()) {
                version.tags.remove(Tags.DIGEST);
            }
            did("puts other bytes", model.name + "/" + version.number + " " + version.payload.text());
        });
    }

    private void putOwnModel() {
        String target = random.pick(HeldServing.TARGETS);
        String endpoint = random.pick(HeldServing.ENDPOINTS);
        Path directory = world.serving.directory(target).resolve(endpoint);
        String number = String.valueOf(1 + random.below(5));
        Path files = directory.resolve(number);
        boolean settings = target.equals("mlserver");
        if (Files.exists(files) || settings && Files.exists(directory.resolve("model-settings.json"))) {
            return;
        }
        String text = "foreign " + world.step();
        try {
            Files.createDirectories(files);
            put(files.resolve(Payload.FILE), text);
            if (settings) {
                put(
                        directory.resolve("model-settings.json"),
                        "{\"name\":\"" + endpoint + "\",\"implementation\":\"own\",\"parameters\":{\"uri\":\"./"
                                + number + "\"}}");
                world.serving.server.load(endpoint);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        did("puts a model of its own", target + "/" + endpoint + "/" + number);
    }

    private void put(Path file, String text) throws IOException {
        Files.writeString(file, text);
        world.serving.foreign.put(file, text);
    }

    private void deleteServedFiles() {
        String target = random.pick(HeldServing.TARGETS);
        String endpoint = random.pick(HeldServing.ENDPOINTS);
        HeldServing.highest(world.serving.directory(target).resolve(endpoint)).ifPresent(version -> {
            try {
                Path file = version.resolve(Payload.FILE);
                Files.deleteIfExists(file);
                Files.delete(version);
                world.serving.foreign.remove(file);
                did("deletes served files", target + "/" + endpoint + "/" + version.getFileName());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private void editServedFile() {
        String target = random.pick(HeldServing.TARGETS);
        String endpoint = random.pick(HeldServing.ENDPOINTS);
        HeldServing.highest(world.serving.directory(target).resolve(endpoint)).ifPresent(version -> {
            try {
                put(version.resolve(Payload.FILE), "edited " + world.step());
                did("edits a served file", target + "/" + endpoint + "/" + version.getFileName());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private void changePolicy() {
        world.configuration = random.coin() ? world.configuration.changed() : Configuration.of(random);
        did("changes the policy", world.configuration.policy().sentence());
    }

    private void letTimePass() {
        Duration time = Duration.ofMinutes(random.pick(1, 20, 90));
        world.clock.advance(time);
        did("lets time pass", time.toString());
    }
}
