package io.jenkins.plugins.modeldelivery.engine.operation.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.modeldelivery.engine.gate.BaselineSource;
import io.jenkins.plugins.modeldelivery.engine.gate.Verdict;
import io.jenkins.plugins.modeldelivery.engine.journal.VersionIdentityJson;
import io.jenkins.plugins.modeldelivery.engine.model.ModelVersion;
import io.jenkins.plugins.modeldelivery.engine.model.Tags;
import io.jenkins.plugins.modeldelivery.engine.model.VersionIdentity;
import io.jenkins.plugins.modeldelivery.engine.operation.Actor;
import io.jenkins.plugins.modeldelivery.engine.operation.NamedLookup;
import io.jenkins.plugins.modeldelivery.engine.operation.OperationContext;
import io.jenkins.plugins.modeldelivery.engine.operation.RecordedVersion;
import io.jenkins.plugins.modeldelivery.engine.policy.Approval;
import io.jenkins.plugins.modeldelivery.engine.policy.BaselineNow;
import io.jenkins.plugins.modeldelivery.engine.policy.Decision;
import io.jenkins.plugins.modeldelivery.engine.policy.Evidence;
import io.jenkins.plugins.modeldelivery.engine.policy.NumbersFrom;
import io.jenkins.plugins.modeldelivery.engine.policy.Policy;
import io.jenkins.plugins.modeldelivery.engine.policy.PolicyEvaluator;
import io.jenkins.plugins.modeldelivery.engine.policy.PromotionFacts;
import io.jenkins.plugins.modeldelivery.engine.record.AliasTarget;
import io.jenkins.plugins.modeldelivery.engine.record.Event;
import io.jenkins.plugins.modeldelivery.engine.record.EventQuery;
import io.jenkins.plugins.modeldelivery.engine.record.EventType;
import io.jenkins.plugins.modeldelivery.engine.registry.ModelRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Gathers what a policy decides on: from the registry what is, from the record what was decided and when. */
public final class PromotionFactsReader {
    /** In the event of a registration: who asked for it. */
    public static final String REQUESTERS = "requesters";

    private final OperationContext context;
    private final NamedLookup.Named<ModelRegistry> registry;

    public PromotionFactsReader(OperationContext context, NamedLookup.Named<ModelRegistry> registry) {
        this.context = context;
        this.registry = registry;
    }

    /**
     * Decides under a policy.
     *
     * @param recorded what the record knows of the version
     */
    public Decision decide(Policy policy, ModelVersion version, RecordedVersion recorded, List<Approval> approvals) {
        return PolicyEvaluator.evaluate(policy, context.rules().gates(), read(policy, version, recorded, approvals));
    }

    private PromotionFacts read(
            Policy policy, ModelVersion version, RecordedVersion recorded, List<Approval> approvals) {
        List<String> aliases = policy.from().isEmpty()
                ? List.of()
                : registry.value()
                        .aliases(version.name(), context.cancellation())
                        .of(version.version());
        return new PromotionFacts(
                version.name(),
                version.version(),
                context.actor().item(),
                context.actor().code(),
                tags(version, recorded),
                recorded.registration().flatMap(event -> event.draft().job()),
                since(version, recorded.identity(), aliases),
                recorded.gates().stream()
                        .flatMap(event -> evidence(event).stream())
                        .toList(),
                baselines(policy, version, recorded.identity()),
                approvals,
                requesters(context.actor(), recorded),
                context.clock().instant(),
                context.caller().identities());
    }

    /** Anybody who asks now, and anybody who registered the version: nobody approves what they made themselves. */
    public static List<String> requesters(Actor actor, RecordedVersion recorded) {
        Set<String> all = new TreeSet<>(actor.requesters());
        recorded.registration()
                .ifPresent(event -> event.draft().details().path(REQUESTERS).forEach(user -> all.add(user.asText())));
        return List.copyOf(all);
    }

    /**
     * Where a version comes from is known from the record alone: anybody who may write to the registry can set its tags. A tag of
     * the team's own that the record does not know counts as the registry shows it.
     */
    private static Map<String, String> tags(ModelVersion version, RecordedVersion recorded) {
        Map<String, String> tags = new TreeMap<>(version.tags());
        tags.keySet().removeIf(key -> key.startsWith(Tags.PREFIX));
        recorded.registration()
                .ifPresent(event -> event.draft()
                        .details()
                        .path("tags")
                        .properties()
                        .forEach(tag -> tags.put(tag.getKey(), tag.getValue().asText())));
        return tags;
    }

    /** Since when each alias points to exactly this version; unknown where the newest move is not in the record. */
    private Map<String, Optional<Instant>> since(ModelVersion version, VersionIdentity identity, List<String> aliases) {
        Map<String, Optional<Instant>> since = new HashMap<>();
        aliases.forEach(alias -> since.put(alias, Optional.empty()));
        List<Event> moves = new ArrayList<>();
        context.records()
                .each(registry.name(), version.name(), EventQuery.all().types(EventType.ALIAS_POSITIONS), moves::add);
        for (Event move : moves) {
            AliasTarget target = AliasTarget.of(move);
            if (since.containsKey(target.alias()) && !AliasTarget.isLate(move)) {
                boolean here = target.identity().filter(identity::isSameEntry).isPresent();
                Optional<Instant> before = since.get(target.alias());
                since.put(target.alias(), here ? before.or(() -> Optional.of(move.time())) : Optional.empty());
            }
        }
        return since;
    }

    private static Optional<Evidence> evidence(Event event) {
        JsonNode details = event.draft().details();
        if (!details.hasNonNull("gate")) {
            return Optional.empty();
        }
        JsonNode baseline = details.path("baseline");
        return Optional.of(new Evidence(
                details.path("gate").asText(),
                details.path("gateDigest").asText(),
                Verdict.valueOf(details.path("verdict").asText()),
                baseline.has("fingerprint") ? Optional.of(VersionIdentityJson.read(baseline)) : Optional.empty(),
                NumbersFrom.of(details.path("metricsFrom").asText()),
                baseline.has("metricsFrom")
                        ? Optional.of(
                                NumbersFrom.of(baseline.path("metricsFrom").asText()))
                        : Optional.empty(),
                event.draft().job(),
                event.time(),
                event.sequence()));
    }

    private Map<String, BaselineNow> baselines(Policy policy, ModelVersion version, VersionIdentity candidate) {
        Map<String, BaselineNow> baselines = new HashMap<>();
        for (String gate : policy.gates()) {
            if (context.rules().gates().get(gate).baseline().orElse(null)
                    instanceof BaselineSource.Reference reference) {
                BaselineResolver.Found now =
                        new BaselineResolver(context, registry, version.name(), candidate).find(reference.text());
                baselines.put(
                        gate,
                        new BaselineNow(
                                now.version()
                                        .map(found -> RecordedVersion.read(context.records(), registry.name(), found)
                                                .identity()),
                                now.vanished()));
            }
        }
        return baselines;
    }
}
