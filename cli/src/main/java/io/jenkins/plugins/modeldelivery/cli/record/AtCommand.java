package io.jenkins.plugins.modeldelivery.cli.record;

import io.jenkins.plugins.modeldelivery.cli.output.ExitStatus;
import io.jenkins.plugins.modeldelivery.cli.output.TextLayout;
import io.jenkins.plugins.modeldelivery.engine.history.ProductionAt;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.TextSanitizer;
import io.jenkins.plugins.modeldelivery.engine.record.EventType;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Tells what was in production at a time. */
@Command(
        name = "at",
        description = {
            "What was in production at a time: where each alias pointed, and what each endpoint served.",
            "Example: model-delivery record at churn 2026-11-24"
        })
final class AtCommand extends RecordCommand.Reading {
    /** Their actor did not move the alias, but met it where somebody else had moved it. */
    private static final Set<EventType> SEEN = Set.of(EventType.ALIAS_MOVE_CONFLICT, EventType.ALIAS_CHANGED_OUTSIDE);

    @Parameters(
            index = "1",
            paramLabel = "TIME",
            description = "2026-11-24 (the end of that day, UTC) or 2026-11-24T18:30:00Z.")
    private String time;

    @Override
    public Integer call() {
        ProductionAt at = ProductionAt.of(record(settings()), job -> true, instant(time));
        if (output().json()) {
            output().print(at.toJson(), out());
            return ExitStatus.DONE;
        }
        out().println(TextLayout.labelled("at           " + at.time()));
        at.aliases()
                .forEach(target -> out().println(TextLayout.labelled("alias        " + target.alias() + ": "
                        + target.version().orElse("nobody")
                        + (SEEN.contains(target.move().draft().type()) ? ", found there at " : ", since ")
                        + text(target.since()) + " by "
                        + target.move().draft().actor())));
        at.endpoints()
                .forEach(endpoint -> out().println(TextLayout.labelled("endpoint     " + endpoint.target() + "/"
                        + endpoint.endpoint() + ": " + endpoint.version().orElse("nothing")
                        + endpoint.since()
                                .map(since -> ", since " + text(since))
                                .orElse("")
                        + (endpoint.underWay() ? ", a rollout was under way" : ""))));
        if (at.aliases().isEmpty() && at.endpoints().isEmpty()) {
            out().println("nothing      was recorded for aliases or endpoints before that time");
        }
        out().flush();
        return ExitStatus.DONE;
    }

    private static String text(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static Instant instant(String text) {
        try {
            return text.contains("T")
                    ? Instant.parse(text)
                    : LocalDate.parse(text)
                            .plusDays(1)
                            .atStartOfDay()
                            .toInstant(ZoneOffset.UTC)
                            .minusMillis(1);
        } catch (DateTimeException e) {
            throw ErrorKind.INVALID_INPUT.error("\"" + TextSanitizer.brief(text, 40)
                    + "\" is not a time. Examples: 2026-11-24, 2026-11-24T18:30:00Z.");
        }
    }
}
