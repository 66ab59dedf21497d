package io.jenkins.plugins.modeldelivery.ui.event;

import io.jenkins.plugins.modeldelivery.engine.history.EventDescriptions;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.record.Event;
import io.jenkins.plugins.modeldelivery.engine.record.EventType;
import io.jenkins.plugins.modeldelivery.ui.StatusMark;
import io.jenkins.plugins.modeldelivery.ui.Timestamps;
import io.jenkins.plugins.modeldelivery.ui.gate.GateTable;
import io.jenkins.plugins.modeldelivery.ui.models.PlainJson;
import io.jenkins.plugins.modeldelivery.ui.version.VerdictView;
import java.util.List;
import java.util.Map;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/**
 * An event of a model's timeline, open to its evidence.
 *
 * @param whole whether anybody who looks may see the chain
 */
@ExportedBean(defaultVisibility = 2)
public record EventView(Event event, boolean whole) {
    @Exported
    public String getTime() {
        return Timestamps.text(event.time());
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
        return EventDescriptions.capitalised(event);
    }

    /** What was missing, went wrong or was said; empty if nothing was. */
    @Exported
    public String getReason() {
        return EventDescriptions.reason(event);
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

    public StatusMark getMark() {
        return switch (event.draft().type()) {
            case REGISTERED -> StatusMark.plain(Messages.EventView_registered(), "cube");
            case ADOPTED -> StatusMark.plain(Messages.EventView_adopted(), "cube");
            case GATED -> VerdictView.of(event).getMark().saying(Messages.EventView_gate());
            case ALIAS_MOVE_STARTED -> StatusMark.waiting(Messages.EventView_aliasMoveStarted());
            case PROMOTED, ALIAS_MOVED -> StatusMark.plain(Messages.EventView_aliasMoved(), "arrow-up-circle");
            case ROLLED_BACK -> StatusMark.warning(Messages.EventView_rolledBack());
            case PROMOTION_REFUSED, APPROVAL_REFUSED -> StatusMark.bad(Messages.EventView_refused());
            case ALIAS_MOVE_CONFLICT, DEPLOYMENT_CONFLICT -> StatusMark.warning(Messages.EventView_conflict());
            case ALIAS_MOVE_FAILED -> StatusMark.bad(Messages.EventView_aliasNotMoved());
            case ALIAS_CHANGED_OUTSIDE -> StatusMark.warning(Messages.EventView_changedOutside());
            case ENDPOINT_TAKEN_OVER -> StatusMark.warning(Messages.EventView_endpointTakenOver());
            case APPROVAL_REQUESTED -> StatusMark.waiting(Messages.EventView_approvalRequested());
            case APPROVED -> StatusMark.good(Messages.EventView_approved());
            case APPROVAL_EXPIRED -> StatusMark.warning(Messages.EventView_approvalExpired());
            case APPROVAL_CANCELLED -> StatusMark.warning(Messages.EventView_stopped());
            case DEPLOYMENT_STARTED -> StatusMark.waiting(Messages.EventView_rolloutStarted());
            case DEPLOYED -> StatusMark.good(Messages.EventView_live());
            case DEPLOYMENT_ROLLED_BACK -> StatusMark.bad(Messages.EventView_rolledBack());
            case DEPLOYMENT_FAILED -> StatusMark.bad(Messages.EventView_rolloutFailed());
            case POLICY_RECORDED -> StatusMark.plain(Messages.EventView_policyRecorded(), "document-text");
            case DAMAGED -> StatusMark.bad(Messages.EventView_damaged());
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
        return Json.pretty(whole ? event.toJson() : event.toJsonAlone());
    }
}
