package io.jenkins.plugins.modeldelivery.engine.serving;

import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.DurableFiles;
import io.jenkins.plugins.modeldelivery.engine.model.Json;
import io.jenkins.plugins.modeldelivery.engine.model.Manifest;
import io.jenkins.plugins.modeldelivery.engine.model.ModelFiles;
import io.jenkins.plugins.modeldelivery.engine.model.Problem;
import io.jenkins.plugins.modeldelivery.engine.model.Texts;
import io.jenkins.plugins.modeldelivery.engine.model.TransferProgress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The directory that a server reads, with the files of a version in {@code <endpoint>/<version>/}. Files arrive in a hidden
 * directory beside it and are renamed into place; versions that are no longer published wait in another one, for a
 * rollback. A candidate that is tested beside what is live has a directory, and so a name, of its own.
 */
public final class ModelRepository {
    private static final Pattern ENDPOINT = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}");
    private static final Pattern VERSION = Pattern.compile("[1-9][0-9]{0,17}");

    /** Triton's description of a model, which an administrator may have put beside the versions. */
    private static final String TRITON_CONFIGURATION = "config.pbtxt";

    private static final String CANDIDATE = "--candidate";

    private final Path root;
    private final Path hidden;
    private final RepositoryLayout layout;
    private final int keep;

    /** @param keep how many versions that are no longer published are kept for a rollback; at least 1 */
    public ModelRepository(Path root, RepositoryLayout layout, int keep) {
        this.root = root;
        this.layout = layout;
        this.hidden = root.resolve(".model-delivery");
        this.keep = keep;
    }

    String location() {
        return root.toString();
    }

    void checkEndpoint(String endpoint) {
        if (!ENDPOINT.matcher(endpoint).matches()) {
            throw new DeliveryException(
                    Problem.INVALID_INPUT,
                    "\"" + Texts.brief(endpoint, 60)
                            + "\" cannot be the name of an endpoint: it becomes a directory and a part"
                            + " of a URL, so use 1 to 100 letters, digits, . _ or -, and do not begin with a dot.");
        }
        if (endpoint.endsWith(CANDIDATE)) {
            throw new DeliveryException(
                    Problem.INVALID_INPUT,
                    "\"" + endpoint + "\" cannot be the name of an endpoint: names that end in " + CANDIDATE
                            + " are those of versions under test.");
        }
    }

    /** The name of a version under test, beside the endpoint that it may become. */
    static String candidateName(String endpoint) {
        return endpoint + CANDIDATE;
    }

    private Path stateFile(String endpoint) {
        return hidden.resolve("endpoints").resolve(endpoint + ".json");
    }

    private EndpointState state(String endpoint) {
        Path file = stateFile(endpoint);
        byte[] bytes;
        try {
            if (!Files.exists(file)) {
                return EndpointState.EMPTY;
            }
            bytes = Files.readAllBytes(file);
        } catch (IOException e) {
            throw failed("read " + file, e);
        }
        try {
            return EndpointState.fromJson(Json.read(bytes, Problem.CORRUPT, "It"));
        } catch (IllegalArgumentException | DeliveryException e) {
            throw new DeliveryException(
                    Problem.CORRUPT,
                    "The state of the endpoint, " + file + ", is damaged (" + Texts.brief(e.getMessage(), 200)
                            + "), so what is live cannot be told. Nothing was changed. Restore the file from a backup; or"
                            + " look at what is served, delete the file, and deploy again.",
                    e);
        }
    }

    private void remember(String endpoint, EndpointState state) throws IOException {
        Path file = stateFile(endpoint);
        DurableFiles.replace(file, file.resolveSibling(file.getFileName() + ".new"), Json.pretty(state.toJson()));
    }

    Optional<ServedVersion> live(String endpoint) {
        return state(endpoint).live();
    }

    private Path incoming(Rollout rollout) {
        return hidden.resolve("incoming").resolve(rollout.id());
    }

    private Path published(String endpoint, String version) {
        return root.resolve(endpoint).resolve(version);
    }

    private Path kept(String endpoint, String version) {
        return hidden.resolve("kept").resolve(endpoint).resolve(version);
    }

    boolean isIn(Rollout rollout) {
        return Files.isDirectory(incoming(rollout))
                || Files.isDirectory(
                        published(rollout.endpoint(), rollout.candidate().version()));
    }

    void bringIn(Rollout rollout, ModelFiles files, TransferProgress progress, Cancellation cancellation) {
        try {
            check(rollout);
            Path incoming = incoming(rollout);
            Directories.delete(incoming);
            checkDigest(rollout, Directories.copy(files, incoming, progress, cancellation));
            layout.prepare(incoming);
        } catch (IOException e) {
            throw failed("bring the files into " + root, e);
        }
    }

    /** A new place in which others may lay down the files of the rollout; earlier ones of the same rollout go. */
    Landing landing(Rollout rollout) {
        try {
            check(rollout);
            clearLandings(rollout);
            return new Landing(
                    landings(rollout).resolve(UUID.randomUUID().toString()),
                    UUID.randomUUID().toString(),
                    landed -> take(rollout, landed));
        } catch (IOException e) {
            throw failed("make a place for the files in " + root, e);
        }
    }

    private Path landings(Rollout rollout) {
        return hidden.resolve("landing").resolve(rollout.id());
    }

    /** A machine that was given up may still write there: what cannot be taken away now is in nobody's way. */
    private void clearLandings(Rollout rollout) {
        try {
            Directories.delete(landings(rollout));
        } catch (IOException | UncheckedIOException e) {
            return;
        }
    }

    private void take(Rollout rollout, Landing.Landed landed) {
        try {
            check(rollout);
            checkDigest(rollout, landed.manifest());
            layout.prepare(landed.files());
            Path incoming = incoming(rollout);
            Directories.delete(incoming);
            DurableFiles.rename(landed.files(), incoming);
        } catch (IOException e) {
            throw failed("take the files into " + root, e);
        }
    }

    private void check(Rollout rollout) throws IOException {
        String version = rollout.candidate().version();
        if (!VERSION.matcher(version).matches()) {
            throw new DeliveryException(
                    Problem.INVALID_INPUT,
                    "The version \"" + Texts.brief(version, 40)
                            + "\" cannot be published here: servers that poll a model"
                            + " repository read whole numbers as versions.");
        }
        Optional<ServedVersion> live = live(rollout.endpoint());
        if (!live.equals(rollout.previous()) && !live.equals(Optional.of(rollout.candidate()))) {
            throw new DeliveryException(
                    Problem.CONFLICT,
                    "Another rollout changed the endpoint " + rollout.endpoint()
                            + " meanwhile. Nothing was changed by this" + " one; deploy again.");
        }
        if (live.isEmpty() && layout.foreign(root.resolve(rollout.endpoint()))) {
            throw new DeliveryException(
                    Problem.CONFLICT,
                    "In " + root.resolve(rollout.endpoint())
                            + " is a model that was not deployed from here, and could not"
                            + " be put back. Move it away, or deploy under another name.");
        }
    }

    private static void checkDigest(Rollout rollout, Manifest manifest) {
        rollout.candidate().digest().filter(d -> !d.equals(manifest.digest())).ifPresent(expected -> {
            throw new DeliveryException(
                    Problem.CONFLICT,
                    "The files that arrived are not those that were gated: digest " + manifest.digest() + " instead of "
                            + expected + ". Nothing was published.");
        });
    }

    /** The candidate's files appear a second time, under its own name; on one file system that takes no room. */
    void showCandidate(Rollout rollout) {
        String name = candidateName(rollout.endpoint());
        String version = rollout.candidate().version();
        try {
            Directories.delete(root.resolve(name));
            Path files =
                    Files.isDirectory(incoming(rollout)) ? incoming(rollout) : published(rollout.endpoint(), version);
            Directories.link(files, root.resolve(name).resolve(version));
            Path configuration = root.resolve(rollout.endpoint()).resolve(TRITON_CONFIGURATION);
            if (Files.exists(configuration)) {
                Files.copy(configuration, root.resolve(name).resolve(TRITON_CONFIGURATION));
            }
            layout.point(root.resolve(name), name, version);
        } catch (IOException e) {
            throw failed("show the candidate " + name, e);
        }
    }

    void hideCandidate(String endpoint) {
        try {
            Directories.delete(root.resolve(candidateName(endpoint)));
        } catch (IOException e) {
            throw failed("take away the candidate of " + endpoint, e);
        }
    }

    /** The candidate becomes what the server takes; higher versions go, if it takes the highest. */
    void publish(Rollout rollout) {
        String endpoint = rollout.endpoint();
        String version = rollout.candidate().version();
        try {
            Path target = published(endpoint, version);
            if (Files.isDirectory(incoming(rollout))) {
                Directories.delete(target);
                DurableFiles.rename(incoming(rollout), target);
            }
            layout.point(root.resolve(endpoint), endpoint, version);
            for (String other : versions(root.resolve(endpoint))) {
                if (layout.highestWins() && Long.parseLong(other) > Long.parseLong(version)) {
                    setAside(endpoint, other);
                }
            }
            remember(endpoint, new EndpointState(Optional.of(rollout.candidate()), rollout.previous()));
        } catch (IOException e) {
            throw failed("publish " + endpoint + "/" + version, e);
        }
    }

    private void setAside(String endpoint, String version) throws IOException {
        Path kept = kept(endpoint, version);
        Directories.delete(kept);
        DurableFiles.rename(published(endpoint, version), kept);
    }

    /** What is not live is set aside; of that, the newest stay, and the previous one always. */
    void prune(String endpoint) {
        EndpointState state = state(endpoint);
        String live = state.live().map(ServedVersion::version).orElse("");
        String previous = state.previous().map(ServedVersion::version).orElse("");
        try {
            for (String version : versions(root.resolve(endpoint))) {
                if (!version.equals(live)) {
                    setAside(endpoint, version);
                }
            }
            List<String> old = versions(hidden.resolve("kept").resolve(endpoint));
            for (String version : old.subList(Math.min(keep, old.size()), old.size())) {
                if (!version.equals(previous)) {
                    Directories.delete(kept(endpoint, version));
                }
            }
        } catch (IOException e) {
            throw failed("prune " + endpoint, e);
        }
    }

    void restore(Rollout rollout) {
        String endpoint = rollout.endpoint();
        try {
            Directories.delete(incoming(rollout));
            clearLandings(rollout);
            if (rollout.previous().isPresent()) {
                String previous = rollout.previous().get().version();
                if (Files.isDirectory(kept(endpoint, previous)) && !Files.isDirectory(published(endpoint, previous))) {
                    DurableFiles.rename(kept(endpoint, previous), published(endpoint, previous));
                }
            }
            if (rollout.previous().isPresent()) {
                layout.point(
                        root.resolve(endpoint),
                        endpoint,
                        rollout.previous().get().version());
            } else {
                layout.unpoint(root.resolve(endpoint));
            }
            boolean same = rollout.previous()
                    .map(ServedVersion::version)
                    .equals(Optional.of(rollout.candidate().version()));
            if (!same) {
                Directories.delete(published(endpoint, rollout.candidate().version()));
            }
            remember(endpoint, new EndpointState(rollout.previous(), Optional.empty()));
        } catch (IOException e) {
            throw failed("restore " + endpoint, e);
        }
    }

    /** Highest first. */
    private static List<String> versions(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> list = Files.list(directory)) {
            List<String> found = new ArrayList<>(list.map(p -> p.getFileName().toString())
                    .filter(VERSION.asMatchPredicate())
                    .toList());
            found.sort((a, b) -> Long.compare(Long.parseLong(b), Long.parseLong(a)));
            return found;
        }
    }

    private static DeliveryException failed(String what, IOException e) {
        return new DeliveryException(Problem.LOCAL_IO, "Cannot " + what + ": " + e, e);
    }
}
