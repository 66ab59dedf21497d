package io.jenkins.plugins.modeldelivery.engine.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ModelRef;
import io.jenkins.plugins.modeldelivery.engine.model.Problem;
import io.jenkins.plugins.modeldelivery.engine.model.VersionIdentity;
import io.jenkins.plugins.modeldelivery.engine.record.EventType;
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
    private static final List<String> VERBS = List.of("register", "gate", "promote", "deploy");

    /** An alias is moved by the delivery itself only to go back after a rollback, which nobody may stop half-way. */
    private static final Set<String> TAKING_BACK = Set.of(ANNOUNCING, MOVING, RECORDING_MOVE, "refused");

    /** They see themselves to what cancelling them means: putting back what was served, recording that nobody need approve. */
    private static final Set<String> CANCELLABLE_VERBS = Set.of("promote", "deploy");

    /** Stands for the version that is not registered yet. */
    private static final String UNKNOWN_VERSION = "0";

    /** After these a deployment would end in the same way again. */
    private static final Set<Problem> FOR_GOOD = EnumSet.of(
            Problem.INVALID_INPUT,
            Problem.NOT_FOUND,
            Problem.CONFLICT,
            Problem.DENIED,
            Problem.UNSUPPORTED,
            Problem.MISCONFIGURED,
            Problem.CORRUPT);

    private final DeliverRequest request;
    private final Map<String, Operation> children = new HashMap<>();

    public DeliverOperation(DeliverRequest request, Workbench bench) {
        super(bench);
        this.request = request;
    }

    @Override
    protected boolean handlesCancellation(Page page) {
        return CANCELLABLE_VERBS.contains(page.state()) || TAKING_BACK.contains(page.state());
    }

    @Override
    protected boolean takesBack(Page page) {
        return true;
    }

    @Override
    protected Progress step(Page page) {
        return switch (page.state()) {
            case "new" -> begin(page);
            case "register", "gate", "promote", "deploy" -> verb(page);
            case "refused" -> new Progress.Refused(page.refusal(), page.get("message"), page.object("results"));
            case "done" ->
                new Progress.Done(
                        page.node("results") instanceof ObjectNode results
                                ? results
                                : JsonNodeFactory.instance.objectNode());
            default -> moveStep(page);
        };
    }

    private Progress begin(Page page) {
        check();
        return page.go(following(""));
    }

    /** All parts, so that a mistake in the last one is found before the first one has an effect. */
    @Override
    public void check() {
        ModelRef model = request.model()
                .orElseGet(() ->
                        ModelRef.ofVersion(request.register().orElseThrow().name(), UNKNOWN_VERSION));
        Optional<String> registry =
                request.register().map(RegisterRequest::registry).orElseGet(request::registry);
        request.register().ifPresent(part -> new RegisterOperation(part, bench).check());
        request.gate().ifPresent(part -> new GateOperation(part.of(model, registry), bench).check());
        request.promote().ifPresent(part -> new PromoteOperation(part.of(model, registry), bench).check());
        request.deploy().ifPresent(part -> new DeployOperation(part.of(model, registry), bench).check());
    }

    @Override
    public boolean hasBegun(Journal journal) {
        return journal.read()
                .filter(state -> !state.path(Page.STATE).asText().equals(following("")) || childHasBegun(state))
                .isPresent();
    }

    private static boolean childHasBegun(ObjectNode state) {
        return state.path(state.path(Page.STATE).asText()).isObject();
    }

    private String following(String verb) {
        for (String next : VERBS.subList(VERBS.indexOf(verb) + 1, VERBS.size())) {
            if (asked(next)) {
                return next;
            }
        }
        return "done";
    }

    private boolean asked(String verb) {
        return switch (verb) {
            case "register" -> request.register().isPresent();
            case "gate" -> request.gate().isPresent();
            case "promote" -> request.promote().isPresent();
            default -> request.deploy().isPresent();
        };
    }

    private Progress verb(Page page) {
        String verb = page.state();
        Operation operation = children.computeIfAbsent(verb, v -> operation(v, page));
        Progress progress;
        try {
            progress = operation.advance(new ChildJournal(page.journal(), page, verb));
        } catch (DeliveryException e) {
            if (!verb.equals("deploy") || !FOR_GOOD.contains(e.problem()) || !promoted(page)) {
                throw e;
            }
            Refusal why = e.problem() == Problem.INVALID_INPUT ? Refusal.INVALID_INPUT : Refusal.DEPLOYMENT_FAILED;
            progress = new Progress.Refused(why, e.getMessage(), JsonNodeFactory.instance.objectNode());
            return refused(page, verb, (Progress.Refused) progress, true);
        }
        if (!isSameVersion(page, verb)) {
            return replaced(page, verb);
        }
        if (progress instanceof Progress.Done done) {
            return next(page, verb, done.result());
        }
        if (progress instanceof Progress.Refused refused) {
            boolean takenBack = refused.why() != Refusal.DEPLOYMENT_FAILED;
            return refused(page, verb, refused, verb.equals("deploy") && takenBack);
        }
        return progress;
    }

    private Operation operation(String verb, Page page) {
        return switch (verb) {
            case "register" -> new RegisterOperation(request.register().orElseThrow(), bench);
            case "gate" -> new GateOperation(request.gate().orElseThrow().of(model(page), registry(page)), bench);
            case "promote" ->
                new PromoteOperation(request.promote().orElseThrow().of(model(page), registry(page)), bench);
            default -> new DeployOperation(request.deploy().orElseThrow().of(model(page), registry(page)), bench);
        };
    }

    /** What was registered; else the version that the first verb found, so that an alias is resolved once. */
    private ModelRef model(Page page) {
        return page.identity()
                .map(version -> ModelRef.ofVersion(name(), version.version()))
                .or(request::model)
                .orElseThrow(() -> page.foreign("lacks the version that was registered"));
    }

    private String name() {
        return request.model()
                .map(ModelRef::name)
                .orElseGet(() -> request.register().orElseThrow().name());
    }

    /**
     * Keeps the version that the delivery is about, as its first verb knows it.
     *
     * @return false if this verb met another version under the same number: somebody deleted the model and made it again
     */
    private static boolean isSameVersion(Page page, String verb) {
        JsonNode child = page.node(verb);
        if (!child.hasNonNull("version") || !child.hasNonNull("fingerprint")) {
            return true;
        }
        VersionIdentity met = VersionIdentityJson.read(child);
        if (page.identity().isEmpty()) {
            page.setIdentity(met);
        }
        return page.requireIdentity().fingerprint().equals(met.fingerprint());
    }

    private Progress replaced(Page page, String verb) {
        String message = name() + "/" + page.get("version") + " was deleted and made again in the registry while it was"
                + " delivered; the delivery stops before the other version has an effect. Deliver again.";
        return refused(
                page,
                verb,
                new Progress.Refused(Refusal.CONFLICT, message, JsonNodeFactory.instance.objectNode()),
                true);
    }

    private Optional<String> registry(Page page) {
        return request.register().isPresent()
                ? Optional.of(
                        page.node("results").path("register").path("registry").asText())
                : request.registry();
    }

    private Page keep(Page page, String verb, ObjectNode result) {
        page.data().withObject("/results").set(verb, result);
        return page;
    }

    private Progress next(Page page, String verb, ObjectNode result) {
        return keep(page, verb, result).go(following(verb));
    }

    /** Whether this delivery moved the alias. */
    private static boolean promoted(Page page) {
        return page.node("results").path("promote").path("changed").asBoolean();
    }

    /** @param takeBack whether the alias goes back, if this delivery moved it */
    private Progress refused(Page page, String verb, Progress.Refused refused, boolean takeBack) {
        if (verb.equals("gate") && request.onFailure() != DeliverRequest.OnFailure.FAIL) {
            log("gate         " + refused.message() + " The delivery goes on, as its file says.");
            return next(page, verb, refused.result());
        }
        keep(page, verb, refused.result());
        page.set("refusal", refused.why().name())
                .set("deliveryRefusal", refused.why().name())
                .set("message", refused.message());
        JsonNode promotion = page.node("results").path("promote");
        if (takeBack && promoted(page)) {
            return beginMove(
                    page,
                    new Plan(
                            promotion.path("registry").asText(),
                            promotion.path("name").asText(),
                            promotion.path("alias").asText(),
                            Optional.of(promotion.path("version").asText()),
                            page.find("fingerprint"),
                            previous(promotion),
                            EventType.ROLLED_BACK,
                            Optional.empty()));
        }
        return page.go("refused");
    }

    /** The version that the promotion replaced. */
    private static Optional<VersionIdentity> previous(JsonNode promotion) {
        JsonNode previous = promotion.path("previousIdentity");
        return previous.isObject() ? Optional.of(VersionIdentityJson.read(previous)) : Optional.empty();
    }

    /** The delivery ends for the reason that the promotion is taken back for; that this failed too is said beside it. */
    @Override
    protected Progress notMoved(Page page, String reason) {
        page.set("refusal", page.get("deliveryRefusal"));
        return page.set(
                        "message",
                        page.get("message") + " The alias " + page.get("move.alias") + " could not be moved back: "
                                + reason)
                .go("refused");
    }

    @Override
    protected void describeMove(Page page, ObjectNode details) {
        details.put("reason", "the deployment did not succeed");
    }

    @Override
    protected Progress moved(Page page) {
        log("rolled back  " + page.get("move.model") + "@" + page.get("move.alias") + ": " + page.get("move.from")
                + " → " + page.find("move.to").orElse("no version, as before"));
        return page.go("refused");
    }

    @Override
    protected Progress conflict(Page page, Optional<String> actual) {
        log("kept         somebody else moved " + page.get("move.alias") + " to " + actual.orElse("no version")
                + " meanwhile; it stays there");
        return page.go("refused");
    }
}
