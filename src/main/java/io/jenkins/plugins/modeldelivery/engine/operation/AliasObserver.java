package io.jenkins.plugins.modeldelivery.engine.operation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.model.ModelVersion;
import io.jenkins.plugins.modeldelivery.engine.model.VersionIdentity;
import io.jenkins.plugins.modeldelivery.engine.record.AliasTarget;
import io.jenkins.plugins.modeldelivery.engine.record.Event;
import io.jenkins.plugins.modeldelivery.engine.record.EventDraft;
import io.jenkins.plugins.modeldelivery.engine.record.ModelState;
import io.jenkins.plugins.modeldelivery.engine.registry.ModelRegistry;
import java.util.Optional;
import java.util.function.BiFunction;

/** Compares where the registry says that an alias points with what the record says, and reports a difference. */
final class AliasObserver {
    private final OperationContext context;
    private final NamedLookup.Named<ModelRegistry> registry;
    private final String model;

    AliasObserver(OperationContext context, NamedLookup.Named<ModelRegistry> registry, String model) {
        this.context = context;
        this.registry = registry;
        this.model = model;
    }

    /**
     * Reads the alias.
     *
     * @param report makes, of the details and the version, the event that says that somebody moved the alias past the record
     * @return where the alias points in the registry
     */
    Optional<ModelVersion> read(String alias, BiFunction<ObjectNode, Optional<VersionIdentity>, EventDraft> report) {
        Optional<AliasTarget> recorded = state().alias(alias);
        Optional<ModelVersion> now = registry.value().versionOf(model, alias, context.cancellation());
        if (!agrees(recorded, now)) {
            EventDraft draft = report.apply(details(alias, recorded, now), now.map(AliasObserver::entry));
            if (context.records()
                    .appendIf(draft, () -> isUnexplained(alias, recorded, now))
                    .isPresent()) {
                context.log()
                        .accept("note         " + model + "@" + alias + " points to "
                                + text(now.map(ModelVersion::version)) + " in the registry, and to "
                                + text(recorded.flatMap(AliasTarget::version))
                                + " in the record. An outside change moved it");
            }
        }
        return now;
    }

    private ModelState state() {
        return context.records().state(registry.name(), model);
    }

    /**
     * A move of ours that ended since the record was read is no difference, nor one that is under way. A move that was begun
     * before the alias was known to be elsewhere explains nothing: its operation may have been given up.
     */
    private boolean isUnexplained(String alias, Optional<AliasTarget> recorded, Optional<ModelVersion> now) {
        ModelState state = state();
        return state.alias(alias).map(AliasTarget::move).equals(recorded.map(AliasTarget::move))
                && state.unfinishedMoves().stream()
                        .filter(move -> recorded.isEmpty()
                                || move.sequence() > recorded.get().move().sequence())
                        .noneMatch(move -> explains(move, alias, now));
    }

    private static String text(Optional<String> version) {
        return version.map(v -> "version " + v).orElse("no version");
    }

    private static boolean agrees(Optional<AliasTarget> recorded, Optional<ModelVersion> now) {
        boolean same = recorded.flatMap(AliasTarget::version).equals(now.map(ModelVersion::version));
        Optional<String> fingerprint = recorded.flatMap(AliasTarget::identity).map(VersionIdentity::fingerprint);
        return same && (fingerprint.isEmpty() || fingerprint.equals(now.map(ModelVersion::fingerprint)));
    }

    private static boolean explains(Event move, String alias, Optional<ModelVersion> now) {
        ObjectNode details = move.draft().details();
        return details.path("alias").asText().equals(alias)
                && Optional.ofNullable(details.path("to").textValue()).equals(now.map(ModelVersion::version));
    }

    private static VersionIdentity entry(ModelVersion version) {
        return new VersionIdentity(version.version(), version.fingerprint(), Optional.empty());
    }

    private static ObjectNode details(String alias, Optional<AliasTarget> recorded, Optional<ModelVersion> now) {
        ObjectNode details = Json.object().put("alias", alias);
        recorded.flatMap(AliasTarget::version).ifPresent(version -> details.put("from", version));
        now.ifPresent(version -> details.put("to", version.version()));
        return details;
    }
}
