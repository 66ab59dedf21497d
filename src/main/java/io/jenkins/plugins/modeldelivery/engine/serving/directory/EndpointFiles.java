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
import java.util.Optional;

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

    String location() {
        return places.root().toString();
    }

    private EndpointStore store(String endpoint) {
        return places.endpoint(endpoint).store();
    }

    EndpointState state(String endpoint) {
        return store(endpoint).read().state();
    }

    StoredEndpoint inspect(String endpoint) {
        places.makeState();
        return places.locked(endpoint, "look at " + places.path(endpoint), (at, stored) -> {
            at.check(stored);
            return stored;
        });
    }

    /** What is wrong with the files of what is live, after reading all of them. */
    Optional<String> defect(String endpoint) {
        Endpoint at = places.endpoint(endpoint);
        StoredEndpoint stored = at.store().read();
        try {
            return at.defect(stored, stored.state().live().orElseThrow(), true);
        } catch (IOException e) {
            throw DeliveryException.ofDisk("read " + places.path(endpoint), e);
        }
    }

    /** @return the operation that had given up the endpoint, if one had */
    Optional<String> begin(Rollout rollout, Optional<SmokeTest> test) {
        String endpoint = rollout.endpoint();
        return places.locked(endpoint, "take the endpoint " + endpoint, (at, stored) -> {
            Optional<RolloutReservation> other = stored.state().rollout();
            Instant now = clock.instant();
            if (stored.isClaimedBy(rollout)) {
                return Optional.empty();
            }
            if (other.filter(o -> !o.givenUp(now)).isPresent()) {
                throw ErrorKind.CONFLICT.error(other.get().refusal(endpoint));
            }
            if (stored.state().generation() != rollout.generation()) {
                throw stored.overtaken(endpoint);
            }
            at.check(stored);
            if (other.isPresent()) {
                String dead = other.get().operation();
                at.candidate(dead).remove();
                places.files().deleteQuietly(at.store().incoming(dead));
            }
            Path candidate = at.candidate(rollout.id()).path();
            if (places.files().exists(candidate)) {
                throw ErrorKind.CONFLICT.error("Nothing was changed, because there is a " + candidate
                        + " that was not deployed from here. Deploy again.");
            }
            Optional<String> hash = test.isPresent() ? Optional.of(at.store().remember(test.get())) : Optional.empty();
            RolloutReservation claim = new RolloutReservation(
                    rollout.id(),
                    rollout.candidate(),
                    now,
                    RolloutReservation.givenUpAfter(rollout.deadline()),
                    Phase.PREPARING,
                    hash,
                    Optional.empty());
            at.store().write(stored.with(Optional.of(claim)));
            return other.map(RolloutReservation::operation);
        });
    }

    private RolloutReservation claim(Rollout rollout) {
        return store(rollout.endpoint()).read().claim(rollout);
    }

    /** The candidate's files, if a revision with its digest is kept and whole; empty if they must be brought. */
    Optional<Manifest> takeKept(Rollout rollout) {
        if (rollout.candidate().digest().isEmpty()) {
            return Optional.empty();
        }
        String digest = rollout.candidate().digest().get();
        String purpose = "look for kept files of " + places.path(rollout.endpoint());
        return places.claimed(rollout, purpose, (at, stored, claim) -> {
            RevisionStore revisions = at.revisions();
            if (!revisions.whole(digest, true)) {
                return Optional.empty();
            }
            layout.check(places.files(), revisions.files(digest));
            arrived(rollout, at, stored, digest);
            return revisions.listing(digest).map(FileSnapshot::manifest);
        });
    }

    StagingArea stagingArea(Rollout rollout) {
        claim(rollout);
        Path incoming = store(rollout.endpoint()).incoming(rollout.id());
        places.files().deleteQuietly(incoming);
        try {
            return new StagingArea(places.files(), incoming, landed -> take(rollout, landed));
        } catch (IOException e) {
            throw DeliveryException.ofDisk("make a directory in " + incoming, e);
        }
    }

    private void take(Rollout rollout, StagingArea.Landed landed) {
        String digest = landed.manifest().digest();
        ServedVersion version = rollout.candidate();
        if (!version.digest().orElse(digest).equals(digest)) {
            throw ErrorKind.CONFLICT.error("The files of " + version.text() + " received from registry "
                    + version.registry() + " differ from the registered files: digest " + digest + " instead of "
                    + version.digest().get()
                    + ". Nothing was published. Find out who changed them, and register the model again.");
        }
        String purpose = "take the files for " + places.path(rollout.endpoint());
        places.claimed(rollout, purpose, (at, stored, claim) -> {
            layout.check(places.files(), landed.files());
            at.revisions().put(landed.files(), landed.manifest());
            arrived(rollout, at, stored, digest);
            return null;
        });
    }

    private void arrived(Rollout rollout, Endpoint at, StoredEndpoint stored, String digest) throws IOException {
        RolloutReservation claim = stored.claim(rollout);
        at.revisions().used(digest, clock.instant());
        ServedVersion arrived = rollout.candidate().withDigest(digest);
        String number = claim.revision()
                .filter(r -> r.version().same(arrived))
                .map(Revision::id)
                .orElseGet(() -> stored.chooseNumber(arrived));
        at.store().write(stored.with(Optional.of(claim.with(new Revision(number, arrived, claim.test())))));
    }

    Optional<Revision> candidate(Rollout rollout) {
        try {
            return places.endpoint(rollout.endpoint()).arrived(claim(rollout));
        } catch (IOException e) {
            throw DeliveryException.ofDisk("read the candidate's files", e);
        }
    }

    /** The candidate's files appear a second time, under its own name; on one file system this uses no space. */
    String showCandidate(Rollout rollout) {
        String name = Endpoint.candidateName(rollout);
        return places.claimed(rollout, "show the candidate " + name, (at, stored, claim) -> {
            at.showCandidate(claim);
            return name;
        });
    }

    /** A server that restarts does not find the candidate any more; one that has loaded it still has its files. */
    void concealCandidate(Rollout rollout) {
        changeCandidate(rollout, "conceal", EndpointDirectory::unpoint);
    }

    /** Nothing else has its name; what another rollout took over, that one took away. */
    void hideCandidate(Rollout rollout) {
        changeCandidate(rollout, "take away", EndpointDirectory::remove);
    }

    private interface DirectoryChange {
        void apply(EndpointDirectory directory) throws IOException;
    }

    private void changeCandidate(Rollout rollout, String verb, DirectoryChange change) {
        String endpoint = rollout.endpoint();
        places.locked(endpoint, verb + " the candidate of " + endpoint, (at, stored) -> {
            if (stored.isClaimedBy(rollout)) {
                change.apply(at.candidate(rollout.id()));
            }
            return null;
        });
    }

    /** The candidate becomes what the server takes; higher versions go, if it takes the highest. */
    void publish(Rollout rollout) {
        String purpose = "publish " + rollout.candidate().text() + " at " + places.path(rollout.endpoint());
        places.claimed(rollout, purpose, (at, stored, claim) -> {
            Optional<Revision> before = stored.state().live();
            if (claim.phase() == Phase.SWITCHED) {
                at.repeat(stored, before.orElseThrow());
                return null;
            }
            Revision revision = at.requireArrived(claim);
            at.check(stored);
            at.revisions().used(revision.digest(), clock.instant());
            Optional<Revision> previous =
                    before.filter(b -> b.version().same(revision.version())).isPresent()
                            ? stored.state().previous()
                            : before;
            at.serve(stored, claim.in(Phase.SWITCHING), revision, previous, claim.in(Phase.SWITCHED));
            return null;
        });
    }

    /** Whether what is served is this version, with all its files: quickly, by names, sizes and times. */
    Optional<String> missing(Rollout rollout, ServedVersion version) {
        String endpoint = rollout.endpoint();
        return places.claimed(rollout, "look at " + places.path(endpoint), (at, stored, claim) -> {
            Revision live = stored.state()
                    .live()
                    .filter(r -> r.version().same(version))
                    .orElseThrow(() -> stored.overtaken(endpoint));
            at.check(stored);
            return at.defect(stored, live, false);
        });
    }

    Optional<SmokeTest> smokeTestOf(String endpoint, Revision revision) {
        return revision.smokeTest().flatMap(hash -> store(endpoint).smokeTest(hash));
    }

    /** @return how far the endpoint has been changed now: PREPARING, or RESTORED */
    Phase restore(Rollout rollout) {
        String purpose = "restore " + places.path(rollout.endpoint());
        return places.claimed(rollout, purpose, (at, stored, begun) -> {
            RolloutReservation claim = begun.until(RolloutReservation.givenUpAfter(rollout.deadline()));
            at.candidate(rollout.id()).remove();
            if (claim.phase() == Phase.PREPARING) {
                return Phase.PREPARING;
            }
            if (claim.phase() == Phase.RESTORED) {
                if (stored.state().live().isPresent()) {
                    at.repeat(stored, stored.state().live().get());
                }
                return Phase.RESTORED;
            }
            at.check(stored);
            if (rollout.previous().isPresent()) {
                Revision previous = rollout.previous().get();
                RevisionStore kept = at.revisions();
                if (!kept.whole(previous.digest(), true)) {
                    at.directory().recover(previous.id(), previous.digest(), kept);
                }
                kept.verify(previous.digest());
                at.serve(stored, claim.in(Phase.RESTORING), previous, Optional.empty(), claim.in(Phase.RESTORED));
            } else {
                at.empty(stored, claim.in(Phase.RESTORING), claim.in(Phase.RESTORED));
            }
            return Phase.RESTORED;
        });
    }

    void end(Rollout rollout) {
        String endpoint = rollout.endpoint();
        places.locked(endpoint, "tidy up " + places.path(endpoint), (at, stored) -> {
            places.files().deleteQuietly(at.store().incoming(rollout.id()));
            if (stored.isClaimedBy(rollout)) {
                at.candidate(rollout.id()).remove();
                StoredEndpoint tidy = at.hideOthers(stored.with(Optional.empty()));
                at.store().write(tidy);
                at.store().prune(tidy.state(), stored.claim(rollout).revision(), keep);
            }
            return null;
        });
    }
}
