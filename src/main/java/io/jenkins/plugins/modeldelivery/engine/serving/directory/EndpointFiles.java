package io.jenkins.plugins.modeldelivery.engine.serving.directory;

import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.Manifest;
import io.jenkins.plugins.modeldelivery.engine.serving.EndpointState;
import io.jenkins.plugins.modeldelivery.engine.serving.Revision;
import io.jenkins.plugins.modeldelivery.engine.serving.Rollout;
import io.jenkins.plugins.modeldelivery.engine.serving.RolloutReservation;
import io.jenkins.plugins.modeldelivery.engine.serving.RolloutReservation.Phase;
import io.jenkins.plugins.modeldelivery.engine.serving.ServedVersion;
import io.jenkins.plugins.modeldelivery.engine.serving.SmokeTest;
import io.jenkins.plugins.modeldelivery.engine.serving.StagingArea;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The files of the endpoints of a target. Each change happens under the lock of its endpoint, checks first that the endpoint
 * belongs to the rollout and that nobody else changed anything, and says in the state what it is about to do before it
 * does it.
 */
public final class EndpointFiles {
    private final EndpointPaths places;
    private final RepositoryLayout layout;
    private final int keep;
    private final Clock clock;

    /**
     * @param root what the server reads
     * @param state outside of it; empty for {@code .<name>.model-delivery} beside it
     * @param keep how many revisions that are neither live nor the previous one are kept; at least 1
     * @throws DeliveryException INVALID_INPUT if the state would be inside of what the server reads
     */
    public EndpointFiles(Path root, Optional<Path> state, RepositoryLayout layout, int keep, Clock clock) {
        this.places = EndpointPaths.of(root, state, layout);
        this.layout = layout;
        this.keep = keep;
        this.clock = clock;
    }

    private EndpointStore store() {
        return places.store();
    }

    String location() {
        return places.root().toString();
    }

    EndpointState state(String endpoint) {
        return store().read(endpoint).state();
    }

    StoredEndpoint inspect(String endpoint) {
        places.makeStore();
        return places.locked(endpoint, "look at " + places.path(endpoint), () -> {
            StoredEndpoint stored = store().read(endpoint);
            check(endpoint, stored);
            return stored;
        });
    }

    private void check(String endpoint, StoredEndpoint stored) throws IOException {
        places.directory(endpoint).check(stored, store().revisions(endpoint));
        Optional<Path> namesake = layout.namesake(places.files(), endpoint);
        if (namesake.isPresent()) {
            throw new DeliveryException(
                    ErrorKind.CONFLICT,
                    "Nothing was changed, because " + namesake.get() + " describes another model " + endpoint
                            + " that was not deployed from here. Rename it, or deploy under another name.");
        }
    }

    /** What is wrong with the files of what is live, after reading all of them. */
    Optional<String> defect(String endpoint) {
        StoredEndpoint stored = store().read(endpoint);
        Revision live = stored.state().live().orElseThrow();
        try {
            return places.directory(endpoint)
                    .defect(stored, live.id(), live.digest(), store().revisions(endpoint), true);
        } catch (IOException e) {
            throw new DeliveryException(ErrorKind.LOCAL_IO, "Cannot read " + places.path(endpoint) + ": " + e, e);
        }
    }

    /** @return the operation that had given up the endpoint, if one had */
    Optional<String> begin(Rollout rollout, Optional<SmokeTest> test) {
        String endpoint = rollout.endpoint();
        return places.locked(endpoint, "take the endpoint " + endpoint, () -> {
            StoredEndpoint stored = store().read(endpoint);
            Optional<RolloutReservation> other = stored.state().rollout();
            Instant now = clock.instant();
            if (other.filter(o -> o.of(rollout)).isPresent()) {
                return Optional.empty();
            }
            if (other.filter(o -> !o.givenUp(now)).isPresent()) {
                throw RolloutConflicts.inProgress(endpoint, other.get());
            }
            if (stored.state().generation() != rollout.generation()) {
                throw RolloutConflicts.overtaken(endpoint, stored.state());
            }
            check(endpoint, stored);
            if (other.isPresent()) {
                String dead = other.get().operation();
                places.candidate(endpoint, dead).remove();
                places.files().deleteQuietly(store().incoming(endpoint, dead));
            }
            if (places.files().exists(places.path(CandidateNames.name(rollout)))) {
                throw new DeliveryException(
                        ErrorKind.CONFLICT,
                        "Nothing was changed, because there is a " + places.path(CandidateNames.name(rollout))
                                + " that was not deployed from here. Deploy again.");
            }
            Optional<String> hash =
                    test.isPresent() ? Optional.of(store().remember(endpoint, test.get())) : Optional.empty();
            RolloutReservation claim = new RolloutReservation(
                    rollout.id(),
                    rollout.candidate(),
                    now,
                    RolloutReservation.givenUpAfter(rollout.deadline()),
                    Phase.PREPARING,
                    hash,
                    Optional.empty());
            store().write(endpoint, stored.with(Optional.of(claim)));
            return other.map(RolloutReservation::operation);
        });
    }

    private static boolean has(Rollout rollout, StoredEndpoint stored) {
        return stored.state().rollout().filter(r -> r.of(rollout)).isPresent();
    }

    /** The rollout that has the endpoint, which must be this one. */
    private static RolloutReservation claim(Rollout rollout, StoredEndpoint stored) {
        return stored.state()
                .rollout()
                .filter(r -> r.of(rollout))
                .orElseThrow(() -> RolloutConflicts.overtaken(rollout.endpoint(), stored.state()));
    }

    private RolloutReservation claim(Rollout rollout) {
        return claim(rollout, store().read(rollout.endpoint()));
    }

    /** The candidate's files, if a revision with its digest is kept and whole; empty if they must be brought. */
    Optional<Manifest> takeKept(Rollout rollout) {
        String endpoint = rollout.endpoint();
        Optional<String> digest = rollout.candidate().digest();
        return digest.isEmpty()
                ? Optional.empty()
                : places.locked(endpoint, "look for kept files of " + places.path(endpoint), () -> {
                    StoredEndpoint stored = store().read(endpoint);
                    RolloutReservation claim = claim(rollout, stored);
                    RevisionStore revisions = store().revisions(endpoint);
                    if (!revisions.whole(digest.get(), true)) {
                        return Optional.<Manifest>empty();
                    }
                    layout.check(places.files(), revisions.files(digest.get()));
                    arrived(rollout, stored, claim, digest.get());
                    return revisions.listing(digest.get()).map(FileSnapshot::manifest);
                });
    }

    StagingArea stagingArea(Rollout rollout) {
        claim(rollout);
        Path incoming = store().incoming(rollout.endpoint(), rollout.id());
        places.files().deleteQuietly(incoming);
        try {
            return new StagingArea(places.files(), incoming, landed -> take(rollout, landed));
        } catch (IOException e) {
            throw new DeliveryException(ErrorKind.LOCAL_IO, "Cannot make a directory in " + incoming + ": " + e, e);
        }
    }

    private void take(Rollout rollout, StagingArea.Landed landed) {
        String digest = landed.manifest().digest();
        rollout.candidate()
                .digest()
                .filter(expected -> !expected.equals(digest))
                .ifPresent(expected -> {
                    throw RolloutConflicts.otherBytes(rollout.candidate(), digest, expected);
                });
        String endpoint = rollout.endpoint();
        places.locked(endpoint, "take the files for " + places.path(endpoint), () -> {
            StoredEndpoint stored = store().read(endpoint);
            RolloutReservation claim = claim(rollout, stored);
            layout.check(places.files(), landed.files());
            store().revisions(endpoint).put(landed.files(), landed.manifest());
            arrived(rollout, stored, claim, digest);
            return null;
        });
    }

    private void arrived(Rollout rollout, StoredEndpoint stored, RolloutReservation claim, String digest)
            throws IOException {
        String endpoint = rollout.endpoint();
        store().revisions(endpoint).used(digest, clock.instant());
        ServedVersion arrived = rollout.candidate().withDigest(digest);
        String number = claim.revision()
                .filter(r -> r.version().same(arrived))
                .map(Revision::id)
                .orElseGet(() -> DirectoryNumbers.choose(stored, arrived));
        store().write(endpoint, stored.with(Optional.of(claim.with(new Revision(number, arrived, claim.test())))));
    }

    /** What became of the candidate, if its files have arrived and are still there. */
    Optional<Revision> candidate(Rollout rollout) {
        try {
            Optional<Revision> revision = claim(rollout).revision();
            boolean there = revision.isPresent()
                    && store().revisions(rollout.endpoint())
                            .whole(revision.get().digest(), false);
            return there ? revision : Optional.empty();
        } catch (IOException e) {
            throw new DeliveryException(ErrorKind.LOCAL_IO, "Cannot read the candidate's files: " + e, e);
        }
    }

    private Revision arrived(Rollout rollout, RolloutReservation claim) throws IOException {
        Optional<Revision> revision = claim.revision();
        if (revision.isEmpty()
                || !store().revisions(rollout.endpoint()).whole(revision.get().digest(), false)) {
            throw new DeliveryException(
                    ErrorKind.CORRUPT,
                    "The files of " + rollout.candidate().text() + " are no longer where they arrived, in "
                            + store().root() + ". Deploy again.");
        }
        return revision.get();
    }

    /** The candidate's files appear a second time, under its own name; on one file system that takes no room. */
    String showCandidate(Rollout rollout) {
        String endpoint = rollout.endpoint();
        String name = CandidateNames.name(rollout);
        return places.locked(endpoint, "show the candidate " + name, () -> {
            Revision revision = arrived(rollout, claim(rollout, store().read(endpoint)));
            Path from = store().revisions(endpoint).files(revision.digest());
            Map<String, byte[]> beside = new TreeMap<>(layout.candidateFiles(places.files(), places.path(endpoint)));
            Optional<byte[]> pointer = layout.pointer(places.files(), from, name, revision.id());
            pointer.ifPresent(p -> beside.put(layout.pointerFile().orElseThrow(), p));
            places.candidate(endpoint, rollout.id()).showWhole(revision.id(), from, beside);
            return name;
        });
    }

    /** A server that restarts does not find the candidate any more; one that has loaded it still has its files. */
    void concealCandidate(Rollout rollout) {
        String endpoint = rollout.endpoint();
        places.locked(endpoint, "conceal the candidate of " + endpoint, () -> {
            if (has(rollout, store().read(endpoint))) {
                places.candidate(endpoint, rollout.id()).unpoint();
            }
            return null;
        });
    }

    /** Nothing else has its name; what another rollout took over, that one took away. */
    void hideCandidate(Rollout rollout) {
        String endpoint = rollout.endpoint();
        places.locked(endpoint, "take away the candidate of " + endpoint, () -> {
            if (has(rollout, store().read(endpoint))) {
                places.candidate(endpoint, rollout.id()).remove();
            }
            return null;
        });
    }

    /** The candidate becomes what the server takes; higher versions go, if it takes the highest. */
    void publish(Rollout rollout) {
        String endpoint = rollout.endpoint();
        places.locked(endpoint, "publish " + rollout.candidate().text() + " at " + places.path(endpoint), () -> {
            StoredEndpoint stored = store().read(endpoint);
            RolloutReservation claim = claim(rollout, stored);
            if (claim.phase() == Phase.SWITCHED) {
                new EndpointChange(endpoint, places.directory(endpoint), store())
                        .repeat(stored, stored.state().live().orElseThrow());
                return null;
            }
            Revision revision = arrived(rollout, claim);
            check(endpoint, stored);
            store().revisions(endpoint).used(revision.digest(), clock.instant());
            Optional<Revision> before = stored.state().live();
            Optional<Revision> previous =
                    before.filter(b -> b.version().same(revision.version())).isPresent()
                            ? stored.state().previous()
                            : before;
            new EndpointChange(endpoint, places.directory(endpoint), store())
                    .serve(stored, claim.in(Phase.SWITCHING), revision, previous, claim.in(Phase.SWITCHED));
            return null;
        });
    }

    /** Whether what is served is this version, with all its files: quickly, by names, sizes and times. */
    Optional<String> missing(Rollout rollout, ServedVersion version) {
        String endpoint = rollout.endpoint();
        return places.locked(endpoint, "look at " + places.path(endpoint), () -> {
            StoredEndpoint stored = store().read(endpoint);
            claim(rollout, stored);
            Revision live = stored.state()
                    .live()
                    .filter(r -> r.version().same(version))
                    .orElseThrow(() -> RolloutConflicts.overtaken(endpoint, stored.state()));
            check(endpoint, stored);
            return places.directory(endpoint)
                    .defect(stored, live.id(), live.digest(), store().revisions(endpoint), false);
        });
    }

    Optional<SmokeTest> smokeTestOf(String endpoint, Revision revision) {
        return revision.smokeTest().flatMap(hash -> store().smokeTest(endpoint, hash));
    }

    /** @return how far the endpoint has been changed now: PREPARING, or RESTORED */
    Phase restore(Rollout rollout) {
        String endpoint = rollout.endpoint();
        return places.locked(endpoint, "restore " + places.path(endpoint), () -> {
            StoredEndpoint stored = store().read(endpoint);
            RolloutReservation claim =
                    claim(rollout, stored).until(RolloutReservation.givenUpAfter(rollout.deadline()));
            places.candidate(endpoint, rollout.id()).remove();
            EndpointChange change = new EndpointChange(endpoint, places.directory(endpoint), store());
            if (claim.phase() == Phase.PREPARING) {
                return Phase.PREPARING;
            }
            if (claim.phase() == Phase.RESTORED) {
                if (stored.state().live().isPresent()) {
                    change.repeat(stored, stored.state().live().get());
                }
                return Phase.RESTORED;
            }
            check(endpoint, stored);
            if (rollout.previous().isPresent()) {
                Revision previous = rollout.previous().get();
                RevisionStore kept = store().revisions(endpoint);
                if (!kept.whole(previous.digest(), true)) {
                    places.directory(endpoint).recover(previous.id(), previous.digest(), kept);
                }
                kept.verify(previous.digest());
                change.serve(stored, claim.in(Phase.RESTORING), previous, Optional.empty(), claim.in(Phase.RESTORED));
            } else {
                change.empty(stored, claim.in(Phase.RESTORING), claim.in(Phase.RESTORED));
            }
            return Phase.RESTORED;
        });
    }

    void end(Rollout rollout) {
        String endpoint = rollout.endpoint();
        places.locked(endpoint, "tidy up " + places.path(endpoint), () -> {
            places.files().deleteQuietly(store().incoming(endpoint, rollout.id()));
            StoredEndpoint stored = store().read(endpoint);
            if (has(rollout, stored)) {
                places.candidate(endpoint, rollout.id()).remove();
                StoredEndpoint tidy = new EndpointChange(endpoint, places.directory(endpoint), store())
                        .hideOthers(stored.with(Optional.empty()));
                store().write(endpoint, tidy);
                store().prune(endpoint, tidy.state(), claim(rollout, stored).revision(), keep);
            }
            return null;
        });
    }
}
