package io.jenkins.plugins.modeldelivery.engine.operation.alias;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.gate.Gate;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.policy.Policy;
import io.jenkins.plugins.modeldelivery.engine.record.EventDraft;
import io.jenkins.plugins.modeldelivery.engine.record.EventQuery;
import io.jenkins.plugins.modeldelivery.engine.record.EventType;
import io.jenkins.plugins.modeldelivery.engine.record.RecordStore;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * The text of a policy and its gates in a record, so that "under which policy" can be answered years later.
 *
 * @param gates all that the policy names
 */
record PolicyText(Policy policy, Map<String, Gate> gates) {
    /** Records it, unless the record of the model has a text with this digest already. */
    void recordOnce(RecordStore records, String registry, String model, Function<ObjectNode, EventDraft> draft) {
        Optional<String> digest = Optional.of(policy.digest(gates));
        AtomicBoolean known = new AtomicBoolean();
        records.each(
                registry,
                model,
                EventQuery.all().types(Set.of(EventType.POLICY_RECORDED)),
                event -> known.compareAndSet(false, event.draft().policyDigest().equals(digest)));
        if (!known.get()) {
            records.append(draft.apply(details()));
        }
    }

    private ObjectNode details() {
        ObjectNode details = Json.object().put("policy", policy.name());
        details.set("text", policy.toJson(gates));
        ObjectNode texts = details.putObject("gates");
        policy.gates().forEach(name -> texts.set(name, gates.get(name).toJson()));
        return details;
    }
}
