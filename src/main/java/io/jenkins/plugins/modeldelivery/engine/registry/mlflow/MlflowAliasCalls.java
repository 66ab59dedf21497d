package io.jenkins.plugins.modeldelivery.engine.registry.mlflow;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.http.Answer;
import io.jenkins.plugins.modeldelivery.engine.http.Idempotency;
import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.Json;
import io.jenkins.plugins.modeldelivery.engine.model.ModelVersion;
import io.jenkins.plugins.modeldelivery.engine.model.Problem;
import io.jenkins.plugins.modeldelivery.engine.model.Tags;
import io.jenkins.plugins.modeldelivery.engine.registry.AliasChange;
import io.jenkins.plugins.modeldelivery.engine.registry.AliasMove;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads and moves the aliases of registered models. */
final class MlflowAliasCalls {
    private static final String ALIAS = "registered-models/alias";
    private static final Set<Problem> MAY_MEAN_NOBODY =
            Set.of(Problem.INVALID_INPUT, Problem.NOT_FOUND, Problem.UNSUPPORTED);

    private final MlflowApi api;

    MlflowAliasCalls(MlflowApi api) {
        this.api = api;
    }

    MlflowAliases of(String model, Cancellation cancellation) {
        return MlflowAliases.read(
                api.get("registered-models/get", Map.of("name", model), "read the model " + model, cancellation)
                        .object("registered_model"));
    }

    /** The version that bears an alias now; empty if none does. */
    Optional<ModelVersion> bearer(String model, String alias, Cancellation cancellation) {
        try {
            Answer reply =
                    api.get(ALIAS, Map.of("name", model, "alias", alias), "read " + model + "@" + alias, cancellation);
            return Optional.of(MlflowVersions.read(reply.object("model_version"), api.base()));
        } catch (DeliveryException e) {
            if (!MAY_MEAN_NOBODY.contains(e.problem())) {
                throw e;
            }
            // A gate may pass where there is no baseline, so only MLflow's own words for that are taken at once.
            return e.getMessage().contains("alias " + alias + " not found")
                    ? Optional.empty()
                    : of(model, cancellation)
                            .bearer(alias)
                            .map(version -> MlflowVersions.get(api, model, version, cancellation));
        }
    }

    /** As {@link io.jenkins.plugins.modeldelivery.engine.registry.ModelRegistry#moveAlias} says. */
    AliasMove move(String model, AliasChange change, Cancellation cancellation) {
        String alias = change.alias();
        MlflowAliases before = of(model, cancellation);
        Optional<String> actual = before.bearer(alias);
        Optional<AliasMove.Outcome> standing = change.standing(actual, before.operations(alias));
        if (standing.isPresent()) {
            return new AliasMove(standing.get(), actual);
        }
        ObjectNode body = Json.object().put("name", model);
        String purpose = "move the alias " + alias + " of " + model;
        ObjectNode tag = body.deepCopy().put("key", Tags.aliasHistory(alias)).put("value", before.historyWith(change));
        remember(tag, purpose, cancellation);
        body.put("alias", alias);
        if (change.to().isPresent()) {
            body.put("version", change.to().get());
            api.post(ALIAS, body, Idempotency.IDEMPOTENT, purpose, cancellation);
        } else {
            api.delete(ALIAS, body, purpose, cancellation);
        }
        Optional<String> after = of(model, cancellation).bearer(alias);
        return new AliasMove(after.equals(change.to()) ? AliasMove.Outcome.MOVED : AliasMove.Outcome.CONFLICT, after);
    }

    /** A server without tags of models forgets who bore the alias; the record still knows. */
    private void remember(ObjectNode tag, String purpose, Cancellation cancellation) {
        try {
            api.post("registered-models/set-tag", tag, Idempotency.IDEMPOTENT, purpose, cancellation);
        } catch (DeliveryException e) {
            if (e.problem() != Problem.UNSUPPORTED) {
                throw e;
            }
        }
    }
}
