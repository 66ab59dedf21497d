package io.jenkins.plugins.modeldelivery.engine.delivery;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ModelVersion;
import io.jenkins.plugins.modeldelivery.engine.model.Problem;
import io.jenkins.plugins.modeldelivery.engine.model.Texts;
import io.jenkins.plugins.modeldelivery.engine.promotion.Decision;
import io.jenkins.plugins.modeldelivery.engine.promotion.Policy;
import io.jenkins.plugins.modeldelivery.engine.promotion.PolicyEvaluator;
import io.jenkins.plugins.modeldelivery.engine.promotion.PromotionFacts;
import io.jenkins.plugins.modeldelivery.engine.registry.ModelAliases;
import io.jenkins.plugins.modeldelivery.engine.registry.ModelRegistry;
import java.util.Optional;

/** Moves an alias under the policy that guards it. */
public final class PromoteOperation extends AliasMovingOperation {
    private final PromoteRequest request;

    public PromoteOperation(PromoteRequest request, Workbench bench) {
        super(bench);
        this.request = request;
    }

    @Override
    protected Progress step(Page page) {
        return switch (page.state()) {
            case "new" -> resolve(page);
            case "deciding", "awaiting-approval" -> decide(page);
            case "recording-refusal" -> recordRefusal(page);
            case "recording-request" -> recordRequest(page);
            case "recording-conflict" -> recordConflict(page);
            case "refused" -> new Progress.Refused(page.refusal(), page.get("message"), result(page, false));
            case "done" -> new Progress.Done(result(page, true));
            case "unchanged" -> new Progress.Done(result(page, false));
            default -> moveStep(page);
        };
    }

    private Configured.Named<ModelRegistry> registry() {
        return bench.registries().get(request.registry());
    }

    private String model() {
        return request.model().name();
    }

    private Progress resolve(Page page) {
        registry().value().checkAlias(request.to());
        policy();
        String version = ModelResolver.resolve(registry(), request.model(), bench.cancellation());
        return page.set("version", version).go("deciding");
    }

    /** The guarding policy; nothing else may move a guarded alias. Empty if none guards it and none was asked for. */
    private Optional<Policy> policy() {
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

    private Progress decide(Page page) {
        Configured.Named<ModelRegistry> registry = registry();
        String version = page.get("version");
        ModelAliases aliases = registry.value().aliases(model(), bench.cancellation());
        Optional<String> bearer = aliases.bearer(request.to());
        if (bearer.equals(Optional.of(version))) {
            log("unchanged    " + model() + "/" + version + " bears " + request.to() + " already");
            return request.dryRun() ? new Progress.Done(result(page, false)) : page.go("unchanged");
        }
        // Asked even without a policy: nothing may be announced for a version that does not exist.
        ModelVersion found = registry.value().version(model(), version, bench.cancellation());
        Optional<Policy> policy = policy();
        if (policy.isEmpty()) {
            return request.dryRun()
                    ? new Progress.Done(result(page, false))
                    : begin(page, registry.name(), version, bearer, Optional.empty());
        }
        PromotionFacts facts = new PromotionFactsReader(bench)
                .read(
                        registry.name(),
                        found,
                        aliases.of(version),
                        Approvals.of(page),
                        bench.actor().name());
        Decision decision = PolicyEvaluator.evaluate(policy.get(), bench.rules().gates(), facts);
        page.set("decision", decision.toJson());
        String digest = policy.get().digest(bench.rules().gates());
        page.set("policy", policy.get().name()).set("policyDigest", digest);
        if (decision.granted()) {
            return request.dryRun()
                    ? new Progress.Done(result(page, false))
                    : begin(page, registry.name(), version, bearer, Optional.of(digest));
        }
        return decision.approvalNeeded() ? awaitApproval(page, decision) : refuse(page, decision);
    }

    private Progress awaitApproval(Page page, Decision decision) {
        if (!request.dryRun() && !page.state().equals("awaiting-approval")) {
            return page.go("recording-request");
        }
        return new Progress.NeedsApproval(decision);
    }

    private Progress refuse(Page page, Decision decision) {
        String message = model() + "/" + page.get("version") + " may not become " + request.to() + ": "
                + decision.rules().stream()
                        .filter(r -> !r.needed().isEmpty())
                        .map(r -> r.needed())
                        .reduce((a, b) -> a + "; " + b)
                        .orElse("")
                + ".";
        page.set("refusal", Refusal.POLICY_UNMET.name()).set("message", message);
        return request.dryRun()
                ? new Progress.Refused(Refusal.POLICY_UNMET, message, result(page, false))
                : page.go("recording-refusal");
    }

    private Progress begin(
            Page page, String registry, String version, Optional<String> bearer, Optional<String> policyDigest) {
        return beginMove(
                page, registry, model(), request.to(), bearer, Optional.of(version), MoveEvents.PROMOTED, policyDigest);
    }

    @Override
    protected void describeMove(Page page, ObjectNode details) {
        page.find("policy").ifPresent(p -> details.put("policy", p));
        if (page.node("decision").isObject()) {
            details.set("decision", page.node("decision"));
        }
        if (page.node("approvals").isArray()) {
            details.set("approvals", page.node("approvals"));
        }
    }

    @Override
    protected Progress moved(Page page) {
        log("promoted     " + model() + "@" + request.to() + ": "
                + page.find("move.from").orElse("none") + " → " + page.get("version"));
        return page.go("done");
    }

    @Override
    protected Progress conflict(Page page, Optional<String> actual) {
        String message = "While " + model() + "/" + page.get("version") + " was being promoted, somebody else moved "
                + request.to() + " from " + page.find("move.from").orElse("nobody") + " to "
                + actual.orElse("nobody")
                + ". Nothing was overwritten. Look at the model's record, then promote again.";
        return page.set("refusal", Refusal.CONFLICT.name())
                .set("message", message)
                .set("actual", actual)
                .go("recording-conflict");
    }

    private Progress recordRefusal(Page page) {
        ObjectNode details = JsonNodeFactory.instance.objectNode();
        details.put("alias", request.to());
        details.put("policy", page.get("policy"));
        details.set("decision", page.node("decision"));
        event(page, "promotion-refused", details);
        return page.go("refused");
    }

    private Progress recordRequest(Page page) {
        ObjectNode details = JsonNodeFactory.instance.objectNode();
        details.put("alias", request.to());
        details.put("policy", page.get("policy"));
        details.set("decision", page.node("decision"));
        event(page, "approval-requested", details);
        return page.go("awaiting-approval");
    }

    private Progress recordConflict(Page page) {
        ObjectNode details = JsonNodeFactory.instance.objectNode();
        details.put("alias", request.to());
        page.find("move.from").ifPresent(v -> details.put("expected", v));
        page.find("actual").ifPresent(v -> details.put("actual", v));
        event(page, "promotion-conflict", details);
        return page.go("refused");
    }

    private void event(Page page, String type, ObjectNode details) {
        record(page, type, registry().name(), model(), page.find("version"), page.find("policyDigest"), details);
    }

    private ObjectNode result(Page page, boolean changed) {
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        result.put("name", model());
        result.put("version", page.get("version"));
        result.put("registry", registry().name());
        result.put("alias", request.to());
        result.put("changed", changed);
        result.put("dryRun", request.dryRun());
        page.find("move.from").ifPresent(v -> result.put("previous", v));
        page.find("policy").ifPresent(v -> result.put("policy", v));
        page.find("policyDigest").ifPresent(v -> result.put("policyDigest", v));
        if (page.node("decision").isObject()) {
            result.set("decision", page.node("decision"));
        }
        return result;
    }
}
