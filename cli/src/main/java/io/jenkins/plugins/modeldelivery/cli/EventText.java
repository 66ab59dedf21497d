package io.jenkins.plugins.modeldelivery.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.modeldelivery.engine.history.EventWords;
import io.jenkins.plugins.modeldelivery.engine.model.Manifest;
import io.jenkins.plugins.modeldelivery.engine.record.Event;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/** An event as a row for people. */
final class EventText {
    private static final int[] WIDTHS = {5, 22, 24, 13, 10, 26};
    private static final int[] REASON = {5, 95};

    private EventText() {}

    /** One line, and a second one where there is a reason to tell. */
    static String row(Event event) {
        String reason = EventWords.reason(event);
        return reason.isEmpty() ? line(event) : line(event) + "\n" + Columns.row(REASON, "", reason);
    }

    private static String line(Event event) {
        String time = DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(
                event.time().truncatedTo(ChronoUnit.SECONDS).atOffset(ZoneOffset.UTC));
        return Columns.row(
                WIDTHS,
                String.valueOf(event.sequence()),
                time + "Z",
                event.draft().type(),
                event.draft().model()
                        + event.draft().version().map(v -> "/" + v).orElse(""),
                event.draft().actor(),
                summary(event.draft().type(), event.draft().details()));
    }

    private static String summary(String type, JsonNode details) {
        return switch (type) {
            case "gated" ->
                details.path("verdict").asText() + " " + details.path("gate").asText();
            case "promoted", "alias-moved", "rolled-back" ->
                details.path("alias").asText() + ": "
                        + details.path("from").asText("none") + " → "
                        + details.path("to").asText("none")
                        + (details.hasNonNull("policy")
                                ? " under " + details.path("policy").asText()
                                : "");
            case "deployment-started", "deployed", "deployment-rolled-back", "deployment-failed" ->
                details.path("target").asText() + "/" + details.path("endpoint").asText();
            case "approved", "approval-refused" ->
                details.path("alias").asText() + ", by " + details.path("by").asText()
                        + (details.path("override").asBoolean() ? " (override)" : "");
            case "promotion-refused",
                    "approval-requested",
                    "approval-expired",
                    "approval-cancelled",
                    "promotion-conflict" -> details.path("alias").asText();
            case "registered" -> Manifest.brief(details.path("digest").asText());
            default -> "";
        };
    }
}
