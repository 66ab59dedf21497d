package io.jenkins.plugins.modeldelivery.engine.operation.alias;

import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.ModelVersion;
import io.jenkins.plugins.modeldelivery.engine.model.TextSanitizer;
import io.jenkins.plugins.modeldelivery.engine.operation.NamedLookup;
import io.jenkins.plugins.modeldelivery.engine.operation.OperationContext;
import io.jenkins.plugins.modeldelivery.engine.operation.RecordedVersion;
import io.jenkins.plugins.modeldelivery.engine.policy.Approval;
import io.jenkins.plugins.modeldelivery.engine.policy.Decision;
import io.jenkins.plugins.modeldelivery.engine.policy.Policy;
import io.jenkins.plugins.modeldelivery.engine.policy.PolicyEvaluator;
import io.jenkins.plugins.modeldelivery.engine.policy.RuleResult;
import io.jenkins.plugins.modeldelivery.engine.registry.ModelRegistry;
import io.jenkins.plugins.modeldelivery.engine.request.PromoteRequest;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds the policy of a promotion and decides under it, on what record and registry say at this moment. */
public final class PromotionDecider {
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
                        + " when this promotion was asked for. It was deleted or renamed since, and no policy guards the alias"
                        + " now. Ask for the promotion again.");
    }

    Decision decide(Policy policy, ModelVersion found, RecordedVersion recorded, List<Approval> approvals) {
        List<String> aliases = policy.from().isEmpty()
                ? List.of()
                : registry.value().aliases(found.name(), context.cancellation()).of(found.version());
        return PolicyEvaluator.evaluate(
                policy,
                context.rules().gates(),
                new PromotionFactsReader(context, registry).read(policy, found, recorded, aliases, approvals));
    }

    /** What is missing for a promotion, in words. */
    public static String unmet(Decision decision) {
        return decision.rules().stream()
                .map(RuleResult::needed)
                .filter(needed -> !needed.isEmpty())
                .collect(Collectors.joining("; "));
    }
}
