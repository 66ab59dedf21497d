package io.jenkins.plugins.modeldelivery.engine.serving.directory;

import io.jenkins.plugins.modeldelivery.engine.io.ConfinedFiles;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.Manifest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The revisions that are kept of one endpoint, each under its content digest: {@code <hex>/files/…} as they were registered,
 * and {@code <hex>/listing.json}. What the server reads are further names of the same files.
 */
record RevisionStore(ConfinedFiles store, Path directory) {
    private static final String FILES = "files";
    private static final String LISTING = "listing.json";

    private Path home(String digest) {
        return directory.resolve(digest.substring(digest.indexOf(':') + 1));
    }

    Path files(String digest) {
        return home(digest).resolve(FILES);
    }

    /** Empty if there is no such revision, or what is left of it cannot be read. */
    Optional<FileSnapshot> listing(String digest) throws IOException {
        Path file = home(digest).resolve(LISTING);
        if (!store.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(FileSnapshot.fromJson(Json.read(store.read(file), ErrorKind.CORRUPT, "It")));
        } catch (DeliveryException | IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }

    boolean whole(String digest, boolean thorough) throws IOException {
        Optional<FileSnapshot> listing = listing(digest);
        return listing.isPresent()
                && listing.get().compare(store, files(digest), UnaryOperator.identity(), thorough)
                        == FileSnapshot.Condition.WHOLE;
    }

    /** Takes files that have arrived; they are no longer where they were. */
    void put(Path files, Manifest manifest) throws IOException {
        String digest = manifest.digest();
        if (whole(digest, true)) {
            return;
        }
        Path aside = directory.resolve(home(digest).getFileName() + ".new");
        store.delete(aside);
        store.createDirectories(aside);
        store.write(
                aside.resolve(LISTING),
                Json.text(FileSnapshot.of(files, manifest).toJson()).getBytes(StandardCharsets.UTF_8));
        store.rename(files, aside.resolve(FILES));
        store.delete(home(digest));
        store.rename(aside, home(digest));
    }

    /**
     * Reads every file.
     *
     * @throws DeliveryException CORRUPT if the revision is not there, or not as it was
     */
    void verify(String digest) throws IOException {
        if (!whole(digest, true)) {
            throw ErrorKind.CORRUPT.error("The kept files in " + files(digest)
                    + " are incomplete, or no longer have the digest " + digest + ".");
        }
    }

    /** The newest that are used stay longest. */
    void used(String digest, Instant now) throws IOException {
        store.touch(home(digest).resolve(LISTING), now);
    }

    /**
     * Deletes all but the newest.
     *
     * @param pinned digests that stay in any case, and do not count
     */
    void prune(int keep, Set<String> pinned) throws IOException {
        Set<Path> stay = Set.copyOf(pinned.stream().map(this::home).toList());
        List<Path> old = store.list(directory).stream()
                .filter(path -> !stay.contains(path))
                .sorted(Comparator.comparing(RevisionStore::lastUsed).reversed())
                .toList();
        for (Path path : old.subList(Math.min(keep, old.size()), old.size())) {
            deleteHome(path);
        }
    }

    void delete(String digest) throws IOException {
        deleteHome(home(digest));
    }

    /** Without its listing, what is left counts for nothing. */
    private void deleteHome(Path home) throws IOException {
        store.deleteFile(home.resolve(LISTING));
        store.delete(home);
    }

    private static Instant lastUsed(Path home) {
        try {
            return Files.getLastModifiedTime(home.resolve(LISTING), LinkOption.NOFOLLOW_LINKS)
                    .toInstant();
        } catch (IOException e) {
            return Instant.EPOCH;
        }
    }
}
