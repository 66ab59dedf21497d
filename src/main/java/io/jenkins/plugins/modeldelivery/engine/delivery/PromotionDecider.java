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
     * @throws DeliveryException INVALID_INPUT if the request names a policy that does not guard the alias, or the policy was
     *     deleted that guarded it when the promotion was asked for
     */
    Optional<Policy> policy() {
        guardGone().ifPresent(gone -> {
            throw new DeliveryException(Problem.INVALID_INPUT, gone);
        });
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

    /** That the policy was taken away which guarded the alias when the promotion was asked for, in a sentence. */
    Optional<String> guardGone() {
        return request.guard()
                .filter(name -> bench.rules().guarding(request.to()).isEmpty())
                .map(name -> "The policy " + name + " guarded the alias " + request.to()
                        + " when this promotion was asked for. It was deleted or renamed since, and no policy guards the alias"
                        + " now. Ask for the promotion again.");
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
