package io.jenkins.plugins.modeldelivery.build.operation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.journal.Progress;
import io.jenkins.plugins.modeldelivery.engine.journal.RejectionReason;
import java.time.Instant;
import java.util.Optional;

/**
 * How an operation ended.
 *
 * @param effect what that means for the build
 * @param refusal why it ended without what was asked for; empty if it ended well
 * @param message one sentence for people, empty if it ended well
 * @param result as the engine gives it, not to be changed
 */
public record Outcome(
        OperationType type,
        Optional<RejectionReason> refusal,
        Effect effect,
        String message,
        ObjectNode result,
        Instant time) {
    /** What an outcome does to its build. */
    public enum Effect {
        SUCCESS,
        UNSTABLE,
        FAILURE
    }

    /** @param request of the operation, which says what a gate's verdict means */
    static Outcome of(OperationType type, JsonNode request, Progress progress, Instant time) {
        if (progress instanceof Progress.Rejected refused) {
            return new Outcome(
                    type,
                    Optional.of(refused.why()),
                    refused(type, request, refused.why()),
                    refused.message(),
                    refused.result(),
                    time);
        }
        ObjectNode result = ((Progress.Done) progress).result();
        JsonNode gate = request.path("gate");
        boolean unstable = type == OperationType.DELIVER
                && gate.path("onFailure").asText().equals("unstable")
                && !result.path("gate").path("verdict").asText("PASSED").equals("PASSED");
        return new Outcome(type, Optional.empty(), unstable ? Effect.UNSTABLE : Effect.SUCCESS, "", result, time);
    }

    Progress progress() {
        return refusal.<Progress>map(why -> new Progress.Rejected(why, message, result))
                .orElseGet(() -> new Progress.Done(result));
    }

    private static Effect refused(OperationType type, JsonNode request, RejectionReason why) {
        boolean verdict = why == RejectionReason.GATE_FAILED || why == RejectionReason.GATE_INCONCLUSIVE;
        if (type != OperationType.GATE || !verdict) {
            return Effect.FAILURE;
        }
        return switch (request.path("onFailure").asText("fail")) {
            case "unstable" -> Effect.UNSTABLE;
            case "continue" -> Effect.SUCCESS;
            default -> Effect.FAILURE;
        };
    }

    /** What it says of an operation: its own result, or a whole delivery's part; missing if it has none. Not to be changed. */
    public JsonNode of(OperationType part) {
        return type == part
                ? result
                : type == OperationType.DELIVER ? result.path(part.key()) : MissingNode.getInstance();
    }

    /** Whether people should look although the build goes on. */
    public boolean warns() {
        return effect == Effect.UNSTABLE
                || of(OperationType.GATE).path("verdict").asText().equals("INCONCLUSIVE");
    }

    /** In a few words, such as "churn/7 registered", or "churn/7 registered, PASSED, is now champion, live at edge". */
    public String summary() {
        if (type != OperationType.GATE && refusal.isPresent()) {
            return message;
        }
        return type == OperationType.DELIVER ? delivery() : said(type);
    }

    private String delivery() {
        String model = "";
        StringBuilder text = new StringBuilder();
        for (OperationType part : OperationType.values()) {
            if (part != OperationType.DELIVER && of(part).isObject()) {
                String said = said(part);
                text.append(text.isEmpty() ? "" : ", ")
                        .append(said.startsWith(model) ? said.substring(model.length()) : said);
                model = model(part) + " ";
            }
        }
        return text.isEmpty() ? "delivered" : text.toString();
    }

    private String said(OperationType part) {
        JsonNode its = of(part);
        return model(part)
                + switch (part) {
                    case REGISTER -> " registered";
                    case GATE -> " " + its.path("verdict").asText();
                    case PROMOTE -> promotion(its);
                    case DEPLOY -> " live at " + its.path("endpoint").asText();
                    case DELIVER -> "";
                };
    }

    private String model(OperationType part) {
        JsonNode its = of(part);
        return part == OperationType.GATE
                ? its.path("model").asText()
                : its.path("name").asText() + "/" + its.path("version").asText();
    }

    private static String promotion(JsonNode its) {
        String alias = its.path("alias").asText();
        if (its.path("dryRun").asBoolean()) {
            boolean approvals = its.path("decision").path("approvalNeeded").asBoolean();
            return " may become " + alias + (approvals ? " once it is approved" : "");
        }
        return (its.path("changed").asBoolean() ? " is now " : " was already ") + alias;
    }

    ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("type", type.name());
        refusal.ifPresent(why -> json.put("refusal", why.name()));
        json.put("effect", effect.name());
        json.put("message", message);
        json.set("result", result);
        json.put("time", time.toString());
        return json;
    }

    static Outcome fromJson(ObjectNode json) {
        return new Outcome(
                OperationType.valueOf(json.path("type").asText()),
                json.hasNonNull("refusal")
                        ? Optional.of(
                                RejectionReason.valueOf(json.path("refusal").asText()))
                        : Optional.empty(),
                Effect.valueOf(json.path("effect").asText()),
                json.path("message").asText(),
                json.withObject("/result"),
                Instant.parse(json.path("time").asText()));
    }
}
