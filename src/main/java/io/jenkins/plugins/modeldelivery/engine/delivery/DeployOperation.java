package io.jenkins.plugins.modeldelivery.engine.delivery;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.Manifest;
import io.jenkins.plugins.modeldelivery.engine.model.ModelVersion;
import io.jenkins.plugins.modeldelivery.engine.model.Problem;
import io.jenkins.plugins.modeldelivery.engine.model.VersionIdentity;
import io.jenkins.plugins.modeldelivery.engine.record.EventType;
import io.jenkins.plugins.modeldelivery.engine.registry.ModelRegistry;
import io.jenkins.plugins.modeldelivery.engine.serving.EndpointState;
import io.jenkins.plugins.modeldelivery.engine.serving.Limits;
import io.jenkins.plugins.modeldelivery.engine.serving.Readiness;
import io.jenkins.plugins.modeldelivery.engine.serving.Rollout;
import io.jenkins.plugins.modeldelivery.engine.serving.ServedVersion;
import io.jenkins.plugins.modeldelivery.engine.serving.ServingTarget;
import io.jenkins.plugins.modeldelivery.engine.serving.SmokeResult;
import io.jenkins.plugins.modeldelivery.engine.serving.SmokeTest;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Rolls a version out to an endpoint, tests it there, and takes it back if it fails. */
public final class DeployOperation extends JournaledOperation {
    private static final int MOST_RELOADS = 5;
    private static final Set<String> ROLLING_OUT = Set.of(
            "applying",
            "loading",
            "awaiting-candidate",
            "smoke-testing",
            "switching",
            "verifying",
            "smoke-testing-live");
    private final DeployRequest request;
    private final DeployWaits waits;
    private ModelVersion found;

    public DeployOperation(DeployRequest request, Workbench bench) {
        super(bench);
        this.request = request;
        this.waits = new DeployWaits(bench.clock());
    }

    /**
     * Whether everything that is asked can be done, as far as that can be known before anything is: changes nothing.
     *
     * @throws DeliveryException INVALID_INPUT, CONFLICT, UNSUPPORTED, … with what is in the way
     */
    @Override
    public void check() {
        new DeployPlan(request, bench).check();
    }

    @Override
    protected boolean handlesCancellation(Page page) {
        return !page.state().equals("new");
    }

    @Override
    protected Progress step(Page page) {
        if (!ROLLING_OUT.contains(page.state())) {
            return around(page);
        }
        if (bench.cancellation().requested()) {
            return fail(page, "it was cancelled");
        }
        if (overdue(page)) {
            return fail(page, late(page));
        }
        try {
            return rollOut(page);
        } catch (DeliveryException e) {
            return failed(page, e);
        }
    }

    private Progress failed(Page page, DeliveryException e) {
        boolean cancelled = bench.cancellation().requested();
        if (Thread.currentThread().isInterrupted() && !cancelled) {
            // Nobody wants it to stop; the process ends, and the next one goes on.
            throw e;
        }
        if (e.problem() == Problem.CONFLICT) {
            return conflict(page, e.getMessage());
        }
        if (e.problem() == Problem.CANCELLED) {
            return fail(page, cancelled ? "it was cancelled" : late(page));
        }
        if (DeployProblems.isPassing(e.problem())) {
            return overdue(page) ? fail(page, e.getMessage()) : waits.on(page, e.getMessage());
        }
        page.set("problem", e.problem().name());
        return fail(page, e.getMessage());
    }

    /** What comes before and after the rollout proper. */
    private Progress around(Page page) {
        return switch (page.state()) {
            case "new" -> plan(page);
            case "recording-start" -> {
                event(page, EventType.DEPLOYMENT_STARTED, report(page).intent());
                yield page.go("claiming");
            }
            case "claiming" -> claim(page);
            case "recording-live" -> recordLive(page);
            case "live" -> new Progress.Done(report(page).result("live", true));
            case "refused" -> refused(page, Refusal.POLICY_UNMET, page.get("reason"), "refused");
            case "unchanged" -> new Progress.Done(report(page).result("live", false));
            case "restoring" -> wayBack(page).restore();
            case "awaiting-restored" -> wayBack(page).awaitRestored();
            case "recording-rolled-back" -> recordEnd(page, EventType.DEPLOYMENT_ROLLED_BACK, "rolled-back");
            case "recording-failed" -> recordEnd(page, EventType.DEPLOYMENT_FAILED, "failed");
            case "recording-conflict" -> recordEnd(page, EventType.DEPLOYMENT_CONFLICT, "conflict");
            case "finishing" -> release(page);
            case "rolled-back" ->
                refused(page, Refusal.ROLLED_BACK, report(page).rolledBack(), "rolled back");
            case "conflict" -> refused(page, Refusal.CONFLICT, page.get("reason"), "conflict");
            case "failed" ->
                refused(page, DeployProblems.refusal(page), report(page).failed(), "failed");
            default -> throw unknown(page);
        };
    }

    private Progress refused(Page page, Refusal why, String message, String state) {
        return new Progress.Refused(why, message, report(page).result(state, false));
    }

    private Configured.Named<ModelRegistry> registry() {
        return bench.registries().get(request.registry());
    }

    private Configured.Named<ServingTarget> target() {
        return bench.targets().get(request.target());
    }

    private DeployReport report(Page page) {
        return new DeployReport(request, registry().name(), target(), page);
    }

    private Rollout rollout(Page page) {
        return Rollout.fromJson(page.object("rollout"));
    }

    private Limits limits(Page page, Cancellation cancellation) {
        return new Limits(cancellation, Optional.of(rollout(page).deadline()), bench.clock());
    }

    /** What takes something back, or tidies up, is not stopped half-way. */
    private Limits unstoppable(Page page) {
        return limits(page, Cancellation.NONE);
    }

    private Progress plan(Page page) {
        DeployPlan plan = new DeployPlan(request, bench);
        try {
            EndpointState state = plan.check();
            found = resolve(page, registry(), request.model());
            Optional<String> objection = plan.objection(found);
            if (objection.isPresent()) {
                log("refused      " + objection.get());
                return page.set("reason", objection.get()).go("refused");
            }
            RecordedVersion recorded = identify(registry().name(), found);
            VersionIdentity identity =
                    recorded.identity().withDigest(recorded.identity().digest().or(found::digest));
            Rollout rollout = plan.rollout(page.get("operation"), found.name(), identity, state);
            page.setIdentity(identity).set("rollout", rollout.toJson());
            DeployPlan.Unchanged unchanged = plan.unchanged(rollout);
            unchanged.line(report(page).place(), rollout.candidate().text()).ifPresent(this::log);
            if (unchanged.proven()) {
                unchanged.test().ifPresent(result -> passed(page, result));
                return page.go("unchanged");
            }
            log("planned      " + report(page).planned());
            adopt(page, registry().name(), found.name(), recorded);
            return page.go("recording-start");
        } catch (DeliveryException e) {
            if (e.problem() != Problem.CONFLICT) {
                throw e;
            }
            return page.set("reason", e.getMessage()).go("conflict");
        }
    }

    /** As the registry told it, asked once a process: a version's files do not change. */
    private ModelVersion found(Page page) {
        if (found == null) {
            found = registry().value().version(request.model().name(), page.get("version"), bench.cancellation());
        }
        if (!found.fingerprint().equals(page.requireIdentity().fingerprint())) {
            throw DeployProblems.madeAgain(found, registry().name());
        }
        return found;
    }

    private boolean overdue(Page page) {
        return bench.clock().instant().isAfter(rollout(page).deadline());
    }

    private String late(Page page) {
        return "it was not done within " + request.timeout().toSeconds() + " s: "
                + waits.lastOr(DeployWaits.doing(page.state()))
                + ". Look whether the server is overloaded or hangs, or allow more time";
    }

    private Progress claim(Page page) {
        try {
            target().value().begin(rollout(page), request.smokeTest(), unstoppable(page));
            return page.go("applying");
        } catch (DeliveryException e) {
            if (e.problem() == Problem.CONFLICT) {
                return conflict(page, e.getMessage());
            }
            if (DeployProblems.isInput(e.problem())) {
                return page.set("problem", e.problem().name())
                        .set("reason", e.getMessage())
                        .go("recording-failed");
            }
            throw e;
        }
    }

    private Progress rollOut(Page page) {
        ServingTarget target = target().value();
        Rollout rollout = rollout(page);
        Limits limits = limits(page, bench.cancellation());
        switch (page.state()) {
            case "applying":
                permit(page);
                Optional<Manifest> kept = target.takeKept(rollout, limits);
                Manifest arrived = kept.isPresent()
                        ? kept.get()
                        : bench.transfers().bring(registry(), found(page), target(), rollout, limits);
                page.set("rollout", rollout.withDigest(arrived.digest()).toJson());
                page.setIdentity(page.requireIdentity().withDigest(Optional.of(arrived.digest())));
                log("applied      the files are " + (kept.isPresent() ? "still " : "") + "at " + target().name() + ", "
                        + Manifest.brief(arrived.digest()));
                return page.go("loading");
            case "loading":
                if (target.testsBeforeTraffic() && page.certain()) {
                    log("loading      the server is asked to load "
                            + rollout.candidate().text());
                }
                return begun(page, target.load(rollout, limits), "awaiting-candidate");
            case "awaiting-candidate":
                boolean test =
                        target.testsBeforeTraffic() && request.smokeTest().isPresent();
                return await(page, target.candidate(rollout, limits), "loading", test ? "smoke-testing" : "switching");
            case "smoke-testing":
                return judge(page, target.smokeCandidate(rollout, smokeTest(), limits), "switching");
            case "switching":
                permit(page);
                page.set("switched", "true");
                return begun(page, target.switchOver(rollout, limits), "verifying");
            case "verifying":
                return await(
                        page,
                        target.live(rollout, rollout.candidate(), limits),
                        "switching",
                        request.smokeTest().isPresent() ? "smoke-testing-live" : "recording-live");
            case "smoke-testing-live":
                return judge(page, target.smokeLive(rollout, smokeTest(), limits), "recording-live");
            default:
                throw unknown(page);
        }
    }

    /**
     * Asks the rule of the target again: configuration, alias and evidence may have changed since the rollout began.
     *
     * @throws DeliveryException DENIED with what the version lacks now
     */
    private void permit(Page page) {
        bench.admission().check();
        DeployPlan plan = new DeployPlan(request, bench);
        plan.checkRule();
        plan.objection(found(page)).ifPresent(why -> {
            throw new DeliveryException(Problem.DENIED, why);
        });
    }

    private SmokeTest smokeTest() {
        return request.smokeTest().orElseThrow();
    }

    /** A server that has not refused is asked again in the next state, until the deadline. */
    private Progress begun(Page page, Readiness readiness, String next) {
        return readiness.state() == Readiness.State.FAILED
                ? fail(page, "the server could not load it: " + readiness.reason())
                : page.go(next);
    }

    /** @param again where the server is asked to load it, if it does not know it any more */
    private Progress await(Page page, Readiness readiness, String again, String next) {
        return switch (readiness.state()) {
            case READY -> page.go(next);
            case FAILED -> fail(page, "the server could not load it: " + readiness.reason());
            case LOADING -> waits.on(page, "the server is loading it" + DeployWaits.stated(readiness));
            case ABSENT -> reload(page, readiness, again);
        };
    }

    private Progress reload(Page page, Readiness readiness, String again) {
        int reloads = page.node("reloads").asInt();
        if (reloads < MOST_RELOADS) {
            page.data().put("reloads", reloads + 1);
            page.go(again);
        }
        return waits.on(page, "the server does not know it any more" + DeployWaits.stated(readiness));
    }

    private Progress judge(Page page, SmokeResult result, String next) {
        if (!result.passed()) {
            return fail(page, "the smoke test failed: " + result.reason());
        }
        passed(page, result);
        return page.go(next);
    }

    private void passed(Page page, SmokeResult result) {
        log("smoke test   " + result.reason());
        page.data().put("smokeMillis", result.millis());
    }

    private Progress fail(Page page, String reason) {
        log("failed       " + reason);
        page.set("reason", reason);
        if (!request.rollback()) {
            return page.go("recording-failed");
        }
        Instant deadline = bench.clock().instant().plus(request.timeout());
        return page.set("rollout", rollout(page).until(deadline).toJson()).go("restoring");
    }

    /** Somebody else changed the endpoint: whatever it serves now is theirs, and stays. */
    private Progress conflict(Page page, String reason) {
        log("conflict     " + reason);
        return page.set("reason", reason).go("recording-conflict");
    }

    /** Looks once more, since the process may have been away since the last look. */
    private Progress recordLive(Page page) {
        Rollout rollout = rollout(page);
        EndpointState state = target().value().state(request.endpoint());
        if (!state.isServed(rollout)) {
            return conflict(page, state.overtaken(request.endpoint()));
        }
        outcome(page, EventType.DEPLOYED);
        log("live         " + report(page).place() + " serves "
                + rollout.candidate().text());
        return page.set("end", "live").go("finishing");
    }

    private DeployWayBack wayBack(Page page) {
        return new DeployWayBack(page, rollout(page), target().value(), unstoppable(page), waits);
    }

    private Progress recordEnd(Page page, EventType type, String end) {
        outcome(page, type);
        report(page).endLine(end).ifPresent(this::log);
        boolean other = end.equals("rolled-back") && page.find("problem").isPresent();
        return page.set("end", other ? "failed" : end).go("finishing");
    }

    private Progress release(Page page) {
        try {
            target().value().end(rollout(page), unstoppable(page));
        } catch (DeliveryException e) {
            // The outcome is known and recorded; what could not be tidied up is tidied up by the next rollout.
            log("warning      " + e.getMessage());
        }
        return page.go(page.get("end"));
    }

    private void event(Page page, EventType type, ObjectNode details) {
        record(page, type, registry().name(), request.model().name(), page.identity(), Optional.empty(), details);
    }

    private void outcome(Page page, EventType type) {
        DeployReport report = report(page);
        ObjectNode details = report.outcome(type);
        event(page, type, details);
        // After a conflict the endpoint belongs to another operation, which records what that means.
        if (type != EventType.DEPLOYMENT_CONFLICT) {
            report.displaced()
                    .filter(other -> !DeployReport.servesModelOf(other, details))
                    .ifPresent(other -> recordTakeOver(page, other, report.takenOver(details)));
        }
    }

    /** The model that was served before has a record of its own, which must not go on saying that it is served. */
    private void recordTakeOver(Page page, ServedVersion other, ObjectNode details) {
        record(
                page,
                EventType.ENDPOINT_TAKEN_OVER,
                other.registry(),
                other.model(),
                other.fingerprint().map(found -> new VersionIdentity(other.version(), found, other.digest())),
                Optional.empty(),
                details);
    }
}
