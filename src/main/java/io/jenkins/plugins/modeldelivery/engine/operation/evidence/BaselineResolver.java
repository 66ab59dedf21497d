package io.jenkins.plugins.modeldelivery.engine.operation.evidence;

import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.ModelRef;
import io.jenkins.plugins.modeldelivery.engine.model.ModelVersion;
import io.jenkins.plugins.modeldelivery.engine.model.VersionIdentity;
import io.jenkins.plugins.modeldelivery.engine.operation.NamedLookup;
import io.jenkins.plugins.modeldelivery.engine.record.AliasTarget;
import io.jenkins.plugins.modeldelivery.engine.record.EventQuery;
import io.jenkins.plugins.modeldelivery.engine.record.EventType;
import io.jenkins.plugins.modeldelivery.engine.record.RecordStore;
import io.jenkins.plugins.modeldelivery.engine.registry.ModelAliases;
import io.jenkins.plugins.modeldelivery.engine.registry.ModelRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The version that a gate compares a candidate with at this moment. A candidate is never its own baseline, and a baseline
 * that existed and is gone is not the same as none.
 *
 * @param version the baseline; empty if there is none
 * @param vanished why the baseline is gone; empty if there is one, or there never was
 */
public record BaselineResolver(Optional<ModelVersion> version, Optional<String> vanished) {
    private static final BaselineResolver NONE = new BaselineResolver(Optional.empty(), Optional.empty());

    /**
     * Finds the baseline.
     *
     * @param reference as a gate names it: "7" is a version, all else an alias, perhaps with its number of steps back
     * @throws DeliveryException INVALID_INPUT for a reference that cannot be one
     */
    public static BaselineResolver find(
            NamedLookup.Named<ModelRegistry> registry,
            RecordStore records,
            String model,
            VersionIdentity candidate,
            String reference,
            Cancellation cancellation) {
        ModelRef ref = GateOperation.baselineRef(model, reference);
        if (ref.version().isPresent()) {
            return ref.version().get().equals(candidate.version())
                    ? vanished("the gate compares version " + candidate.version()
                            + " with itself; name another version, or an alias")
                    : existing(registry, model, Position.of(ref.version().get()), cancellation);
        }
        String alias = ref.alias().orElseThrow();
        registry.value().checkAlias(alias);
        if (ref.back() == 0) {
            Optional<ModelVersion> now = registry.value().versionOf(model, alias, cancellation);
            if (now.filter(version -> !version.version().equals(candidate.version()))
                    .isPresent()) {
                return new BaselineResolver(now, Optional.empty());
            }
            return before(registry, records, model, candidate, alias, now.isPresent(), cancellation);
        }
        ModelAliases aliases = registry.value().aliases(model, cancellation);
        List<Position> past = positions(records, registry.name(), model, alias, aliases.history(alias));
        return ref.back() < past.size() ? existing(registry, model, past.get(ref.back()), cancellation) : NONE;
    }

    /** The alias points to the candidate itself, or nowhere. */
    private static BaselineResolver before(
            NamedLookup.Named<ModelRegistry> registry,
            RecordStore records,
            String model,
            VersionIdentity candidate,
            String alias,
            boolean atCandidate,
            Cancellation cancellation) {
        if (!atCandidate) {
            return lastPosition(registry, records, model, alias, cancellation)
                    .map(
                            version -> vanished(
                                    "the alias " + alias + " points nowhere in the registry, and pointed to version "
                                            + version
                                            + " before; gate again if it is being moved, else set it to the version that is to be compared with"))
                    .orElse(NONE);
        }
        List<String> hint = registry.value().aliases(model, cancellation).history(alias);
        return positions(records, registry.name(), model, alias, hint).stream()
                .filter(position -> !position.is(candidate))
                .findFirst()
                .map(position -> existing(registry, model, position, cancellation))
                .orElse(NONE);
    }

    /**
     * The version that an alias pointed to before it was removed; empty if it never pointed anywhere, or if this product took
     * the alias away itself, as when the promotion of a first model is taken back.
     */
    private static Optional<String> lastPosition(
            NamedLookup.Named<ModelRegistry> registry,
            RecordStore records,
            String model,
            String alias,
            Cancellation cancellation) {
        Optional<AliasTarget> recorded = records.state(registry.name(), model).alias(alias);
        if (recorded.isPresent() && recorded.get().move().draft().type() == EventType.ROLLED_BACK) {
            return recorded.get().version();
        }
        if (recorded.isPresent()) {
            return positions(records, registry.name(), model, alias, List.of()).stream()
                    .map(Position::version)
                    .findFirst();
        }
        // The registry's history may begin with a move of ours that never happened. The record knows of it, if it is
        // read after.
        Optional<String> hint = registry.value().aliases(model, cancellation).history(alias).stream()
                .findFirst();
        AtomicBoolean known = new AtomicBoolean();
        records.each(
                registry.name(),
                model,
                EventQuery.all().types(Set.of(EventType.ALIAS_MOVE_STARTED)),
                event -> known.compareAndSet(
                        false, event.draft().details().path("alias").asText().equals(alias)));
        return hint.filter(version -> !known.get());
    }

    /**
     * The versions that the alias pointed to, newest first. The record is the authority; the registry's history counts only
     * where the record knows nothing.
     */
    private static List<Position> positions(
            RecordStore records, String registry, String model, String alias, List<String> hint) {
        List<Position> positions = new ArrayList<>();
        records.each(registry, model, EventQuery.all().types(EventType.ALIAS_POSITIONS), event -> {
            AliasTarget target = AliasTarget.of(event);
            if (target.alias().equals(alias) && !AliasTarget.isLate(event)) {
                Optional<String> from =
                        Optional.ofNullable(event.draft().details().path("from").textValue());
                // The outcome of the move before it may not be recorded yet; after a conflict, others know better.
                if (positions.isEmpty() || event.draft().type() != EventType.ALIAS_MOVE_CONFLICT) {
                    from.filter(version -> positions.isEmpty()
                                    || !positions.get(0).version().equals(version))
                            .map(Position::of)
                            .ifPresent(position -> positions.add(0, position));
                }
                target.version()
                        .map(version -> new Position(version, target.identity().map(VersionIdentity::fingerprint)))
                        .filter(position ->
                                positions.isEmpty() || !positions.get(0).equals(position))
                        .ifPresent(position -> positions.add(0, position));
            }
        });
        return positions.isEmpty() ? hint.stream().map(Position::of).toList() : positions;
    }

    /** @param fingerprint of the version, if the record knows it */
    private record Position(String version, Optional<String> fingerprint) {
        static Position of(String version) {
            return new Position(version, Optional.empty());
        }

        boolean is(VersionIdentity other) {
            return version.equals(other.version())
                    && (fingerprint.isEmpty() || fingerprint.get().equals(other.fingerprint()));
        }
    }

    private static BaselineResolver existing(
            NamedLookup.Named<ModelRegistry> registry, String model, Position position, Cancellation cancellation) {
        String version = position.version();
        try {
            ModelVersion found = registry.value().version(model, version, cancellation);
            return position.fingerprint()
                            .filter(known -> !known.equals(found.fingerprint()))
                            .isPresent()
                    ? vanished("the baseline " + model + "/" + version + " was deleted and made again in the registry")
                    : new BaselineResolver(Optional.of(found), Optional.empty());
        } catch (DeliveryException e) {
            if (e.kind() != ErrorKind.NOT_FOUND) {
                throw e;
            }
            return vanished("the baseline " + model + "/" + version + " is not in the registry any more");
        }
    }

    private static BaselineResolver vanished(String reason) {
        return new BaselineResolver(Optional.empty(), Optional.of(reason));
    }
}
