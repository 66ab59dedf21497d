package io.jenkins.plugins.modeldelivery.engine.serving.directory;

import io.jenkins.plugins.modeldelivery.engine.io.ConfinedFiles;
import io.jenkins.plugins.modeldelivery.engine.io.FileLocks;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.Sha256;
import io.jenkins.plugins.modeldelivery.engine.model.TextSanitizer;
import io.jenkins.plugins.modeldelivery.engine.serving.EndpointState;
import io.jenkins.plugins.modeldelivery.engine.serving.Revision;
import io.jenkins.plugins.modeldelivery.engine.serving.SmokeTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What this program keeps of an endpoint of a target, outside of what the server reads: {@code state.json}, {@code lock},
 * {@code revisions/}, {@code incoming/} and {@code smoke-tests/}.
 */
record EndpointStore(ConfinedFiles files, Path home) {
    /** Held for each change, never while a server is asked. */
    FileLocks.Held lock() throws IOException {
        return FileLocks.exclusive(files.checked(home.resolve("lock")));
    }

    RevisionStore revisions() {
        return new RevisionStore(files, home.resolve("revisions"));
    }

    /** For the files of one rollout that have not all arrived. */
    Path incoming(String rollout) {
        return home.resolve("incoming").resolve(rollout);
    }

    /** Where directories are made before they are renamed to where the server reads them. */
    Path staging() {
        return home.resolve("staging");
    }

    StoredEndpoint read() {
        Path file = home.resolve("state.json");
        byte[] bytes;
        try {
            bytes = files.read(file);
        } catch (NoSuchFileException e) {
            return StoredEndpoint.EMPTY;
        } catch (IOException e) {
            throw DeliveryException.ofDisk("read " + file, e);
        }
        try {
            return StoredEndpoint.fromJson(Json.read(bytes, ErrorKind.CORRUPT, "It"));
        } catch (IllegalArgumentException | DateTimeException | DeliveryException e) {
            throw ErrorKind.CORRUPT.error(
                    "The state of the endpoint, " + file + ", is damaged (" + TextSanitizer.brief(e.getMessage(), 200)
                            + "), so it is unknown which version is live. Nothing was changed. Restore the file from a"
                            + " backup. Or move away the files that the server reads for this endpoint, delete the state"
                            + " file, and deploy again.",
                    e);
        }
    }

    void write(StoredEndpoint stored) throws IOException {
        Path file = home.resolve("state.json");
        files.replace(
                file,
                file.resolveSibling("state.json.new"),
                Json.pretty(stored.toJson()).getBytes(StandardCharsets.UTF_8));
    }

    private Path tests() {
        return home.resolve("smoke-tests");
    }

    /** @return SHA-256, under which it is found again */
    String remember(SmokeTest test) throws IOException {
        byte[] text = Json.canonical(test.toJson()).getBytes(StandardCharsets.UTF_8);
        String hash = Sha256.hex(text);
        Path file = tests().resolve(hash + ".json");
        if (!files.exists(file)) {
            files.replace(file, file.resolveSibling(hash + ".new"), text);
        }
        return hash;
    }

    Optional<SmokeTest> smokeTest(String hash) {
        Path file = tests().resolve(hash + ".json");
        try {
            return Optional.of(
                    SmokeTest.fromJson(Json.read(files.read(file), ErrorKind.CORRUPT, "The smoke test " + file)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw DeliveryException.ofDisk("read " + file, e);
        }
    }

    /**
     * Deletes what no rollback needs.
     *
     * @param candidate of the rollout that has ended; if it is not live, it failed, and kept it would take the place of a
     *     revision that did not
     */
    void prune(EndpointState state, Optional<Revision> candidate, int keep) throws IOException {
        Set<String> digests = new TreeSet<>();
        Set<String> tests = new TreeSet<>();
        for (Optional<Revision> revision : List.of(state.live(), state.previous())) {
            revision.map(Revision::digest).ifPresent(digests::add);
            revision.flatMap(Revision::smokeTest).ifPresent(tests::add);
        }
        RevisionStore revisions = revisions();
        if (candidate.filter(c -> !digests.contains(c.digest())).isPresent()) {
            revisions.delete(candidate.get().digest());
        }
        revisions.prune(keep, digests);
        pruneTests(tests);
    }

    private void pruneTests(Set<String> stay) throws IOException {
        for (Path file : files.list(tests())) {
            String name = file.getFileName().toString();
            if (stay.stream().noneMatch(hash -> name.equals(hash + ".json"))) {
                files.deleteFile(file);
            }
        }
    }
}
