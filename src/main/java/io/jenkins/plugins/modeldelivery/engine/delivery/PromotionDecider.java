package io.jenkins.plugins.modeldelivery.engine.delivery;

import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ModelVersion;
import io.jenkins.plugins.modeldelivery.engine.model.Problem;
import io.jenkins.plugins.modeldelivery.engine.model.Texts;
import io.jenkins.plugins.modeldelivery.engine.promotion.Approval;
import io.jenkins.plugins.modeldelivery.engine.promotion.Decision;
import io.jenkins.plugins.modeldelivery.engine.promotion.Policy;
import io.jenkins.plugins.modeldelivery.engine.promotion.PolicyEvaluator;
import io.jenkins.plugins.modeldelivery.engine.promotion.RuleResult;
import io.jenkins.plugins.modeldelivery.engine.registry.ModelRegistry;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds the policy of a promotion and decides under it, on what record and registry say at this moment. */
final class PromotionDecider {
    private final Workbench bench;
    private final Configured.Named<ModelRegistry> registry;
    private final PromoteRequest request;

    PromotionDecider(Workbench bench, Configured.Named<ModelRegistry> registry, PromoteRequest request) {
        this.bench = bench;
        this.registry = registry;
        this.request = request;
    }

    /**
     * The guarding policy; nothing else may move a guarded alias. Empty if none guards it and none was asked for.
     *
     * @throws DeliveryException INVALID_INPUT if the request names a policy that does not guard the alias
     */
    Optional<Policy> policy() {
        Optional<Policy> guard = bench.rules().guarding(request.to());
        if (request.policy().isEmpty() || request.policy().equals(guard.map(Policy::name))) {
            return guard;
        }
        String asked = request.policy().get();
        if (!bench.rules().policies().containsKey(asked)) {
            throw new DeliveryException(
                    Problem.INVALID_INPUT,
                    "There is no policy " + Texts.brief(asked, 60) + "; there are: "
                            + String.join(", ", bench.rules().policies().keySet()) + ".");
        }
        throw new DeliveryException(
                Problem.INVALID_INPUT,
                "The policy " + asked + " does not guard the alias " + request.to() + "; "
                        + guard.map(g -> "the policy " + g.name() + " does.").orElse("no policy does."));
    }

    Decision decide(Policy policy, ModelVersion found, RecordedVersion recorded, List<Approval> approvals) {
        List<String> aliases = policy.from().isEmpty()
                ? List.of()
                : registry.value().aliases(found.name(), bench.cancellation()).of(found.version());
        return PolicyEvaluator.evaluate(
                policy,
                bench.rules().gates(),
                new PromotionFactsReader(bench, registry).read(policy, found, recorded, aliases, approvals));
    }

    /** What is missing for a promotion, in words. */
    static String unmet(Decision decision) {
        return decision.rules().stream()
                .map(RuleResult::needed)
                .filter(needed -> !needed.isEmpty())
                .collect(Collectors.joining("; "));
    }
}
