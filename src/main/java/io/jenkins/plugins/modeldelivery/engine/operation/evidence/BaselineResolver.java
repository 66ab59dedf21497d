package io.jenkins.plugins.modeldelivery.engine.operation.evidence;

import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.ModelRef;
import io.jenkins.plugins.modeldelivery.engine.model.ModelVersion;
import io.jenkins.plugins.modeldelivery.engine.model.VersionIdentity;
import io.jenkins.plugins.modeldelivery.engine.operation.NamedLookup;
import io.jenkins.plugins.modeldelivery.engine.operation.OperationContext;
import io.jenkins.plugins.modeldelivery.engine.record.AliasTarget;
import io.jenkins.plugins.modeldelivery.engine.record.EventQuery;
import io.jenkins.plugins.modeldelivery.engine.record.EventType;
import io.jenkins.plugins.modeldelivery.engine.registry.ModelAliases;
import io.jenkins.plugins.modeldelivery.engine.registry.ModelRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Finds the version that a gate compares a candidate with at this moment. A candidate is never its own baseline, and a
 * baseline that existed and is gone is not the same as none.
 */
final class BaselineResolver {
    private static final Found NONE = new Found(Optional.empty(), Optional.empty());

    private final OperationContext context;
    private final NamedLookup.Named<ModelRegistry> registry;
    private final String model;
    private final VersionIdentity candidate;

    /** @param model of the candidate */
    BaselineResolver(
            OperationContext context,
            NamedLookup.Named<ModelRegistry> registry,
            String model,
            VersionIdentity candidate) {
        this.context = context;
        this.registry = registry;
        this.model = model;
        this.candidate = candidate;
    }

    /**
     * @param version the baseline; empty if there is none
     * @param vanished why the baseline is gone; empty if there is one, or there never was
     */
    record Found(Optional<ModelVersion> version, Optional<String> vanished) {}

    /**
     * Finds the baseline.
     *
     * @param reference as a gate names it: "7" is a version, all else an alias, perhaps with its number of steps back
     * @throws DeliveryException INVALID_INPUT for a reference that cannot be one
     */
    Found find(String reference) {
        ModelRef ref = GateOperation.baselineRef(model, reference);
        if (ref.version().isPresent()) {
            return ref.version().get().equals(candidate.version())
                    ? vanished("the gate compares version " + candidate.version()
                            + " with itself. Set another version, or an alias")
                    : existing(Position.of(ref.version().get()));
        }
        String alias = ref.alias().orElseThrow();
        registry.value().checkAlias(alias);
        if (ref.back() == 0) {
            Optional<ModelVersion> now = registry.value().versionOf(model, alias, context.cancellation());
            if (now.filter(version -> !version.version().equals(candidate.version()))
                    .isPresent()) {
                return new Found(now, Optional.empty());
            }
            return before(alias, now.isPresent());
        }
        ModelAliases aliases = registry.value().aliases(model, context.cancellation());
        List<Position> past = positions(alias, aliases.history(alias));
        return ref.back() < past.size() ? existing(past.get(ref.back())) : NONE;
    }

    /** The alias points to the candidate itself, or nowhere. */
    private Found before(String alias, boolean atCandidate) {
        if (!atCandidate) {
            return lastPosition(alias)
                    .map(version ->
                            vanished("the alias " + alias + " does not exist in the registry. It pointed to version "
                                    + version
                                    + " before. If it is being moved, run the gate again. Otherwise set it to the version to"
                                    + " compare with"))
                    .orElse(NONE);
        }
        List<String> hint =
                registry.value().aliases(model, context.cancellation()).history(alias);
        return positions(alias, hint).stream()
                .filter(position -> !position.is(candidate))
                .findFirst()
                .map(position -> existing(position))
                .orElse(NONE);
    }

    /**
     * The version that an alias pointed to before it was removed; empty if it never pointed anywhere, or if this product took
     * the alias away itself, as when the promotion of a first model is taken back.
     */
    private Optional<String> lastPosition(String alias) {
        Optional<AliasTarget> recorded =
                context.records().state(registry.name(), model).alias(alias);
        if (recorded.isPresent() && recorded.get().move().draft().type() == EventType.ROLLED_BACK) {
            return recorded.get().version();
        }
        if (recorded.isPresent()) {
            return positions(alias, List.of()).stream().map(Position::version).findFirst();
        }
        // The registry's history may begin with a move of ours that never happened. The record knows of it, if it is
        // read after.
        Optional<String> hint = registry.value().aliases(model, context.cancellation()).history(alias).stream()
                .findFirst();
        AtomicBoolean known = new AtomicBoolean();
        context.records()
                .each(
                        registry.name(),
                        model,
                        EventQuery.all().types(Set.of(EventType.ALIAS_MOVE_STARTED)),
                        event -> known.compareAndSet(
                                false,
                                event.draft().details().path("alias").asText().equals(alias)));
        return hint.filter(version -> !known.get());
    }

    /**
     * The versions that the alias pointed to, newest first. The record is the authority; the registry's history counts only
     * where the record knows nothing.
     */
    private List<Position> positions(String alias, List<String> hint) {
        List<Position> positions = new ArrayList<>();
        context.records().each(registry.name(), model, EventQuery.all().types(EventType.ALIAS_POSITIONS), event -> {
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

    private Found existing(Position position) {
        String version = position.version();
        try {
            ModelVersion found = registry.value().version(model, version, context.cancellation());
            return position.fingerprint()
                            .filter(known -> !known.equals(found.fingerprint()))
                            .isPresent()
                    ? vanished(
                            "the baseline " + model + "/" + version + " was deleted and created again in the registry")
                    : new Found(Optional.of(found), Optional.empty());
        } catch (DeliveryException e) {
            if (e.kind() != ErrorKind.NOT_FOUND) {
                throw e;
            }
            return vanished("the baseline " + model + "/" + version + " no longer exists in the registry");
        }
    }

    private static Found vanished(String reason) {
        return new Found(Optional.empty(), Optional.of(reason));
    }
}
