package io.jenkins.plugins.modeldelivery.engine.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.promotion.Approval;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Approvals in a promotion's journal. Whoever adds one has checked who gives it. */
public final class Approvals {
    private static final String KEY = "approvals";

    private Approvals() {}

    static List<Approval> of(Page page) {
        List<Approval> approvals = new ArrayList<>();
        for (JsonNode node : page.node(KEY)) {
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

    /**
     * Adds an approval to a promotion that waits for one; {@link Operation#advance} then decides anew.
     *
     * @throws IllegalStateException if the operation does not wait for approvals
     */
    public static void add(Journal journal, Approval approval) {
        ObjectNode state = journal.read().orElseThrow(() -> new IllegalStateException("no promotion waits here"));
        if (!state.path("state").asText().equals("awaiting-approval")) {
            throw new IllegalStateException("the promotion does not wait for approval");
        }
        ArrayNode approvals = state.withArray(KEY);
        ObjectNode node = approvals.addObject();
        node.put("by", approval.by());
        ArrayNode groups = node.putArray("groups");
        approval.groups().forEach(groups::add);
        node.put("time", approval.time().toString());
        node.put("comment", approval.comment());
        node.put("override", approval.override());
        journal.write(state);
    }
}
