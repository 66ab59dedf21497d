package io.jenkins.plugins.modeldelivery.engine.operation.alias;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.gate.Gate;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.journal.JournalEntry;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.ModelVersion;
import io.jenkins.plugins.modeldelivery.engine.model.TextSanitizer;
import io.jenkins.plugins.modeldelivery.engine.operation.NamedLookup;
import io.jenkins.plugins.modeldelivery.engine.operation.OperationContext;
import io.jenkins.plugins.modeldelivery.engine.operation.RecordedVersion;
import io.jenkins.plugins.modeldelivery.engine.operation.evidence.PromotionFactsReader;
import io.jenkins.plugins.modeldelivery.engine.policy.Approval;
import io.jenkins.plugins.modeldelivery.engine.policy.Decision;
import io.jenkins.plugins.modeldelivery.engine.policy.Policy;
import io.jenkins.plugins.modeldelivery.engine.record.EventDraft;
import io.jenkins.plugins.modeldelivery.engine.record.EventQuery;
import io.jenkins.plugins.modeldelivery.engine.record.EventType;
import io.jenkins.plugins.modeldelivery.engine.registry.ModelRegistry;
import io.jenkins.plugins.modeldelivery.engine.request.PromoteRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/** Finds the policy of a promotion and decides under it, on what record and registry say at this moment. */
final class PromotionDecider {
    private final OperationContext context;
    private final NamedLookup.Named<ModelRegistry> registry;
    private final PromoteRequest request;

    PromotionDecider(OperationContext context, NamedLookup.Named<ModelRegistry> registry, PromoteRequest request) {
        this.context = context;
        this.registry = registry;
        this.request = request;
    }

    /**
     * The guarding policy; nothing else may move a guarded alias. Empty if none guards it and none was asked for.
     *
     * @throws DeliveryException INVALID_INPUT if the request names a policy that does not guard the alias, or the policy was
     *     deleted that guarded it when the promotion was asked for
     */
    Optional<Policy> policy() {
        guardGone().ifPresent(gone -> {
            throw ErrorKind.INVALID_INPUT.error(gone);
        });
        Optional<Policy> guard = context.rules().guarding(request.to());
        if (request.policy().isEmpty() || request.policy().equals(guard.map(Policy::name))) {
            return guard;
        }
        String asked = request.policy().get();
        if (!context.rules().policies().containsKey(asked)) {
            throw ErrorKind.INVALID_INPUT.error("There is no policy " + TextSanitizer.brief(asked, 60) + "; there are: "
                    + String.join(", ", context.rules().policies().keySet()) + ".");
        }
        throw ErrorKind.INVALID_INPUT.error("The policy " + asked + " does not guard the alias " + request.to() + "; "
                + guard.map(g -> "the policy " + g.name() + " does.").orElse("no policy does."));
    }

    /** That the policy was taken away which guarded the alias when the promotion was asked for, in a sentence. */
    Optional<String> guardGone() {
        return request.guard()
                .filter(name -> context.rules().guarding(request.to()).isEmpty())
                .map(name -> "The policy " + name + " guarded the alias " + request.to()
                        + " when this promotion was requested. It was deleted or renamed since, and no policy guards"
                        + " the alias now. Start the promotion again.");
    }

    /** Decides, and keeps the decision in the journal: logs and events show the newest one. */
    Decision decide(JournalEntry entry, Policy policy, ModelVersion found) {
        RecordedVersion recorded = RecordedVersion.read(context.records(), registry.name(), found);
        ArrayNode requesters = JsonNodeFactory.instance.arrayNode();
        PromotionFactsReader.requesters(context.actor(), recorded).forEach(requesters::add);
        Decision decision =
                new PromotionFactsReader(context, registry).decide(policy, found, recorded, Approvals.of(entry.data()));
        entry.set(PromotionFactsReader.REQUESTERS, requesters).set("decision", decision.toJson());
        return decision;
    }

    /**
     * Records the text of a policy and its gates, so that "under which policy" can be answered years later; unless the record of
     * the model has a text with this digest already.
     *
     * @param draft makes the event of its details
     */
    void recordText(Policy policy, Function<ObjectNode, EventDraft> draft) {
        Map<String, Gate> gates = context.rules().gates();
        Optional<String> digest = Optional.of(policy.digest(gates));
        AtomicBoolean known = new AtomicBoolean();
        context.records()
                .each(
                        registry.name(),
                        request.model().name(),
                        EventQuery.all().types(Set.of(EventType.POLICY_RECORDED)),
                        event -> known.compareAndSet(
                                false, event.draft().policyDigest().equals(digest)));
        if (known.get()) {
            return;
        }
        ObjectNode details = Json.object().put("policy", policy.name());
        details.set("text", policy.toJson(gates));
        ObjectNode texts = details.putObject("gates");
        policy.gates().forEach(name -> texts.set(name, gates.get(name).toJson()));
        context.records().append(draft.apply(details));
    }

    /** Whether the time for approvals is over. Asks no server, so that a registry that is away does not delay the end. */
    boolean isExpired(JournalEntry entry, List<Approval> given) {
        boolean over = Approvals.deadline(entry)
                .filter(time -> context.clock().instant().isAfter(time))
                .isPresent();
        if (!over) {
            return false;
        }
        List<String> requesters = new ArrayList<>();
        entry.node(PromotionFactsReader.REQUESTERS).forEach(user -> requesters.add(user.asText()));
        return policy().flatMap(Policy::approvals)
                .filter(rule -> !rule.isMet(given, requesters, context.caller().identities()))
                .isPresent();
    }
}
