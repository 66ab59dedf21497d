package io.jenkins.plugins.modeldelivery.engine.operation.alias;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.journal.ChildJournal;
import io.jenkins.plugins.modeldelivery.engine.journal.JournalEntry;
import io.jenkins.plugins.modeldelivery.engine.journal.Progress;
import io.jenkins.plugins.modeldelivery.engine.journal.RejectionReason;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.ModelRef;
import io.jenkins.plugins.modeldelivery.engine.model.ModelVersion;
import io.jenkins.plugins.modeldelivery.engine.model.TextSanitizer;
import io.jenkins.plugins.modeldelivery.engine.model.VersionIdentity;
import io.jenkins.plugins.modeldelivery.engine.operation.ModelResolver;
import io.jenkins.plugins.modeldelivery.engine.operation.NamedLookup;
import io.jenkins.plugins.modeldelivery.engine.operation.OperationContext;
import io.jenkins.plugins.modeldelivery.engine.operation.deployment.DeployOperation;
import io.jenkins.plugins.modeldelivery.engine.record.EventType;
import io.jenkins.plugins.modeldelivery.engine.registry.ModelRegistry;
import io.jenkins.plugins.modeldelivery.engine.request.DeployRequest;
import io.jenkins.plugins.modeldelivery.engine.request.RollbackRequest;
import java.util.Optional;

/**
 * Moves an alias back to an earlier version. No policy is evaluated: a policy admitted that version once, and a way back must
 * not depend on evidence that has grown old.
 */
public final class RollbackOperation extends AliasMovingOperation {
    private final RollbackRequest request;
    private DeployOperation deployment;

    public RollbackOperation(RollbackRequest request, OperationContext context) {
        super(context);
        this.request = request;
    }

    @Override
    protected Progress step(JournalEntry entry) {
        return switch (entry.state()) {
            case "new" -> plan(entry);
            case "refused" -> new Progress.Rejected(entry.refusal(), entry.get("message"), result(entry, false));
            case "deploying" -> deploy(entry);
            case "done" -> new Progress.Done(result(entry, true));
            default -> moveStep(entry);
        };
    }

    private NamedLookup.Named<ModelRegistry> registry() {
        return context.registries().get(request.registry());
    }

    @Override
    public void check() {
        NamedLookup.Named<ModelRegistry> registry = registry();
        checkModel(registry.name(), request.model());
        context.rules()
                .guarding(request.alias())
                .ifPresentOrElse(
                        policy -> policy.changeRequests().check(context.actor().code(), "the policy " + policy.name()),
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
            throw ErrorKind.INVALID_INPUT.error("Write the version without the model, for example 7, not \""
                    + TextSanitizer.brief(version, 100) + "\".");
        }
    }

    private Progress plan(JournalEntry entry) {
        check();
        NamedLookup.Named<ModelRegistry> registry = registry();
        ModelVersion from = readAlias(entry, registry, request.model(), request.alias())
                .orElseThrow(() ->
                        ModelResolver.unknown(registry.name(), ModelRef.ofAlias(request.model(), request.alias())));
        VersionIdentity to = new RollbackTarget(context, registry, request).find(from, this::log);
        return beginMove(
                entry.setIdentity(to),
                new AliasMovePlan(
                        registry.name(),
                        request.model(),
                        request.alias(),
                        Optional.of(from.version()),
                        Optional.of(to),
                        EventType.ROLLED_BACK));
    }

    @Override
    protected void describeMove(JournalEntry entry, ObjectNode details) {
        if (!request.reason().isEmpty()) {
            details.put("reason", request.reason());
        }
    }

    @Override
    protected Progress moved(JournalEntry entry) {
        log("rolled back  " + request.model() + "@" + request.alias() + ": " + entry.get("move.from") + " → "
                + entry.get("move.to"));
        return entry.enter(request.deploy().isPresent() ? "deploying" : "done");
    }

    private DeployOperation deployment(DeployRequest deploy, ModelRef version) {
        return new DeployOperation(deploy.of(version, Optional.of(registry().name())), context);
    }

    private Progress deploy(JournalEntry entry) {
        if (deployment == null) {
            deployment = deployment(
                    request.deploy().orElseThrow(), ModelRef.ofVersion(request.model(), entry.get("move.to")));
        }
        Progress progress = deployment.advance(new ChildJournal(entry.journal(), entry, "deploy"));
        return progress instanceof Progress.Done done
                ? entry.set("deployment", done.result()).enter("done")
                : progress;
    }

    @Override
    protected boolean handlesCancellation(JournalEntry entry) {
        return super.handlesCancellation(entry) || entry.state().equals("deploying");
    }

    @Override
    protected Progress conflict(JournalEntry entry, Optional<String> actual) {
        return refuse(
                entry,
                RejectionReason.CONFLICT,
                "While " + request.model() + "@" + request.alias() + " was being rolled back from "
                        + entry.get("move.from") + ", somebody else moved it to " + actual.orElse("no version")
                        + ". Nothing was overwritten.",
                "refused");
    }

    private ObjectNode result(JournalEntry entry, boolean changed) {
        ObjectNode result = Json.object()
                .put("name", request.model())
                .put("version", entry.get("move.to"))
                .put("registry", registry().name())
                .put("alias", request.alias())
                .put("changed", changed)
                .put("previous", entry.get("move.from"));
        if (entry.node("deployment").isObject()) {
            result.set("deployment", entry.node("deployment"));
        }
        return result;
    }
}
