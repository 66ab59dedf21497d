package io.jenkins.plugins.modeldelivery.engine.operation.alias;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.journal.Journal;
import io.jenkins.plugins.modeldelivery.engine.journal.JournalEntry;
import io.jenkins.plugins.modeldelivery.engine.journal.RejectionReason;
import io.jenkins.plugins.modeldelivery.engine.operation.Operation;
import io.jenkins.plugins.modeldelivery.engine.policy.Approval;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Approvals in the journal of a promotion, or of a delivery that promotes. Callers must check who gives one,
 * and {@link Operation#advance} does not run meanwhile; it decides anew afterwards.
 */
public final class Approvals {
    static final String AWAITING = "awaiting-approval";
    static final String CANCELLED = "cancelled";
    static final String DEADLINE = "deadline";
    static final String KEY = "approvals";
    static final String REFUSAL = "approvalRefusal";

    private Approvals() {}

    /**
     * Adds an approval to a promotion that waits for one.
     *
     * @throws IllegalStateException if the operation does not wait for approvals, or not any more
     */
    public static void add(Journal journal, Approval approval) {
        ObjectNode whole = read(journal);
        ObjectNode promotion = awaiting(whole, approval.time());
        ObjectNode node = promotion.withArray(KEY).addObject();
        describe(node, approval.by(), approval.groups(), approval.time(), approval.comment());
        node.put("override", approval.override());
        journal.write(whole);
    }

    /**
     * Ends a promotion that waits for approvals with {@link RejectionReason#APPROVAL_REFUSED}, whatever was approved before.
     *
     * @param by user id
     * @param groups of that user
     * @param comment for the record, may be empty
     * @throws IllegalStateException if the operation does not wait for approvals, or not any more
     */
    public static void refuse(Journal journal, String by, Collection<String> groups, Instant time, String comment) {
        ObjectNode whole = read(journal);
        describe(awaiting(whole, time).putObject(REFUSAL), by, groups, time, comment);
        journal.write(whole);
    }

    /** What was approved so far, oldest first; empty if nothing was, or nothing is promoted. */
    public static List<Approval> given(Journal journal) {
        return journal.read().map(whole -> of(promotion(whole))).orElse(List.of());
    }

    /** Whether the operation ended because it was cancelled while it waited for approval; it cannot go on. */
    public static boolean cancelled(Journal journal) {
        return journal.read()
                .map(whole -> promotion(whole).path(JournalEntry.STATE).asText().equals(CANCELLED))
                .orElse(false);
    }

    /**
     * What was approved, oldest first.
     *
     * @param promotion the journal of a promotion, or its part of the journal of a delivery
     */
    public static List<Approval> of(JsonNode promotion) {
        List<Approval> approvals = new ArrayList<>();
        for (JsonNode node : promotion.path(KEY)) {
            List<String> groups = new ArrayList<>();
            node.path("groups").forEach(g -> groups.add(g.asText()));
            approvals.add(new Approval(
                    node.path("by").asText(),
                    groups,
                    Instant.parse(node.path("time").asText()),
                    node.path("comment").asText(),
                    node.path("override").asBoolean()));
        }
        return approvals;
    }

    /** When nobody may approve any more; empty if that is never. */
    static Optional<Instant> deadline(JournalEntry promotion) {
        return promotion.find(DEADLINE).map(time -> promotion.time(DEADLINE));
    }

    private static ObjectNode read(Journal journal) {
        return journal.read().orElseThrow(() -> new IllegalStateException("no promotion waits for approval here"));
    }

    /** A delivery keeps the journal of its promotion within its own. */
    static ObjectNode promotion(ObjectNode whole) {
        return whole.path(JournalEntry.STATE).asText().equals("promote")
                        && whole.get("promote") instanceof ObjectNode child
                ? child
                : whole;
    }

    private static ObjectNode awaiting(ObjectNode whole, Instant time) {
        ObjectNode promotion = promotion(whole);
        if (!promotion.path(JournalEntry.STATE).asText().equals(AWAITING)) {
            throw new IllegalStateException("the promotion does not wait for approval");
        }
        if (promotion.has(REFUSAL)) {
            throw new IllegalStateException("the promotion was already refused");
        }
        boolean late = Optional.ofNullable(promotion.path(DEADLINE).textValue())
                .map(deadline -> time.isAfter(Instant.parse(deadline)))
                .orElse(false);
        if (late) {
            throw new IllegalStateException("the time for approvals is over");
        }
        return promotion;
    }

    private static void describe(ObjectNode node, String by, Collection<String> groups, Instant time, String comment) {
        node.put("by", by);
        ArrayNode array = node.putArray("groups");
        groups.forEach(array::add);
        node.put("time", time.toString());
        node.put("comment", comment);
    }
}
