package io.jenkins.plugins.modeldelivery.ui.models;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.history.EventWords;
import io.jenkins.plugins.modeldelivery.engine.model.Json;
import io.jenkins.plugins.modeldelivery.engine.record.Event;
import io.jenkins.plugins.modeldelivery.engine.record.EventType;
import io.jenkins.plugins.modeldelivery.ui.Mark;
import io.jenkins.plugins.modeldelivery.ui.Times;
import io.jenkins.plugins.modeldelivery.ui.gate.GateTable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** An event of a model's timeline, open to its evidence. */
@ExportedBean(defaultVisibility = 2)
public final class EventView {
    /** They tell whether there are events between two that are shown, which not everybody may see. */
    private static final Set<String> CHAIN = Set.of("sequence", "previous", "hash");

    private final Event event;
    private final boolean whole;

    /** @param whole whether whoever looks may see the chain */
    EventView(Event event, boolean whole) {
        this.event = event;
        this.whole = whole;
    }

    @Exported
    public String getTime() {
        return Times.text(event.time());
    }

    public String getTimeText() {
        return isDamaged() ? "" : Times.forPeople(event.time());
    }

    @Exported
    public String getType() {
        return event.draft().type().text();
    }

    /** Null if it is about no version. */
    @Exported
    public String getVersion() {
        return event.draft().version().orElse(null);
    }

    @Exported
    public String getActor() {
        return event.draft().actor();
    }

    /** Who did what. */
    @Exported
    public String getSentence() {
        return EventWords.capitalised(event);
    }

    /** What was missing, went wrong or was said; empty if nothing was. */
    @Exported
    public String getReason() {
        return EventWords.reason(event);
    }

    /** Null if it happened in no build. */
    @Exported
    public BuildView getBuild() {
        return BuildView.of(event);
    }

    @Exported
    public Map<String, Object> getDetails() {
        return PlainJson.object(event.draft().details());
    }

    public boolean isDamaged() {
        return event.draft().type() == EventType.DAMAGED;
    }

    public Mark getMark() {
        return switch (event.draft().type()) {
            case REGISTERED -> Mark.plain("Registered", "cube");
            case ADOPTED -> Mark.plain("Adopted", "cube");
            case GATED -> new VerdictView(event).getMark().saying("Gate");
            case ALIAS_MOVE_STARTED -> Mark.waiting("Alias move began");
            case PROMOTED, ALIAS_MOVED -> Mark.plain("Alias moved", "arrow-up-circle");
            case ROLLED_BACK -> Mark.warning("Rolled back");
            case PROMOTION_REFUSED, APPROVAL_REFUSED -> Mark.bad("Refused");
            case ALIAS_MOVE_CONFLICT, DEPLOYMENT_CONFLICT -> Mark.warning("Conflict");
            case ALIAS_MOVE_FAILED -> Mark.bad("Alias not moved");
            case ALIAS_CHANGED_OUTSIDE -> Mark.warning("Changed outside");
            case ENDPOINT_TAKEN_OVER -> Mark.warning("Endpoint taken over");
            case APPROVAL_REQUESTED -> Mark.waiting("Approval asked for");
            case APPROVED -> Mark.good("Approved");
            case APPROVAL_EXPIRED -> Mark.warning("Approval expired");
            case APPROVAL_CANCELLED -> Mark.warning("Stopped");
            case DEPLOYMENT_STARTED -> Mark.waiting("Rollout began");
            case DEPLOYED -> Mark.good("Live");
            case DEPLOYMENT_ROLLED_BACK -> Mark.bad("Rollout taken back");
            case DEPLOYMENT_FAILED -> Mark.bad("Rollout failed");
            case POLICY_RECORDED -> Mark.plain("Policy recorded", "document-text");
            case DAMAGED -> Mark.bad("Damaged");
        };
    }

    /** The report of a gate; null if it is of another kind, or a report that this release cannot read. */
    public GateTable getGateTable() {
        return event.draft().type() == EventType.GATED
                ? GateTable.of(event.draft().details()).orElse(null)
                : null;
    }

    /** What else it was decided on: tables, none of them empty. */
    public List<EvidenceTable> getTables() {
        return EvidenceTable.of(event.draft().details());
    }

    /** As the record has it, over several lines. */
    public String getJson() {
        ObjectNode json = event.toJson();
        return Json.pretty(whole ? json : json.remove(CHAIN));
    }
}
