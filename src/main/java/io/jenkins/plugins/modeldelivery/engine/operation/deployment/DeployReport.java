package io.jenkins.plugins.modeldelivery.engine.operation.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.journal.JournalEntry;
import io.jenkins.plugins.modeldelivery.engine.journal.RejectionReason;
import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.Sha256;
import io.jenkins.plugins.modeldelivery.engine.operation.NamedLookup;
import io.jenkins.plugins.modeldelivery.engine.record.EndpointStatus;
import io.jenkins.plugins.modeldelivery.engine.record.EventType;
import io.jenkins.plugins.modeldelivery.engine.request.DeployRequest;
import io.jenkins.plugins.modeldelivery.engine.serving.CallLimits;
import io.jenkins.plugins.modeldelivery.engine.serving.EndpointState;
import io.jenkins.plugins.modeldelivery.engine.serving.Revision;
import io.jenkins.plugins.modeldelivery.engine.serving.Rollout;
import io.jenkins.plugins.modeldelivery.engine.serving.ServedVersion;
import io.jenkins.plugins.modeldelivery.engine.serving.ServingTarget;
import io.jenkins.plugins.modeldelivery.engine.serving.SmokeTest;
import java.util.List;
import java.util.Optional;

/**
 * What a rollout tells: the details of its events, its result, and its last sentence.
 *
 * @param registry configured name
 */
record DeployReport(
        DeployRequest request, String registry, NamedLookup.Named<ServingTarget> target, JournalEntry entry) {
    private Optional<Rollout> rollout() {
        return entry.node("rollout").isObject()
                ? Optional.of(Rollout.fromJson(entry.node("rollout")))
                : Optional.empty();
    }

    private String candidate() {
        return request.model().name() + entry.find("version").map(v -> "/" + v).orElse("");
    }

    String place() {
        return target.name() + "/" + request.endpoint();
    }

    /** Of the event before anything is done. */
    ObjectNode intent() {
        ObjectNode details = facts();
        if (request.smokeTest().isPresent()) {
            details.set("smokeTest", summary(request.smokeTest().get()));
        }
        return details;
    }

    /** Bodies may have any size and shape, which a record does not take. */
    private static ObjectNode summary(SmokeTest test) {
        return Json.object()
                .put("digest", Sha256.digest(Json.canonical(test.toJson())))
                .put("expectation", test.expected().isPresent());
    }

    /**
     * Of the event after everything was done: it alone says what the endpoint serves now.
     */
    ObjectNode outcome(EventType type) {
        ObjectNode details = facts();
        for (String key : List.of("reason", "restoreProblem")) {
            entry.find(key).ifPresent(text -> details.put(key, text));
        }
        try {
            EndpointState state = target.value().state(request.endpoint());
            details.put("generationAfter", state.generation());
            details.set(
                    EndpointStatus.SERVES,
                    state.live().<JsonNode>map(DeployReport::json).orElse(NullNode.getInstance()));
            details.put(EndpointStatus.PROVEN, proven(type, state));
        } catch (DeliveryException e) {
            details.put("unknown", e.getMessage());
        }
        return details;
    }

    /** Whether what the target shows as live was verified, by this rollout or by the one that came between. */
    private boolean proven(EventType type, EndpointState state) {
        return switch (type) {
            case DEPLOYED, DEPLOYMENT_ROLLED_BACK -> true;
            case DEPLOYMENT_CONFLICT ->
                state.rollout()
                                .filter(r -> r.operation().equals(entry.get("operation")))
                                .isEmpty()
                        || (entry.find("switched").isEmpty() && isAsItWas());
            default ->
                entry.find("restoreProblem").isEmpty()
                        && (entry.find("restored").isPresent()
                                || entry.find("switched").isEmpty());
        };
    }

    private boolean isAsItWas() {
        try {
            target.value().inspect(request.endpoint(), CallLimits.of(Cancellation.NONE));
            return true;
        } catch (DeliveryException e) {
            return e.kind() != ErrorKind.CONFLICT;
        }
    }

    private ObjectNode facts() {
        ObjectNode details = Json.object();
        details.put("target", target.name());
        details.put("endpoint", request.endpoint());
        rollout().ifPresent(rollout -> {
            details.put("generationBefore", rollout.generation());
            rollout.previous().ifPresent(p -> details.set("previous", json(p)));
            displaced().ifPresent(other -> details.put("takeOver", true));
        });
        return details;
    }

    private static ObjectNode json(Revision revision) {
        return revision.toJson().without(List.of("smokeTest"));
    }

    /** The version of another model that is served until this rollout takes over its endpoint; empty if there is none. */
    Optional<ServedVersion> displaced() {
        return rollout()
                .flatMap(rollout -> rollout.previous()
                        .map(Revision::version)
                        .filter(previous -> !previous.sameModel(rollout.candidate())));
    }

    /** Whether the endpoint serves a version of this model after an outcome, as after a restore. */
    static boolean servesModelOf(ServedVersion other, ObjectNode outcome) {
        JsonNode serves = outcome.path(EndpointStatus.SERVES);
        return serves.path("model").asText().equals(other.model())
                && serves.path("registry").asText().equals(other.registry());
    }

    /** Of the event in the record of the model that was served before: what the outcome says of the endpoint. */
    ObjectNode takenOver(ObjectNode outcome) {
        return outcome.deepCopy()
                .retain(
                        "target",
                        "endpoint",
                        EndpointStatus.SERVES,
                        EndpointStatus.PROVEN,
                        "unknown",
                        "generationAfter");
    }

    ObjectNode result(String state, boolean changed) {
        ObjectNode result = facts();
        rollout().flatMap(r -> r.candidate().digest()).ifPresent(digest -> result.put("digest", digest));
        result.put("name", request.model().name());
        entry.find("version").ifPresent(version -> result.put("version", version));
        result.put("registry", registry);
        result.put("state", state);
        result.put("changed", changed);
        entry.find("reason").ifPresent(r -> result.put("reason", r));
        entry.find("restoreProblem").ifPresent(p -> result.put("restoreProblem", p));
        if (entry.node("smokeMillis").isNumber()) {
            result.set("smokeTestMillis", entry.node("smokeMillis"));
        }
        return result;
    }

    String planned() {
        return place() + ": "
                + rollout()
                        .flatMap(Rollout::previous)
                        .map(p -> p.version().text())
                        .orElse("nothing") + " → " + candidate();
    }

    /** What is served after a rollback. */
    String previous() {
        return rollout()
                .flatMap(Rollout::previous)
                .map(Revision::version)
                .map(ServedVersion::text)
                .map(text -> text + " again")
                .orElse("nothing, as before");
    }

    /** Within a sentence. */
    private String reason() {
        String reason = entry.get("reason");
        return reason.endsWith(".") ? reason.substring(0, reason.length() - 1) : reason;
    }

    String rolledBack() {
        return candidate() + " was rolled back from " + place() + ", because " + reason() + ". It serves " + previous()
                + ".";
    }

    /** For the log; empty if everything was said before. */
    Optional<String> endLine(String end) {
        if (entry.find("restoreProblem").isPresent()) {
            return Optional.of("FAILED       " + place() + ": the previous version could not be restored: "
                    + entry.get("restoreProblem"));
        }
        return end.equals("rolled-back")
                ? Optional.of("rolled back  " + place() + " serves " + previous())
                : Optional.empty();
    }

    String failed() {
        String after = entry.find("restoreProblem")
                .map(p -> "The previous version could not be restored: " + p + (p.endsWith(".") ? "" : ".")
                        + " Check the server now.")
                .orElseGet(() -> entry.find("restored").isPresent()
                        ? "It serves " + previous() + "."
                        : entry.find("switched").isPresent()
                                ? "Nothing was restored, because rollback is switched off."
                                : "The endpoint was not changed.");
        return "The deployment of " + candidate() + " to " + place() + " failed, because " + reason() + ". " + after;
    }

    /** Whether arguments, files or configuration are wrong: that says nothing about the version. */
    static boolean isInput(ErrorKind problem) {
        return switch (problem) {
            case INVALID_INPUT, NOT_FOUND, ALREADY_EXISTS, LOCAL_IO, CORRUPT -> true;
            default -> false;
        };
    }

    /** Why the rollout failed. */
    RejectionReason refusal() {
        if (entry.find("restoreProblem").isPresent()) {
            return RejectionReason.ROLLBACK_FAILED;
        }
        return entry.find("problem")
                .map(ErrorKind::valueOf)
                .map(problem -> isInput(problem) ? RejectionReason.INVALID_INPUT : RejectionReason.SERVER_REFUSED)
                .orElse(RejectionReason.DEPLOYMENT_FAILED);
    }
}
