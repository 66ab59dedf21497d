package io.jenkins.plugins.modeldelivery.engine.operation.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.journal.ChildJournal;
import io.jenkins.plugins.modeldelivery.engine.journal.Journal;
import io.jenkins.plugins.modeldelivery.engine.journal.JournalEntry;
import io.jenkins.plugins.modeldelivery.engine.journal.Progress;
import io.jenkins.plugins.modeldelivery.engine.journal.RejectionReason;
import io.jenkins.plugins.modeldelivery.engine.journal.VersionIdentityJson;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.ModelRef;
import io.jenkins.plugins.modeldelivery.engine.model.VersionIdentity;
import io.jenkins.plugins.modeldelivery.engine.operation.Operation;
import io.jenkins.plugins.modeldelivery.engine.operation.OperationContext;
import io.jenkins.plugins.modeldelivery.engine.operation.alias.AliasMovePlan;
import io.jenkins.plugins.modeldelivery.engine.operation.alias.AliasMovingOperation;
import io.jenkins.plugins.modeldelivery.engine.operation.alias.PromoteOperation;
import io.jenkins.plugins.modeldelivery.engine.operation.deployment.DeployOperation;
import io.jenkins.plugins.modeldelivery.engine.operation.evidence.GateOperation;
import io.jenkins.plugins.modeldelivery.engine.record.EventType;
import io.jenkins.plugins.modeldelivery.engine.request.DeliverRequest;
import io.jenkins.plugins.modeldelivery.engine.request.RegisterRequest;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Register, gate, promote, deploy: in this order, each with its own journal. If the deployment is rolled back, or should
 * have been, the alias that this delivery had moved goes back too, so that the alias names what is, or ought to be, served.
 */
public final class DeliverOperation extends AliasMovingOperation {
    private static final List<String> PARTS = List.of("register", "gate", "promote", "deploy");

    /** An alias is moved by the delivery itself only to go back after a rollback, which nobody may stop half-way. */
    private static final Set<String> TAKING_BACK = Set.of(ANNOUNCING, MOVING, RECORDING_MOVE, "refused");

    /** They see themselves to what cancelling them means: putting back what was served, recording that nobody need approve. */
    private static final Set<String> CANCELLABLE_PARTS = Set.of("promote", "deploy");

    /** Stands for the version that is not registered yet. */
    private static final String UNKNOWN_VERSION = "0";

    /** After these a deployment would end in the same way again. */
    private static final Set<ErrorKind> FOR_GOOD = EnumSet.of(
            ErrorKind.INVALID_INPUT,
            ErrorKind.NOT_FOUND,
            ErrorKind.CONFLICT,
            ErrorKind.DENIED,
            ErrorKind.UNSUPPORTED,
            ErrorKind.MISCONFIGURED,
            ErrorKind.CORRUPT);

    private final DeliverRequest request;
    private final Map<String, Operation> children = new HashMap<>();

    public DeliverOperation(DeliverRequest request, OperationContext context) {
        super(context);
        this.request = request;
    }

    @Override
    protected boolean handlesCancellation(JournalEntry entry) {
        return CANCELLABLE_PARTS.contains(entry.state()) || TAKING_BACK.contains(entry.state());
    }

    @Override
    protected boolean takesBack(JournalEntry entry) {
        return true;
    }

    @Override
    protected Progress step(JournalEntry entry) {
        return switch (entry.state()) {
            case "new" -> begin(entry);
            case "register", "gate", "promote", "deploy" -> part(entry);
            case "refused" -> new Progress.Rejected(entry.refusal(), entry.get("message"), entry.object("results"));
            case "done" ->
                new Progress.Done(entry.node("results") instanceof ObjectNode results ? results : Json.object());
            default -> moveStep(entry);
        };
    }

    private Progress begin(JournalEntry entry) {
        check();
        return entry.enter(following(""));
    }

    /** All parts, so that a mistake in the last one is found before the first one has an effect. */
    @Override
    public void check() {
        Optional<String> registry =
                request.register().map(RegisterRequest::registry).orElseGet(request::registry);
        PARTS.forEach(part -> operation(part, anyVersion(), registry).ifPresent(Operation::check));
    }

    private ModelRef anyVersion() {
        return request.model().orElseGet(() -> ModelRef.ofVersion(name(), UNKNOWN_VERSION));
    }

    @Override
    public boolean hasBegun(Journal journal) {
        return journal.read()
                .filter(state -> {
                    String part = state.path(JournalEntry.STATE).asText();
                    return !part.equals(following("")) || state.path(part).isObject();
                })
                .isPresent();
    }

    private String following(String part) {
        for (String next : PARTS.subList(PARTS.indexOf(part) + 1, PARTS.size())) {
            if (operation(next, anyVersion(), Optional.empty()).isPresent()) {
                return next;
            }
        }
        return "done";
    }

    private Progress part(JournalEntry entry) {
        String part = entry.state();
        ModelRef model = part.equals("register") ? anyVersion() : model(entry);
        Operation operation = children.computeIfAbsent(
                part, name -> operation(name, model, registry(entry)).orElseThrow());
        Progress progress;
        try {
            progress = operation.advance(new ChildJournal(entry.journal(), entry, part));
        } catch (DeliveryException e) {
            if (!part.equals("deploy") || !FOR_GOOD.contains(e.kind()) || !promoted(entry)) {
                throw e;
            }
            RejectionReason why = e.kind() == ErrorKind.INVALID_INPUT
                    ? RejectionReason.INVALID_INPUT
                    : RejectionReason.DEPLOYMENT_FAILED;
            return refused(entry, part, new Progress.Rejected(why, e.getMessage(), Json.object()), true);
        }
        if (!isSameVersion(entry, part)) {
            return replaced(entry, part);
        }
        if (progress instanceof Progress.Done done) {
            return next(entry, part, done.result());
        }
        if (progress instanceof Progress.Rejected refused) {
            boolean takenBack = refused.why() != RejectionReason.DEPLOYMENT_FAILED;
            return refused(entry, part, refused, part.equals("deploy") && takenBack);
        }
        return progress;
    }

    /** Empty if the delivery has no such part. */
    private Optional<? extends Operation> operation(String part, ModelRef model, Optional<String> registry) {
        return switch (part) {
            case "register" -> request.register().map(register -> new RegisterOperation(register, context));
            case "gate" -> request.gate().map(gate -> new GateOperation(gate.of(model, registry), context));
            case "promote" -> request.promote().map(move -> new PromoteOperation(move.of(model, registry), context));
            default -> request.deploy().map(deploy -> new DeployOperation(deploy.of(model, registry), context));
        };
    }

    /** What was registered; else the version that the first operation found, so that an alias is resolved once. */
    private ModelRef model(JournalEntry entry) {
        return entry.identity()
                .map(version -> ModelRef.ofVersion(name(), version.version()))
                .or(request::model)
                .orElseThrow(() -> entry.foreign("lacks the version that was registered"));
    }

    private String name() {
        return request.model()
                .map(ModelRef::name)
                .orElseGet(() -> request.register().orElseThrow().name());
    }

    /**
     * Keeps the version that the delivery is about, as its first operation knows it.
     *
     * @return false if this operation met another version under the same number: somebody deleted the model and made it again
     */
    private static boolean isSameVersion(JournalEntry entry, String part) {
        JsonNode child = entry.node(part);
        if (!child.hasNonNull("version") || !child.hasNonNull("fingerprint")) {
            return true;
        }
        VersionIdentity met = VersionIdentityJson.read(child);
        if (entry.identity().isEmpty()) {
            entry.setIdentity(met);
        }
        return entry.requireIdentity().fingerprint().equals(met.fingerprint());
    }

    private Progress replaced(JournalEntry entry, String part) {
        String message = name() + "/" + entry.get("version")
                + " was deleted and created again in the registry during the delivery. The delivery stops"
                + " before the other version has an effect. Deliver again.";
        return refused(entry, part, new Progress.Rejected(RejectionReason.CONFLICT, message, Json.object()), true);
    }

    private Optional<String> registry(JournalEntry entry) {
        return request.register().isPresent()
                ? Optional.of(
                        entry.node("results").path("register").path("registry").asText())
                : request.registry();
    }

    private static void keep(JournalEntry entry, String part, ObjectNode result) {
        entry.data().withObject("/results").set(part, result);
    }

    private Progress next(JournalEntry entry, String part, ObjectNode result) {
        keep(entry, part, result);
        return entry.enter(following(part));
    }

    /** Whether this delivery moved the alias. */
    private static boolean promoted(JournalEntry entry) {
        return entry.node("results").path("promote").path("changed").asBoolean();
    }

    /** @param takeBack whether the alias goes back, if this delivery moved it */
    private Progress refused(JournalEntry entry, String part, Progress.Rejected refused, boolean takeBack) {
        if (part.equals("gate") && request.onFailure() != DeliverRequest.OnFailure.FAIL) {
            log("gate         " + refused.message() + " The delivery continues, as its file requires.");
            return next(entry, part, refused.result());
        }
        keep(entry, part, refused.result());
        entry.set("refusal", refused.why().name())
                .set("deliveryRefusal", refused.why().name())
                .set("message", refused.message());
        JsonNode promotion = entry.node("results").path("promote");
        if (takeBack && promoted(entry)) {
            return beginMove(
                    entry,
                    new AliasMovePlan(
                            promotion.path("registry").asText(),
                            promotion.path("name").asText(),
                            promotion.path("alias").asText(),
                            Optional.of(promotion.path("version").asText()),
                            entry.find("fingerprint"),
                            previous(promotion),
                            EventType.ROLLED_BACK,
                            Optional.empty()));
        }
        return entry.enter("refused");
    }

    /** The version that the promotion replaced. */
    private static Optional<VersionIdentity> previous(JsonNode promotion) {
        JsonNode previous = promotion.path("previousIdentity");
        return previous.isObject() ? Optional.of(VersionIdentityJson.read(previous)) : Optional.empty();
    }

    /** The delivery ends for the reason that the promotion is taken back for; that this failed too is said beside it. */
    @Override
    protected Progress notMoved(JournalEntry entry, String reason) {
        entry.set("refusal", entry.get("deliveryRefusal"));
        return entry.set(
                        "message",
                        entry.get("message") + " The alias " + entry.get("move.alias") + " could not be moved back: "
                                + reason)
                .enter("refused");
    }

    @Override
    protected void describeMove(JournalEntry entry, ObjectNode details) {
        details.put("reason", "the deployment failed");
    }

    @Override
    protected Progress moved(JournalEntry entry) {
        log("rolled back  " + entry.get("move.model") + "@" + entry.get("move.alias") + ": " + entry.get("move.from")
                + " → " + entry.find("move.to").orElse("no version, as before"));
        return entry.enter("refused");
    }

    @Override
    protected Progress conflict(JournalEntry entry, Optional<String> actual) {
        log("kept         another user or program moved " + entry.get("move.alias") + " to "
                + actual.orElse("no version") + ". It stays there");
        return entry.enter("refused");
    }
}
