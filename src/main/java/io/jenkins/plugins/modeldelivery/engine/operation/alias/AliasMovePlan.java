package io.jenkins.plugins.modeldelivery.engine.operation.alias;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.journal.JournalEntry;
import io.jenkins.plugins.modeldelivery.engine.model.ModelVersion;
import io.jenkins.plugins.modeldelivery.engine.model.VersionIdentity;
import io.jenkins.plugins.modeldelivery.engine.operation.JournaledOperation;
import io.jenkins.plugins.modeldelivery.engine.record.EventType;
import io.jenkins.plugins.modeldelivery.engine.registry.AliasChange;
import java.util.Optional;

/**
 * A move of an alias, and its form in the journal of the operation that makes it.
 *
 * @param registry its configured name
 * @param from the version that the alias points to as it was read; another one later is a conflict
 * @param fromFingerprint of that version, where another one with its number must not be taken for it
 * @param to the version that it is to point to; empty takes the alias away
 * @param outcome the event that says that it was moved
 * @param policyDigest of the policy that admitted it, if one did
 */
public record AliasMovePlan(
        String registry,
        String model,
        String alias,
        Optional<String> from,
        Optional<String> fromFingerprint,
        Optional<VersionIdentity> to,
        EventType outcome,
        Optional<String> policyDigest) {
    private static final String ATTEMPT = "move.attempt";

    public AliasMovePlan(
            String registry,
            String model,
            String alias,
            Optional<String> from,
            Optional<VersionIdentity> to,
            EventType outcome) {
        this(registry, model, alias, from, Optional.empty(), to, outcome, Optional.empty());
    }

    /** Puts it into the journal, as one attempt more. */
    void write(JournalEntry entry) {
        entry.set("move.registry", registry)
                .set("move.model", model)
                .set("move.alias", alias)
                .set("move.from", from)
                .set("move.fromFingerprint", fromFingerprint)
                .set("move.to", toVersion())
                .set("move.fingerprint", to.map(VersionIdentity::fingerprint))
                .set("move.digest", to.flatMap(VersionIdentity::digest))
                .set("move.kind", outcome.text())
                .set("move.policy", policyDigest);
        entry.data().put(ATTEMPT, attempt(entry) + 1);
    }

    static AliasMovePlan read(JournalEntry entry) {
        return new AliasMovePlan(
                entry.get("move.registry"),
                entry.get("move.model"),
                entry.get("move.alias"),
                entry.find("move.from"),
                entry.find("move.fromFingerprint"),
                entry.find("move.to")
                        .map(version ->
                                new VersionIdentity(version, entry.get("move.fingerprint"), entry.find("move.digest"))),
                EventType.of(entry.get("move.kind")),
                entry.find("move.policy"));
    }

    /** How often the operation has begun to move the alias, this time included. */
    public static int attempt(JournalEntry entry) {
        return entry.node(ATTEMPT).asInt();
    }

    Optional<String> toVersion() {
        return to.map(VersionIdentity::version);
    }

    /** Each attempt is a change of its own: an earlier one that lost against somebody else is over. */
    AliasChange change(JournalEntry entry) {
        String id = entry.get("operation") + (attempt(entry) > 1 ? "." + attempt(entry) : "");
        return new AliasChange(alias, from, toVersion(), id);
    }

    JournaledOperation.Subject subject() {
        return new JournaledOperation.Subject(registry, model, to, policyDigest);
    }

    /** What each event of the move says. */
    ObjectNode details(JournalEntry entry) {
        ObjectNode details = Json.object().put("alias", alias);
        from.ifPresent(version -> details.put("from", version));
        toVersion().ifPresent(version -> details.put("to", version));
        if (attempt(entry) > 1) {
            details.put("attempt", attempt(entry));
        }
        return details;
    }

    /** Whether the registry's entry is the version that the alias is to point to, and not another with its number. */
    boolean leadsTo(ModelVersion found) {
        return to.map(VersionIdentity::fingerprint).equals(Optional.of(found.fingerprint()));
    }

    /** Whether the alias points to another version that has the number of the one that it is to be moved from. */
    boolean startsAtAnother(Optional<ModelVersion> now) {
        return fromFingerprint.isPresent()
                && now.filter(found -> from.equals(Optional.of(found.version())))
                        .filter(found -> !found.fingerprint().equals(fromFingerprint.get()))
                        .isPresent();
    }
}
