package io.jenkins.plugins.modeldelivery.cli.record;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.modeldelivery.cli.output.TextLayout;
import io.jenkins.plugins.modeldelivery.engine.history.EventDescriptions;
import io.jenkins.plugins.modeldelivery.engine.model.Manifest;
import io.jenkins.plugins.modeldelivery.engine.record.Event;
import io.jenkins.plugins.modeldelivery.engine.record.EventType;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** An event as a row for people. */
final class EventText {
    private static final int[] WIDTHS = {5, 22, 24, 13, 10, 26};
    private static final int[] REASON = {5, 95};

    private EventText() {}

    /** One line, and a second one where there is a reason to tell. */
    static String row(Event event) {
        String reason = EventDescriptions.reason(event);
        return reason.isEmpty() ? line(event) : line(event) + "\n" + TextLayout.row(REASON, "", reason);
    }

    private static String line(Event event) {
        String time = DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(
                event.time().truncatedTo(ChronoUnit.SECONDS).atOffset(ZoneOffset.UTC));
        return TextLayout.row(
                WIDTHS,
                String.valueOf(event.sequence()),
                time + "Z",
                event.draft().type().text(),
                event.draft().model()
                        + event.draft().version().map(v -> "/" + v).orElse(""),
                event.draft().actor(),
                summary(
                        event.draft().type(),
                        event.draft().digest(),
                        event.draft().details()));
    }

    private static String summary(EventType type, Optional<String> digest, JsonNode details) {
        return switch (type) {
            case GATED ->
                details.path("verdict").asText() + " " + details.path("gate").asText();
            case ALIAS_MOVE_STARTED, PROMOTED, ALIAS_MOVED, ROLLED_BACK, ALIAS_MOVE_FAILED, ALIAS_CHANGED_OUTSIDE ->
                details.path("alias").asText() + ": "
                        + details.path("from").asText("none") + " → "
                        + details.path("to").asText("none")
                        + (details.hasNonNull("policy")
                                ? " under " + details.path("policy").asText()
                                : "");
            case ALIAS_MOVE_CONFLICT ->
                details.path("alias").asText() + ": "
                        + details.path("from").asText("none") + " → "
                        + details.path("to").asText("none") + ", but it points to "
                        + details.path("actual").asText("none");
            case DEPLOYMENT_STARTED,
                    DEPLOYED,
                    DEPLOYMENT_ROLLED_BACK,
                    DEPLOYMENT_FAILED,
                    DEPLOYMENT_CONFLICT,
                    ENDPOINT_TAKEN_OVER ->
                details.path("target").asText() + "/" + details.path("endpoint").asText();
            case APPROVED, APPROVAL_REFUSED ->
                details.path("alias").asText() + ", by " + details.path("by").asText()
                        + (details.path("override").asBoolean() ? " (override)" : "");
            case PROMOTION_REFUSED, APPROVAL_REQUESTED, APPROVAL_EXPIRED, APPROVAL_CANCELLED ->
                details.path("alias").asText();
            case REGISTERED, ADOPTED -> digest.map(Manifest::brief).orElse("");
            case POLICY_RECORDED -> details.path("policy").asText();
            case DAMAGED -> "";
        };
    }
}
