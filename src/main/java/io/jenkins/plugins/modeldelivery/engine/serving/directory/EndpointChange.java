package io.jenkins.plugins.modeldelivery.engine.serving.directory;

import io.jenkins.plugins.modeldelivery.engine.serving.Revision;
import io.jenkins.plugins.modeldelivery.engine.serving.RolloutReservation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** Changes what an endpoint's directory shows: the state says before what may be found, and after what is. */
record EndpointChange(String endpoint, EndpointDirectory directory, EndpointStore store) {
    private RevisionStore revisions() {
        return store.revisions(endpoint);
    }

    private Optional<byte[]> pointer(Revision revision) throws IOException {
        Path files = revisions().files(revision.digest());
        return directory.layout().pointer(store.files(), files, endpoint, revision.id());
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
        Optional<String> hash = pointer.map(EndpointDirectory::hash);
        StoredEndpoint begun = stored.announcing(announced, revision, hash, !directory.exists());
        store.write(endpoint, begun);
        StoredEndpoint shown = show(begun, revision, pointer);
        store.write(endpoint, shown.serving(done, Optional.of(revision), previous, hash));
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

    /** What a process that died may not have shown to its end, or somebody took away since. */
    void repeat(StoredEndpoint stored, Revision live) throws IOException {
        if (revisions().whole(live.digest(), false)) {
            directory.check(stored, revisions());
            show(stored, live, pointer(live));
        }
    }

    /** Serves nothing. */
    void empty(StoredEndpoint stored, RolloutReservation announced, RolloutReservation done) throws IOException {
        store.write(endpoint, stored.with(Optional.of(announced)));
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
        store.write(endpoint, shown.serving(done, Optional.empty(), Optional.empty(), Optional.empty()));
    }

    /**
     * Takes away the version directories that are not live any more. They stay where the files of what is live are gone, since
     * a polling server serves what is left.
     */
    StoredEndpoint hideOthers(StoredEndpoint stored) throws IOException {
        Optional<Revision> live = stored.state().live();
        boolean isGone = live.isPresent()
                && directory
                        .defect(stored, live.get().id(), live.get().digest(), revisions(), false)
                        .isPresent();
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
}
