package io.jenkins.plugins.modeldelivery.engine.operation.alias;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.journal.JournalEntry;
import io.jenkins.plugins.modeldelivery.engine.model.TextSanitizer;
import io.jenkins.plugins.modeldelivery.engine.operation.Actor;
import io.jenkins.plugins.modeldelivery.engine.operation.evidence.PromotionFactsReader;
import io.jenkins.plugins.modeldelivery.engine.policy.Approval;
import io.jenkins.plugins.modeldelivery.engine.record.EventDraft;
import io.jenkins.plugins.modeldelivery.engine.request.PromoteRequest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.stream.Stream;

/** What a promotion tells: the details of its events, its result, and how it ended in a sentence. */
record PromotionReport(PromoteRequest request, String registry, Actor actor, JournalEntry entry) {
    /** Identity of the version that had the alias. */
    static final String PREVIOUS = "previousIdentity";

    String subject() {
        return request.model().name() + "/" + entry.get("version");
    }

    /** What is asked for. */
    private ObjectNode about() {
        return Json.object().put("alias", request.to()).put("policy", entry.get("policy"));
    }

    ObjectNode refused() {
        ObjectNode details = about();
        details.set("decision", entry.node("decision"));
        return withCommitters(details);
    }

    /** That it is asked for, and until when. */
    ObjectNode approvalRequested() {
        return withDeadline(refused());
    }

    ObjectNode approved(Approval approval) {
        ObjectNode details = about().put("by", approval.by());
        details.put("given", approval.time().toString());
        return withComment(details, approval.comment()).put("override", approval.override());
    }

    /** One person may approve twice, as when an override follows; the time distinguishes them. */
    static boolean sameApproval(EventDraft one, EventDraft other) {
        return Stream.of("by", "given", "override")
                .allMatch(key -> one.details().path(key).equals(other.details().path(key)));
    }

    /** How the waiting for approval ended without a promotion. */
    ObjectNode waitingEnded() {
        ObjectNode details = about();
        JsonNode refusal = entry.node(Approvals.REFUSAL);
        if (refusal.isObject()) {
            details.put("by", refusal.path("by").asText());
            withComment(details, refusal.path("comment").asText());
        }
        return withDeadline(details);
    }

    /** Adds what admitted the move. */
    void describeMove(ObjectNode details) {
        entry.find("policy").ifPresent(policy -> details.put("policy", policy));
        copyObject("decision", details);
        if (entry.node(Approvals.KEY).isArray()) {
            details.set(Approvals.KEY, entry.node(Approvals.KEY));
        }
        withCommitters(details);
    }

    /** Whose changes are asked for, as far as known. */
    private ObjectNode withCommitters(ObjectNode details) {
        if (!actor.committers().isEmpty()) {
            actor.committers().forEach(details.putArray("committers")::add);
        }
        return details;
    }

    private static ObjectNode withComment(ObjectNode details, String comment) {
        return comment.isBlank() ? details : details.put("comment", comment);
    }

    private ObjectNode withDeadline(ObjectNode details) {
        entry.find(Approvals.DEADLINE).ifPresent(deadline -> details.put(Approvals.DEADLINE, deadline));
        return details;
    }

    private void copyObject(String key, ObjectNode to) {
        if (entry.node(key).isObject()) {
            to.set(key, entry.node(key));
        }
    }

    ObjectNode result(boolean changed) {
        ObjectNode result = Json.object()
                .put("name", request.model().name())
                .put("version", entry.get("version"))
                .put("registry", registry)
                .put("alias", request.to())
                .put("changed", changed)
                .put("dryRun", request.dryRun());
        entry.find("move.from").ifPresent(version -> result.put("previous", version));
        copyObject(PREVIOUS, result);
        entry.find("policy").ifPresent(policy -> result.put("policy", policy));
        entry.find("policyDigest").ifPresent(digest -> result.put("policyDigest", digest));
        copyObject("decision", result);
        if (result.has("decision")) {
            result.set(PromotionFactsReader.REQUESTERS, entry.node(PromotionFactsReader.REQUESTERS));
        }
        return result;
    }

    String approvalRefused() {
        JsonNode refusal = entry.node(Approvals.REFUSAL);
        String comment = refusal.path("comment").asText();
        return refusal.path("by").asText() + " refused that " + subject() + " becomes " + request.to()
                + (comment.isBlank() ? "." : ": \"" + TextSanitizer.brief(comment, 300) + "\".");
    }

    String approvalExpired() {
        return subject() + " may not become " + request.to() + ": the approvals expired at "
                + Instant.parse(entry.get(Approvals.DEADLINE)).truncatedTo(ChronoUnit.SECONDS) + ".";
    }

    String replaced() {
        return subject() + " was deleted and created again in the registry since this promotion started. Earlier"
                + " decisions do not count for it. Gate and promote the new version.";
    }

    /** @param actual version that the alias points to */
    String conflict(boolean overtaken, Optional<String> actual) {
        Optional<String> from = entry.find("move.from");
        if (overtaken && actual.equals(from)) {
            return "The promotion of " + subject() + " was interrupted while it moved " + request.to()
                    + ", which points to " + actual.orElse("no version")
                    + " as before: the move did not arrive, or an outside change moved the alias back. Nothing was"
                    + " changed. Check the record of the model, then promote again.";
        }
        return "While " + subject() + " was being promoted, somebody else moved " + request.to() + " from "
                + from.orElse("no version") + " to " + actual.orElse("no version")
                + ". Nothing was overwritten. Check the record of the model, then promote again.";
    }
}
