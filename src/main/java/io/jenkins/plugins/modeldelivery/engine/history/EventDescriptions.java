package io.jenkins.plugins.modeldelivery.engine.history;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.modeldelivery.engine.record.EndpointStatus;
import io.jenkins.plugins.modeldelivery.engine.record.Event;
import io.jenkins.plugins.modeldelivery.engine.record.EventType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Says for people what an event tells. */
public final class EventDescriptions {
    private EventDescriptions() {}

    /** Who did what, without a full stop, and without when and in which build. */
    public static String sentence(Event event) {
        JsonNode details = event.draft().details();
        String actor = event.draft().actor();
        String version = "version " + event.draft().version().orElse("?");
        String alias = details.path("alias").asText();
        String place =
                details.path("target").asText() + "/" + details.path("endpoint").asText();
        String policy = details.path("policy").asText();
        return switch (event.draft().type()) {
            case REGISTERED -> actor + " registered " + version;
            case ADOPTED -> actor + " adopted " + version + ", which was not registered by Model Delivery";
            case GATED -> version + " " + verdict(details) + gate(details);
            case ALIAS_MOVE_STARTED -> actor + " is about to move " + alias + move(details) + under(policy);
            case PROMOTED, ALIAS_MOVED -> actor + " moved " + alias + move(details) + under(policy);
            case ROLLED_BACK -> actor + " moved " + alias + " back" + move(details);
            case ALIAS_MOVE_CONFLICT ->
                "the move of " + alias + move(details) + " failed: somebody else had moved the alias"
                        + (details.hasNonNull("actual")
                                ? " to version " + details.path("actual").asText()
                                : "");
            case ALIAS_MOVE_FAILED -> "the move of " + alias + move(details) + " failed: the registry rejected it";
            case ALIAS_CHANGED_OUTSIDE -> "an outside change moved " + alias + move(details) + " in the registry";
            case PROMOTION_REFUSED -> "the policy " + policy + " refused to make " + version + " " + alias;
            case APPROVAL_REQUESTED -> actor + " requested approval to make " + version + " " + alias;
            case APPROVED ->
                details.path("by").asText(actor)
                        + (details.path("override").asBoolean() ? " overrode the missing approvals of " : " approved ")
                        + version + " as " + alias;
            case APPROVAL_REFUSED ->
                details.path("by").asText(actor) + " refused to approve " + version + " as " + alias;
            case APPROVAL_EXPIRED -> "the time for the approval of " + version + " as " + alias + " is over";
            case APPROVAL_CANCELLED -> "the promotion of " + version + " to " + alias + " was stopped while it waited";
            case DEPLOYMENT_STARTED -> actor + " began to deploy " + version + " to " + place;
            case DEPLOYED -> version + " is live at " + place;
            case DEPLOYMENT_ROLLED_BACK ->
                "the deployment of " + version + " to " + place + " failed, and the former version was put back";
            case DEPLOYMENT_FAILED -> "the deployment of " + version + " to " + place + " failed";
            case DEPLOYMENT_CONFLICT ->
                "the deployment of " + version + " to " + place + " stopped: somebody else changed the endpoint";
            case ENDPOINT_TAKEN_OVER ->
                place + " serves " + served(details) + " instead of " + version + ": " + actor
                        + " took the endpoint over for another model";
            case POLICY_RECORDED -> "the text of the policy " + policy + " was recorded";
            case DAMAGED -> "line " + details.path("line").asText() + " of the record is no event";
        };
    }

    private static String served(JsonNode details) {
        JsonNode serves = details.path(EndpointStatus.SERVES);
        return serves.isObject()
                ? serves.path("model").asText() + "/" + serves.path("version").asText()
                : "something else";
    }

    private static String verdict(JsonNode details) {
        return switch (details.path("verdict").asText()) {
            case "PASSED" -> "passed";
            case "FAILED" -> "failed";
            default -> "is inconclusive in";
        };
    }

    private static String gate(JsonNode details) {
        String gate = details.path("gate").asText();
        return gate.isEmpty() ? " its checks" : " the gate " + gate;
    }

    private static String move(JsonNode details) {
        String from = details.path("from").asText();
        String to = details.path("to").asText();
        return (from.isEmpty() ? "" : " from version " + from) + (to.isEmpty() ? " to none" : " to version " + to);
    }

    private static String under(String policy) {
        return policy.isEmpty() ? "" : " under the policy " + policy;
    }

    /** What was missing, went wrong or was said; empty if nothing was. */
    public static String reason(Event event) {
        EventType type = event.draft().type();
        JsonNode details = event.draft().details();
        if (type == EventType.PROMOTION_REFUSED || type == EventType.APPROVAL_REQUESTED) {
            List<String> needed = new ArrayList<>();
            details.path("decision")
                    .path("rules")
                    .forEach(rule -> needed.add(rule.path("needed").asText()));
            needed.removeIf(String::isEmpty);
            return String.join("; ", needed);
        }
        boolean vote = type == EventType.APPROVED || type == EventType.APPROVAL_REFUSED;
        return details.path(vote ? "comment" : "reason").asText();
    }

    /** As {@link #sentence}, to stand alone; names of people stay as they are. */
    public static String capitalised(Event event) {
        String sentence = sentence(event);
        boolean person = Stream.of(
                        event.draft().actor(),
                        event.draft().details().path("by").asText())
                .anyMatch(name -> !name.isEmpty() && sentence.startsWith(name + " "));
        return person ? sentence : sentence.substring(0, 1).toUpperCase(Locale.ROOT) + sentence.substring(1);
    }
}
