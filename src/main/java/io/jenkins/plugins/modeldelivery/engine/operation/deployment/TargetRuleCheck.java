package io.jenkins.plugins.modeldelivery.engine.operation.deployment;

import io.jenkins.plugins.modeldelivery.engine.access.TargetRule;
import io.jenkins.plugins.modeldelivery.engine.history.AliasHistory;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.ModelVersion;
import io.jenkins.plugins.modeldelivery.engine.operation.NamedLookup;
import io.jenkins.plugins.modeldelivery.engine.operation.OperationContext;
import io.jenkins.plugins.modeldelivery.engine.operation.RecordedVersion;
import io.jenkins.plugins.modeldelivery.engine.operation.evidence.PromotionFactsReader;
import io.jenkins.plugins.modeldelivery.engine.policy.Decision;
import io.jenkins.plugins.modeldelivery.engine.policy.Policy;
import io.jenkins.plugins.modeldelivery.engine.record.EventQuery;
import io.jenkins.plugins.modeldelivery.engine.registry.ModelRegistry;
import io.jenkins.plugins.modeldelivery.engine.request.DeployRequest;
import java.util.List;
import java.util.Optional;

/** Whether the rule of a serving target lets a version in, on what registry and record say at this moment. */
final class TargetRuleCheck {
    private final OperationContext context;
    private final NamedLookup.Named<ModelRegistry> registry;
    private final String target;
    private final TargetRule rule;

    TargetRuleCheck(OperationContext context, NamedLookup.Named<ModelRegistry> registry, String target) {
        this.context = context;
        this.registry = registry;
        this.target = target;
        this.rule = context.rules().target(target);
    }

    /** @throws DeliveryException DENIED if this request may not be made, whatever version it is of */
    void check(DeployRequest request) {
        rule.changeRequests().check(context.actor().code(), "the target " + target);
        rule.endpoints().check(context.actor().item(), "endpoint", request.endpoint(), "the target " + target);
        if (request.takeOver() && !rule.takeOver()) {
            throw ErrorKind.DENIED.error("The target " + target
                    + " permits no takeover of an endpoint of another model. Remove takeOver, and deploy to"
                    + " another endpoint.");
        }
    }

    /** What the version lacks, as a sentence; empty if it may be deployed. */
    Optional<String> unmet(ModelVersion version) {
        if (rule.requires().isEmpty()) {
            return Optional.empty();
        }
        RecordedVersion recorded = RecordedVersion.read(context.records(), registry.name(), version);
        Optional<String> lack = rule.requires().get() instanceof TargetRule.HasAlias required
                ? aliasLack(required.alias(), version, recorded)
                : policyLack(
                        context.rules()
                                .policies()
                                .get(((TargetRule.FulfilsPolicy) rule.requires().get()).policy()),
                        version,
                        recorded);
        return lack.map(what -> version.name() + "/" + version.version() + " may not be deployed to " + target
                + ", which accepts only a version " + rule.requires().get().clause() + ": " + what + ".");
    }

    private Optional<String> aliasLack(String alias, ModelVersion version, RecordedVersion recorded) {
        Optional<ModelVersion> now = registry.value().versionOf(version.name(), alias, context.cancellation());
        boolean here = now.filter(found -> found.version().equals(version.version()))
                .filter(found -> found.fingerprint().equals(version.fingerprint()))
                .isPresent();
        if (!here) {
            return Optional.of("it points to "
                    + now.map(found -> "version " + found.version()).orElse("no version"));
        }
        return context.rules().guarding(alias).isPresent() && !admitted(alias, version.name(), recorded)
                ? Optional.of("the record shows no admission of this version to it by a policy")
                : Optional.empty();
    }

    private boolean admitted(String alias, String model, RecordedVersion recorded) {
        return AliasHistory.read(
                        alias,
                        true,
                        sink -> context.records()
                                .each(registry.name(), model, EventQuery.all().types(AliasHistory.TYPES), sink))
                .admitted()
                .stream()
                .anyMatch(recorded.identity()::isSame);
    }

    private Optional<String> policyLack(Policy policy, ModelVersion version, RecordedVersion recorded) {
        Decision decision =
                new PromotionFactsReader(context, registry).decide(policy.ofVersions(), version, recorded, List.of());
        if (!decision.granted()) {
            return Optional.of(decision.unmet());
        }
        return policy.approvals().isPresent() && !admitted(policy.alias(), version.name(), recorded)
                ? Optional.of("the policy requires approvals, and the record shows no promotion of this version to "
                        + policy.alias())
                : Optional.empty();
    }
}
