package io.jenkins.plugins.modeldelivery.engine.history;

import io.jenkins.plugins.modeldelivery.engine.model.VersionIdentity;
import io.jenkins.plugins.modeldelivery.engine.record.AliasTarget;
import io.jenkins.plugins.modeldelivery.engine.record.Event;
import io.jenkins.plugins.modeldelivery.engine.record.EventDraft;
import io.jenkins.plugins.modeldelivery.engine.record.EventQuery;
import io.jenkins.plugins.modeldelivery.engine.record.EventType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The outcomes of all moves of one alias, as a record has them, and the versions that the alias can go back to. A move that
 * was only begun admits nothing. Immutable.
 */
public final class AliasHistory {
    /** The events to ask a record for. */
    public static final Set<EventType> TYPES = EventType.ALIAS_POSITIONS;

    private final List<Event> outcomes;
    private final boolean guarded;

    private AliasHistory(List<Event> outcomes, boolean guarded) {
        this.outcomes = outcomes;
        this.guarded = guarded;
    }

    /**
     * @param guarded whether a policy guards the alias: then only a promotion under a policy admits a version
     * @param record gives all events of {@link #TYPES} to its argument, oldest first, as {@link
     *     io.jenkins.plugins.modeldelivery.engine.record.RecordStore#each} does
     * @see EventQuery#types
     */
    public static AliasHistory read(String alias, boolean guarded, Consumer<Consumer<Event>> record) {
        List<Event> outcomes = new ArrayList<>();
        record.accept(event -> {
            if (AliasTarget.of(event).alias().equals(alias)) {
                outcomes.add(event);
            }
        });
        return new AliasHistory(outcomes, guarded);
    }

    /** All versions that were ever admitted to the alias, oldest first. */
    public List<VersionIdentity> admitted() {
        return outcomes.stream().flatMap(event -> admitted(event).stream()).toList();
    }

    /**
     * The versions that were admitted before the present one was for the first time, the newest first. Without those that the
     * alias was rolled back from since, so that no rollback leads to one of them again.
     *
     * @param version where the alias points now
     * @param fingerprint of that version, if it is known
     */
    public List<VersionIdentity> earlierThan(String version, Optional<String> fingerprint) {
        List<VersionIdentity> earlier = new ArrayList<>();
        for (Event outcome : outcomes) {
            if (pointedTo(outcome, version, fingerprint)) {
                break;
            }
            if (outcome.draft().type() == EventType.ROLLED_BACK) {
                undo(outcome, earlier);
            }
            admitted(outcome).ifPresent(admitted -> {
                earlier.removeIf(admitted::isSameEntry);
                earlier.add(admitted);
            });
        }
        earlier.removeIf(each -> each.version().equals(version));
        Collections.reverse(earlier);
        return List.copyOf(earlier);
    }

    private static boolean pointedTo(Event outcome, String version, Optional<String> fingerprint) {
        return AliasTarget.of(outcome)
                .identity()
                .filter(target -> target.version().equals(version))
                .filter(target -> fingerprint.isEmpty() || fingerprint.get().equals(target.fingerprint()))
                .isPresent();
    }

    /** A rollback undoes what was admitted after the version that it leads to. */
    private static void undo(Event rollback, List<VersionIdentity> admitted) {
        Optional<VersionIdentity> to = rollback.draft().identity();
        int last = admitted.size() - 1;
        while (last >= 0 && to.filter(admitted.get(last)::isSameEntry).isEmpty()) {
            last--;
        }
        if (last >= 0) {
            admitted.subList(last + 1, admitted.size()).clear();
        } else {
            String from = rollback.draft().details().path("from").asText();
            admitted.removeIf(each -> each.version().equals(from));
        }
    }

    private Optional<VersionIdentity> admitted(Event outcome) {
        EventDraft draft = outcome.draft();
        boolean admits = guarded
                ? draft.type() == EventType.PROMOTED && draft.policyDigest().isPresent()
                : draft.type() == EventType.PROMOTED || draft.type() == EventType.ALIAS_MOVED;
        return admits ? draft.identity() : Optional.empty();
    }
}
