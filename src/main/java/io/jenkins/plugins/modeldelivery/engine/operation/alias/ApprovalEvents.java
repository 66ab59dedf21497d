package io.jenkins.plugins.modeldelivery.engine.operation.alias;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.journal.JournalEntry;
import io.jenkins.plugins.modeldelivery.engine.operation.Actor;
import io.jenkins.plugins.modeldelivery.engine.policy.Approval;
import io.jenkins.plugins.modeldelivery.engine.record.EventDraft;
import java.util.stream.Stream;

/** What the record tells of a promotion that its policy keeps waiting. */
final class ApprovalEvents {
    private ApprovalEvents() {}

    /** What is asked for. */
    static ObjectNode about(JournalEntry entry, String alias) {
        return Json.object().put("alias", alias).put("policy", entry.get("policy"));
    }

    /** That it is asked for, and until when. */
    static ObjectNode requested(JournalEntry entry, String alias, Actor actor) {
        ObjectNode details = about(entry, alias);
        details.set("decision", entry.node("decision"));
        committers(actor, details);
        return withDeadline(entry, details);
    }

    /** Whose changes are asked for, as far as known. */
    static void committers(Actor actor, ObjectNode details) {
        if (!actor.committers().isEmpty()) {
            actor.committers().forEach(details.putArray("committers")::add);
        }
    }

    static ObjectNode approved(JournalEntry entry, String alias, Approval approval) {
        ObjectNode details = about(entry, alias).put("by", approval.by());
        details.put("given", approval.time().toString());
        return withComment(details, approval.comment()).put("override", approval.override());
    }

    /** One person may approve twice, as when an override follows; each is told apart by when it was given. */
    static boolean sameApproval(EventDraft one, EventDraft other) {
        return Stream.of("by", "given", "override")
                .allMatch(key -> one.details().path(key).equals(other.details().path(key)));
    }

    /** How the waiting ended without a promotion. */
    static ObjectNode ended(JournalEntry entry, String alias) {
        ObjectNode details = about(entry, alias);
        JsonNode refusal = entry.node(Approvals.REFUSAL);
        if (refusal.isObject()) {
            withComment(
                    details.put("by", refusal.path("by").asText()),
                    refusal.path("comment").asText());
        }
        return withDeadline(entry, details);
    }

    private static ObjectNode withComment(ObjectNode details, String comment) {
        return comment.isBlank() ? details : details.put("comment", comment);
    }

    private static ObjectNode withDeadline(JournalEntry entry, ObjectNode details) {
        entry.find(Approvals.DEADLINE).ifPresent(deadline -> details.put(Approvals.DEADLINE, deadline));
        return details;
    }
}
