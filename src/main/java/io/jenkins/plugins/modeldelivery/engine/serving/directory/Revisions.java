package io.jenkins.plugins.modeldelivery.engine.serving.directory;

import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.DurableFiles;
import io.jenkins.plugins.modeldelivery.engine.model.Json;
import io.jenkins.plugins.modeldelivery.engine.model.Manifest;
import io.jenkins.plugins.modeldelivery.engine.model.Problem;
import io.jenkins.plugins.modeldelivery.engine.serving.FileTrees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The revisions that are kept of one endpoint, each under its content digest: {@code <hex>/files/…} as they were registered,
 * and {@code <hex>/listing.json}. What the server reads are further names of the same files.
 */
record Revisions(Path directory) {
    private static final String FILES = "files";
    private static final String LISTING = "listing.json";

    private Path home(String digest) {
        return directory.resolve(digest.substring(digest.indexOf(':') + 1));
    }

    Path files(String digest) {
        return home(digest).resolve(FILES);
    }

    /** Empty if there is no such revision, or what is left of it cannot be read. */
    Optional<Listing> listing(String digest) throws IOException {
        Path file = home(digest).resolve(LISTING);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Listing.fromJson(Json.read(Files.readAllBytes(file), Problem.CORRUPT, "It")));
        } catch (DeliveryException | IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }

    boolean whole(String digest, boolean thorough) throws IOException {
        Optional<Listing> listing = listing(digest);
        return listing.isPresent()
                && listing.get().compare(files(digest), UnaryOperator.identity(), thorough) == Listing.Condition.WHOLE;
    }

    /** Takes files that have arrived; they are no longer where they were. */
    void put(Path files, Manifest manifest) throws IOException {
        String digest = manifest.digest();
        if (whole(digest, true)) {
            return;
        }
        Path aside = directory.resolve(home(digest).getFileName() + ".new");
        FileTrees.delete(aside);
        Files.createDirectories(aside);
        DurableFiles.write(
                aside.resolve(LISTING), Json.text(Listing.of(files, manifest).toJson()));
        DurableFiles.rename(files, aside.resolve(FILES));
        FileTrees.delete(home(digest));
        DurableFiles.rename(aside, home(digest));
    }

    /**
     * Reads every file.
     *
     * @throws DeliveryException CORRUPT if the revision is not there, or not as it was
     */
    void verify(String digest) throws IOException {
        if (!whole(digest, true)) {
            throw new DeliveryException(
                    Problem.CORRUPT,
                    "The kept files in " + files(digest) + " are not all there, or no longer have the digest " + digest
                            + ".");
        }
    }

    /** The newest that are used stay longest. */
    void used(String digest, Instant now) throws IOException {
        Path listing = home(digest).resolve(LISTING);
        if (Files.exists(listing)) {
            Files.setLastModifiedTime(listing, FileTime.from(now));
        }
    }

    /**
     * Deletes all but the newest.
     *
     * @param pinned digests that stay in any case, and do not count
     */
    void prune(int keep, Set<String> pinned) throws IOException {
        if (!Files.isDirectory(directory)) {
            return;
        }
        Set<Path> stay = Set.copyOf(pinned.stream().map(this::home).toList());
        List<Path> old = new ArrayList<>();
        try (Stream<Path> list = Files.list(directory)) {
            list.filter(path -> !stay.contains(path)).forEach(old::add);
        }
        old.sort(Comparator.comparing(Revisions::lastUsed).reversed());
        for (Path path : old.subList(Math.min(keep, old.size()), old.size())) {
            deleteHome(path);
        }
    }

    void delete(String digest) throws IOException {
        deleteHome(home(digest));
    }

    /** Without its listing, what is left counts for nothing. */
    private static void deleteHome(Path home) throws IOException {
        Files.deleteIfExists(home.resolve(LISTING));
        FileTrees.delete(home);
    }

    private static Instant lastUsed(Path home) {
        try {
            return Files.getLastModifiedTime(home.resolve(LISTING)).toInstant();
        } catch (IOException e) {
            return Instant.EPOCH;
        }
    }
}
