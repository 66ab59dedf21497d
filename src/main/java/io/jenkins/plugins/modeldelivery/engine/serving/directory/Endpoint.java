package io.jenkins.plugins.modeldelivery.engine.serving.directory;

import io.jenkins.plugins.modeldelivery.engine.io.ConfinedFiles;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.Sha256;
import io.jenkins.plugins.modeldelivery.engine.serving.Revision;
import io.jenkins.plugins.modeldelivery.engine.serving.Rollout;
import io.jenkins.plugins.modeldelivery.engine.serving.RolloutReservation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * One endpoint: its directory in what the server reads, and what this program keeps of it. When the directory changes, the
 * state says before what may be found, and after what is.
 */
record Endpoint(String name, EndpointDirectory directory, EndpointStore store) {
    private static final Pattern CANDIDATE_NAME = Pattern.compile(".*--[0-9a-f]{8}");
    private static final int HASH_DIGITS = 8;

    RevisionStore revisions() {
        return store.revisions();
    }

    private ConfinedFiles files() {
        return store.files();
    }

    /** @throws DeliveryException CONFLICT with what somebody else put here or changed */
    void check(StoredEndpoint stored) throws IOException {
        directory.check(stored, revisions());
        Optional<Path> namesake = directory.layout().namesake(files(), name);
        if (namesake.isPresent()) {
            throw ErrorKind.CONFLICT.error(
                    "Nothing was changed, because " + namesake.get() + " describes another model " + name
                            + " that was not deployed from here. Rename it, or deploy under another name.");
        }
    }

    /**
     * @param thorough read every file
     * @return what is wrong with the files of what is live
     */
    Optional<String> defect(StoredEndpoint stored, Revision live, boolean thorough) throws IOException {
        return directory.defect(stored, live.id(), live.digest(), revisions(), thorough);
    }

    /** The directory of a version under test, beside that of the endpoint. */
    EndpointDirectory candidate(String operation) {
        Path path = directory.path().resolveSibling(candidateName(name, operation));
        return new EndpointDirectory(files(), path, directory.layout(), directory.staging());
    }

    private Optional<byte[]> pointer(Revision revision) throws IOException {
        Path files = revisions().files(revision.digest());
        return directory.layout().pointer(files(), files, name, revision.id());
    }

    /**
     * Serves a revision.
     *
     * @param announced the rollout before the change
     * @param done the rollout after it
     */
    void serve(
            StoredEndpoint stored,
            RolloutReservation announced,
            Revision revision,
            Optional<Revision> previous,
            RolloutReservation done)
            throws IOException {
        Optional<byte[]> pointer = pointer(revision);
        Optional<String> hash = pointer.map(Sha256::hex);
        StoredEndpoint begun = stored.announcing(announced, revision, hash, !directory.exists());
        store.write(begun);
        StoredEndpoint shown = show(begun, revision, pointer);
        store.write(shown.serving(done, Optional.of(revision), previous, hash));
    }

    private StoredEndpoint show(StoredEndpoint stored, Revision revision, Optional<byte[]> pointer) throws IOException {
        directory.show(revision.id(), revision.digest(), revisions());
        directory.point(pointer);
        StoredEndpoint shown = stored;
        for (String number : stored.shown().keySet()) {
            if (directory.layout().highestWins() && Long.parseLong(number) > Long.parseLong(revision.id())) {
                directory.hide(number);
                shown = shown.without(number);
            }
        }
        return shown;
    }

    /** What became of the candidate, if its files have arrived and are still there. */
    Optional<Revision> arrived(RolloutReservation claim) throws IOException {
        Optional<Revision> revision = claim.revision();
        return revision.isPresent() && revisions().whole(revision.get().digest(), false) ? revision : Optional.empty();
    }

    Revision requireArrived(RolloutReservation claim) throws IOException {
        return arrived(claim)
                .orElseThrow(() -> ErrorKind.CORRUPT.error(
                        "The files of " + claim.candidate().text() + " no longer exist in the staging directory "
                                + store.home() + ". Deploy again."));
    }

    /** The candidate's files appear a second time, under its own name; on one file system this uses no space. */
    void showCandidate(RolloutReservation claim) throws IOException {
        Revision revision = requireArrived(claim);
        RepositoryLayout layout = directory.layout();
        Path from = revisions().files(revision.digest());
        Map<String, byte[]> beside = new TreeMap<>(layout.candidateFiles(files(), directory.path()));
        Optional<byte[]> pointer = layout.pointer(files(), from, candidateName(name, claim.operation()), revision.id());
        pointer.ifPresent(p -> beside.put(layout.pointerFile().orElseThrow(), p));
        candidate(claim.operation()).showWhole(revision.id(), from, beside);
    }

    /** What a process that died may not have shown to its end, or somebody took away since. */
    void repeat(StoredEndpoint stored, Revision live) throws IOException {
        if (revisions().whole(live.digest(), false)) {
            directory.check(stored, revisions());
            show(stored, live, pointer(live));
        }
    }

    void empty(StoredEndpoint stored, RolloutReservation announced, RolloutReservation done) throws IOException {
        store.write(stored.with(Optional.of(announced)));
        directory.unpoint();
        StoredEndpoint shown = stored;
        for (String number : stored.shown().keySet()) {
            directory.hide(number);
            shown = shown.without(number);
        }
        if (stored.made()) {
            directory.removeIfEmpty();
            shown = shown.unmade();
        }
        store.write(shown.serving(done, Optional.empty(), Optional.empty(), Optional.empty()));
    }

    /**
     * Takes away the version directories that are not live any more. They stay where the files of what is live are gone, since
     * a polling server serves what is left.
     */
    StoredEndpoint hideOthers(StoredEndpoint stored) throws IOException {
        Optional<Revision> live = stored.state().live();
        boolean isGone = live.isPresent() && defect(stored, live.get(), false).isPresent();
        StoredEndpoint tidy = stored;
        for (String number : isGone ? Set.<String>of() : stored.shown().keySet()) {
            if (!number.equals(live.map(Revision::id).orElse(""))
                    && directory.unchanged(number, stored.shown().get(number), revisions())) {
                directory.hide(number);
                tidy = tidy.without(number);
            }
        }
        return tidy;
    }

    /** Whether a name can be that of a version under test, beside the endpoint that it may become. */
    static boolean isCandidateName(String name) {
        return CANDIDATE_NAME.matcher(name).matches();
    }

    static String candidateName(Rollout rollout) {
        return candidateName(rollout.endpoint(), rollout.id());
    }

    static String candidateName(String endpoint, String operation) {
        return endpoint + "--"
                + Sha256.hex(operation.getBytes(StandardCharsets.UTF_8)).substring(0, HASH_DIGITS);
    }
}
