package io.jenkins.plugins.modeldelivery.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.modeldelivery.engine.record.Event;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/** An event as one line for people. */
final class EventText {
    private EventText() {}

    static String line(Event event) {
        String time = DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(
                event.time().truncatedTo(ChronoUnit.SECONDS).atOffset(ZoneOffset.UTC));
        return String.format(
                "%4d  %sZ  %-22s %-14s %-10s %s",
                event.sequence(),
                time,
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
            case "deployment-started", "deployed" ->
                details.path("target").asText() + "/" + details.path("endpoint").asText();
            case "deployment-rolled-back", "deployment-failed" ->
                details.path("target").asText() + "/" + details.path("endpoint").asText() + ": "
                        + details.path("reason").asText();
            case "registered" -> details.path("digest").asText();
            default -> "";
        };
    }
}
