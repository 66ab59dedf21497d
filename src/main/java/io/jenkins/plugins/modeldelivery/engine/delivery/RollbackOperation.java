package io.jenkins.plugins.modeldelivery.engine.delivery;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ModelRef;
import io.jenkins.plugins.modeldelivery.engine.model.ModelVersion;
import io.jenkins.plugins.modeldelivery.engine.model.Problem;
import io.jenkins.plugins.modeldelivery.engine.model.Texts;
import io.jenkins.plugins.modeldelivery.engine.model.VersionIdentity;
import io.jenkins.plugins.modeldelivery.engine.record.EventType;
import io.jenkins.plugins.modeldelivery.engine.registry.ModelRegistry;
import java.util.Optional;

/**
 * Moves an alias back to an earlier version. No policy is evaluated: a policy admitted that version once, and a way back must
 * not depend on evidence that has grown old.
 */
public final class RollbackOperation extends AliasMovingOperation {
    private final RollbackRequest request;
    private DeployOperation deployment;

    public RollbackOperation(RollbackRequest request, Workbench bench) {
        super(bench);
        this.request = request;
    }

    @Override
    protected Progress step(Page page) {
        return switch (page.state()) {
            case "new" -> plan(page);
            case "refused" -> new Progress.Refused(page.refusal(), page.get("message"), result(page, false));
            case "deploying" -> deploy(page);
            case "done" -> new Progress.Done(result(page, true));
            default -> moveStep(page);
        };
    }

    private Configured.Named<ModelRegistry> registry() {
        return bench.registries().get(request.registry());
    }

    @Override
    public void check() {
        Configured.Named<ModelRegistry> registry = registry();
        checkModel(registry.name(), request.model());
        bench.rules()
                .guarding(request.alias())
                .ifPresentOrElse(
                        policy -> policy.changeRequests().check(bench.actor().code(), "the policy " + policy.name()),
                        () -> checkCode(registry.name()));
        registry.value().checkName(request.model());
        registry.value().checkAlias(request.alias());
        request.to().ifPresent(RollbackOperation::checkVersion);
        request.deploy()
                .ifPresent(deploy -> deployment(deploy, ModelRef.ofAlias(request.model(), request.alias()))
                        .check());
    }

    private static void checkVersion(String version) {
        if (version.chars().anyMatch(c -> c == '/' || c == '@')) {
            throw new DeliveryException(
                    Problem.INVALID_INPUT,
                    "The version to go back to is written without the model, as 7, not \"" + Texts.brief(version, 100)
                            + "\".");
        }
    }

    private Progress plan(Page page) {
        check();
        Configured.Named<ModelRegistry> registry = registry();
        ModelVersion from = readAlias(page, registry, request.model(), request.alias())
                .orElseThrow(() ->
                        ModelResolver.unknown(registry.name(), ModelRef.ofAlias(request.model(), request.alias())));
        VersionIdentity to = new RollbackTarget(bench, registry, request).find(from, this::log);
        return beginMove(
                page.setIdentity(to),
                new Plan(
                        registry.name(),
                        request.model(),
                        request.alias(),
                        Optional.of(from.version()),
                        Optional.of(to),
                        EventType.ROLLED_BACK,
                        Optional.empty()));
    }

    @Override
    protected void describeMove(Page page, ObjectNode details) {
        if (!request.reason().isEmpty()) {
            details.put("reason", request.reason());
        }
    }

    @Override
    protected Progress moved(Page page) {
        log("rolled back  " + request.model() + "@" + request.alias() + ": " + page.get("move.from") + " → "
                + page.get("move.to"));
        return page.go(request.deploy().isPresent() ? "deploying" : "done");
    }

    private DeployOperation deployment(DeployRequest deploy, ModelRef version) {
        return new DeployOperation(deploy.of(version, Optional.of(registry().name())), bench);
    }

    private Progress deploy(Page page) {
        if (deployment == null) {
            deployment = deployment(
                    request.deploy().orElseThrow(), ModelRef.ofVersion(request.model(), page.get("move.to")));
        }
        Progress progress = deployment.advance(new ChildJournal(page.journal(), page, "deploy"));
        return progress instanceof Progress.Done done
                ? page.set("deployment", done.result()).go("done")
                : progress;
    }

    @Override
    protected boolean handlesCancellation(Page page) {
        return super.handlesCancellation(page) || page.state().equals("deploying");
    }

    @Override
    protected Progress conflict(Page page, Optional<String> actual) {
        return page.set("refusal", Refusal.CONFLICT.name())
                .set(
                        "message",
                        "While " + request.model() + "@" + request.alias() + " was being rolled back from "
                                + page.get("move.from") + ", somebody else moved it to " + actual.orElse("no version")
                                + ". Nothing was overwritten.")
                .go("refused");
    }

    private ObjectNode result(Page page, boolean changed) {
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        result.put("name", request.model());
        result.put("version", page.get("move.to"));
        result.put("registry", registry().name());
        result.put("alias", request.alias());
        result.put("changed", changed);
        result.put("previous", page.get("move.from"));
        if (page.node("deployment").isObject()) {
            result.set("deployment", page.node("deployment"));
        }
        return result;
    }
}
