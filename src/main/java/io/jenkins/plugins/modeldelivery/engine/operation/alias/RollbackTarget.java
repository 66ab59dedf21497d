package io.jenkins.plugins.modeldelivery.engine.operation.alias;

import io.jenkins.plugins.modeldelivery.engine.history.AliasHistory;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.ModelVersion;
import io.jenkins.plugins.modeldelivery.engine.model.VersionIdentity;
import io.jenkins.plugins.modeldelivery.engine.operation.NamedLookup;
import io.jenkins.plugins.modeldelivery.engine.operation.OperationContext;
import io.jenkins.plugins.modeldelivery.engine.operation.RecordedVersion;
import io.jenkins.plugins.modeldelivery.engine.record.EventQuery;
import io.jenkins.plugins.modeldelivery.engine.registry.ModelRegistry;
import io.jenkins.plugins.modeldelivery.engine.request.RollbackRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Finds the version that an alias goes back to. */
final class RollbackTarget {
    private final OperationContext context;
    private final NamedLookup.Named<ModelRegistry> registry;
    private final RollbackRequest request;
    private final boolean guarded;

    RollbackTarget(OperationContext context, NamedLookup.Named<ModelRegistry> registry, RollbackRequest request) {
        this.context = context;
        this.registry = registry;
        this.request = request;
        this.guarded = context.rules().guarding(request.alias()).isPresent();
    }

    /**
     * The version that was asked for, or the newest earlier one; for an alias that a policy guards only one that the record
     * says was admitted under a policy.
     *
     * @param from where the alias points now
     * @param log takes a line if a version was passed over
     * @throws DeliveryException NOT_FOUND or INVALID_INPUT with what to do
     */
    VersionIdentity find(ModelVersion from, Consumer<String> log) {
        AliasHistory history = history();
        List<VersionIdentity> earlier = history.earlierThan(from.version(), Optional.of(from.fingerprint()));
        if (request.to().isPresent()) {
            return asked(request.to().get(), history, earlier, from);
        }
        List<String> gone = new ArrayList<>();
        for (VersionIdentity candidate : earlier) {
            if (stillExists(candidate)) {
                if (!gone.isEmpty()) {
                    log.accept("note         " + request.model() + "@" + request.alias() + " was at "
                            + String.join(", ", gone)
                            + " before, which no longer exists in the registry; it goes back to "
                            + candidate.version());
                }
                return candidate;
            }
            gone.add(candidate.version());
        }
        if (!guarded && earlier.isEmpty()) {
            return fromHistory(from).orElseThrow(() -> nothing(from, gone));
        }
        throw nothing(from, gone);
    }

    private VersionIdentity asked(
            String version, AliasHistory history, List<VersionIdentity> earlier, ModelVersion from) {
        if (version.equals(from.version())) {
            throw ErrorKind.INVALID_INPUT.error("The alias " + request.alias() + " of " + request.model()
                    + " points to version " + version + " already.");
        }
        ModelVersion found = registry.value().version(request.model(), version, context.cancellation());
        RecordedVersion recorded = RecordedVersion.read(context.records(), registry.name(), found);
        boolean admitted = history.admitted().stream().anyMatch(recorded.identity()::isSame);
        if (guarded && !admitted) {
            throw ErrorKind.INVALID_INPUT.error("A rollback cannot move " + request.alias() + " to " + request.model()
                    + "/" + version
                    + ": the record shows no admission of it to this alias by a policy. Promote it instead"
                    + (earlier.isEmpty()
                            ? "."
                            : ", or go back to version " + earlier.get(0).version() + "."));
        }
        return recorded.identity();
    }

    private DeliveryException nothing(ModelVersion from, List<String> gone) {
        return ErrorKind.NOT_FOUND.error(
                "There is no earlier version to move " + request.alias() + " of " + request.model() + " back to from "
                        + from.version() + (guarded ? ": the record shows none that a policy admitted" : "")
                        + (gone.isEmpty()
                                ? "."
                                : " and that still exists; these no longer exist in the registry: "
                                        + String.join(", ", gone) + ".")
                        + " Promote another version instead.");
    }

    private AliasHistory history() {
        return AliasHistory.read(
                request.alias(),
                guarded,
                sink -> context.records()
                        .each(registry.name(), request.model(), EventQuery.all().types(AliasHistory.TYPES), sink));
    }

    private boolean stillExists(VersionIdentity version) {
        try {
            ModelVersion found = registry.value().version(request.model(), version.version(), context.cancellation());
            return found.fingerprint().equals(version.fingerprint());
        } catch (DeliveryException e) {
            if (e.kind() == ErrorKind.NOT_FOUND) {
                return false;
            }
            throw e;
        }
    }

    /** Where the record knows nothing of an alias that nobody guards, the registry's own history is better than nothing. */
    private Optional<VersionIdentity> fromHistory(ModelVersion from) {
        List<String> history = registry.value()
                .aliases(request.model(), context.cancellation())
                .history(request.alias());
        int first = history.lastIndexOf(from.version());
        return first < 0 || first + 1 >= history.size()
                ? Optional.empty()
                : Optional.of(RecordedVersion.read(
                                context.records(),
                                registry.name(),
                                registry.value()
                                        .version(request.model(), history.get(first + 1), context.cancellation()))
                        .identity());
    }
}
