package io.jenkins.plugins.modeldelivery.ui.version;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.modeldelivery.engine.history.EventDetails;
import io.jenkins.plugins.modeldelivery.engine.record.Event;
import io.jenkins.plugins.modeldelivery.ui.StatusMark;
import io.jenkins.plugins.modeldelivery.ui.gate.GateTable;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.StreamSupport;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A gate's report. */
@ExportedBean(defaultVisibility = 2)
public final class GateReportView {
    private final Event event;

    GateReportView(Event event) {
        this.event = event;
    }

    @Exported
    public EventStatement getSaid() {
        return EventStatement.of(event);
    }

    /** For programs: all that is known of each check. */
    @Exported
    public GateTable getReport() {
        return GateTable.of(event.draft().details()).orElse(null);
    }

    public StatusMark getMark() {
        return mark(event.draft().details().path("verdict").asText());
    }

    static StatusMark mark(String verdict) {
        return switch (verdict) {
            case "PASSED" -> StatusMark.good("passed");
            case "FAILED" -> StatusMark.bad("failed");
            default -> StatusMark.unsure("inconclusive");
        };
    }

    @Exported
    public String getDigest() {
        return event.draft().details().path("gateDigest").asText();
    }

    public List<Row> getRows() {
        return StreamSupport.stream(event.draft().details().path("checks").spliterator(), false)
                .map(Row::new)
                .toList();
    }

    /** One check on one slice. */
    public static final class Row {
        private final JsonNode check;

        Row(JsonNode check) {
            this.check = check;
        }

        public String getCheck() {
            return check.path("check").asText();
        }

        public String getSlice() {
            return check.path("slice").asText();
        }

        public String getValue() {
            return number("value");
        }

        public String getBaseline() {
            return number("baseline");
        }

        public String getBound() {
            return number("bound");
        }

        public StatusMark getMark() {
            return mark(check.path("verdict").asText());
        }

        public String getReason() {
            return check.path("reason").asText();
        }

        private String number(String key) {
            return EventDetails.number(check.path(key))
                    .map(BigDecimal::toString)
                    .orElse("–");
        }
    }
}
