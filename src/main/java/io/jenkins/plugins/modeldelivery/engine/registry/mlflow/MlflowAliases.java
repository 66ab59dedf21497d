package io.jenkins.plugins.modeldelivery.engine.registry.mlflow;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.http.JsonReply;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.ModelVersion;
import io.jenkins.plugins.modeldelivery.engine.model.Tags;
import io.jenkins.plugins.modeldelivery.engine.registry.AliasChange;
import io.jenkins.plugins.modeldelivery.engine.registry.AliasChange.AliasMove;
import io.jenkins.plugins.modeldelivery.engine.registry.ModelAliases;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads and moves the aliases of registered models. */
final class MlflowAliases {
    private static final String ALIAS = "registered-models/alias";
    private static final Set<ErrorKind> MAY_MEAN_NOBODY =
            Set.of(ErrorKind.INVALID_INPUT, ErrorKind.NOT_FOUND, ErrorKind.UNSUPPORTED);

    /** Answers of a server that did not do what it was asked. */
    private static final Set<ErrorKind> REFUSALS = Set.of(
            ErrorKind.INVALID_INPUT,
            ErrorKind.NOT_FOUND,
            ErrorKind.ALREADY_EXISTS,
            ErrorKind.CONFLICT,
            ErrorKind.DENIED,
            ErrorKind.UNSUPPORTED);

    private final MlflowApi api;

    MlflowAliases(MlflowApi api) {
        this.api = api;
    }

    Aliases of(String model, Cancellation cancellation) {
        return Aliases.read(
                api.get("registered-models/get", Map.of("name", model), "read the model " + model, cancellation)
                        .object("registered_model"));
    }

    /** The version that has an alias now; empty if none does. */
    Optional<ModelVersion> versionOf(String model, String alias, Cancellation cancellation) {
        try {
            JsonReply reply =
                    api.get(ALIAS, Map.of("name", model, "alias", alias), "read " + model + "@" + alias, cancellation);
            return Optional.of(MlflowVersions.read(reply.object("model_version"), api.base()));
        } catch (DeliveryException e) {
            if (!MAY_MEAN_NOBODY.contains(e.kind())) {
                throw e;
            }
            // A gate may pass where there is no baseline, so only MLflow's own words for that are taken at once.
            return e.getMessage().contains("alias " + alias + " not found")
                    ? Optional.empty()
                    : of(model, cancellation)
                            .versionOf(alias)
                            .map(version -> MlflowVersions.get(api, model, version, cancellation));
        }
    }

    /** As {@link io.jenkins.plugins.modeldelivery.engine.registry.ModelRegistry#moveAlias} says. */
    AliasMove move(String model, AliasChange change, Cancellation cancellation) {
        String alias = change.alias();
        Aliases before = of(model, cancellation);
        Optional<String> actual = before.versionOf(alias);
        Optional<AliasMove.Outcome> standing = change.standing(actual, before.operations(alias));
        if (standing.isPresent()) {
            return new AliasMove(standing.get(), actual);
        }
        try {
            remember(model, alias, before.historyWith(change), cancellation);
            // MLflow sets an alias wherever it points, so nothing may come between this comparison and the call.
            Optional<String> now = of(model, cancellation).versionOf(alias);
            Optional<AliasMove.Outcome> since = change.standing(now, before.operations(alias));
            if (since.isPresent()) {
                return new AliasMove(since.get(), now);
            }
        } catch (DeliveryException e) {
            throw e.kind() == ErrorKind.DENIED ? denied(e, model) : e;
        }
        try {
            set(model, change, cancellation);
        } catch (DeliveryException e) {
            return refused(e, model, change, cancellation);
        }
        Optional<String> after = readBack(model, change, cancellation);
        return new AliasMove(after.equals(change.to()) ? AliasMove.Outcome.MOVED : AliasMove.Outcome.OVERTAKEN, after);
    }

    /** A refusal is of the last try; one before it, whose answer was lost, may have moved the alias. */
    private AliasMove refused(DeliveryException e, String model, AliasChange change, Cancellation cancellation) {
        if (!REFUSALS.contains(e.kind())) {
            throw e;
        }
        Optional<String> now;
        try {
            now = of(model, cancellation).versionOf(change.alias());
        } catch (DeliveryException unseen) {
            throw ErrorKind.SERVER.error(
                    e.getMessage() + " It is unknown whether the alias was moved: " + unseen.getMessage(), unseen);
        }
        if (now.equals(change.to())) {
            return new AliasMove(AliasMove.Outcome.MOVED, now);
        }
        throw e.kind() == ErrorKind.DENIED ? denied(e, model) : e;
    }

    /** MLflow has said that the alias is set, so that a read that fails does not mean that it was not moved. */
    private Optional<String> readBack(String model, AliasChange change, Cancellation cancellation) {
        try {
            return of(model, cancellation).versionOf(change.alias());
        } catch (DeliveryException e) {
            return change.to();
        }
    }

    private void set(String model, AliasChange change, Cancellation cancellation) {
        ObjectNode body = Json.object().put("name", model).put("alias", change.alias());
        String purpose = purpose(model, change.alias());
        if (change.to().isPresent()) {
            api.update("POST", ALIAS, body.put("version", change.to().get()), purpose, cancellation);
        } else {
            api.update("DELETE", ALIAS, body, purpose, cancellation);
        }
    }

    private static String purpose(String model, String alias) {
        return "move the alias " + alias + " of " + model;
    }

    private static DeliveryException denied(DeliveryException e, String model) {
        return ErrorKind.DENIED.error(
                e.getMessage()
                        + " The alias was not moved. Moving it needs the permission to update the registered model "
                        + model
                        + ", in MLflow's own authentication EDIT or MANAGE; its owner or an administrator of MLflow"
                        + " gives that.",
                e);
    }

    /** A server without tags of models forgets where the alias pointed; the record still knows. */
    private void remember(String model, String alias, String history, Cancellation cancellation) {
        ObjectNode tag = Json.object()
                .put("name", model)
                .put("key", Tags.aliasHistory(alias))
                .put("value", history);
        try {
            api.update("POST", "registered-models/set-tag", tag, purpose(model, alias), cancellation);
        } catch (DeliveryException e) {
            e.rethrowUnless(ErrorKind.UNSUPPORTED);
        }
    }

    /**
     * The aliases of a registered model. MLflow forgets who had one before, so a tag of the model remembers; it is written
     * before the alias is moved, so its first entry may be a move that never happened.
     */
    record Aliases(Map<String, String> targets, Map<String, String> tags) implements ModelAliases {
        /** As many as fit well into a tag. */
        private static final int REMEMBERED = 100;

        /** Stands before the operation that began a move. */
        private static final char BY = '@';

        /** Stands for no version, where a move took the alias away. */
        private static final String NOWHERE = "-";

        Aliases {
            targets = Collections.unmodifiableMap(new TreeMap<>(targets));
            tags = Map.copyOf(tags);
        }

        static Aliases read(JsonReply model) {
            Map<String, String> targets = new TreeMap<>();
            model.list("aliases").forEach(a -> targets.put(a.text("alias"), a.text("version")));
            return new Aliases(targets, MlflowVersions.tags(model));
        }

        /** Newest first, beginning with where the alias points; what the tag says before it never happened or is unknown. */
        @Override
        public List<String> history(String alias) {
            return happened(alias).stream()
                    .map(Aliases::version)
                    .filter(version -> !version.equals(NOWHERE))
                    .toList();
        }

        private List<String> happened(String alias) {
            List<String> moves = moves(alias);
            String version = targets.getOrDefault(alias, NOWHERE);
            List<String> versions = moves.stream().map(Aliases::version).toList();
            int at = versions.indexOf(version);
            if (at >= 0) {
                return moves.subList(at, moves.size());
            }
            if (version.equals(NOWHERE)) {
                return moves;
            }
            List<String> all = new ArrayList<>(moves);
            all.add(0, version);
            return List.copyOf(all);
        }

        /** The operations that began a move, as far as the tag remembers. */
        @Override
        public Set<String> operations(String alias) {
            return moves(alias).stream()
                    .filter(move -> move.indexOf(BY) >= 0)
                    .map(move -> move.substring(move.indexOf(BY) + 1))
                    .collect(Collectors.toSet());
        }

        private List<String> moves(String alias) {
            return Stream.of(tags.getOrDefault(Tags.aliasHistory(alias), "")
                            .strip()
                            .split(" +"))
                    .filter(move -> !move.isEmpty())
                    .toList();
        }

        private static String version(String move) {
            return move.indexOf(BY) >= 0 ? move.substring(0, move.indexOf(BY)) : move;
        }

        /** The value of the tag for the next move. */
        String historyWith(AliasChange change) {
            List<String> all = new ArrayList<>(happened(change.alias()));
            all.add(0, change.to().orElse(NOWHERE) + BY + change.operation());
            return String.join(" ", all.subList(0, Math.min(all.size(), REMEMBERED)));
        }
    }
}
