package io.jenkins.plugins.modeldelivery.engine.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ModelVersion;
import io.jenkins.plugins.modeldelivery.engine.model.Problem;
import io.jenkins.plugins.modeldelivery.engine.model.VersionIdentity;
import io.jenkins.plugins.modeldelivery.engine.record.EndpointStatus;
import io.jenkins.plugins.modeldelivery.engine.record.EventType;
import io.jenkins.plugins.modeldelivery.engine.registry.ModelRegistry;
import io.jenkins.plugins.modeldelivery.engine.serving.Readiness;
import io.jenkins.plugins.modeldelivery.engine.serving.Rollout;
import io.jenkins.plugins.modeldelivery.engine.serving.ServedVersion;
import io.jenkins.plugins.modeldelivery.engine.serving.ServingTarget;
import io.jenkins.plugins.modeldelivery.engine.serving.SmokeResult;
import io.jenkins.plugins.modeldelivery.engine.serving.SmokeTest;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Rolls a version out to an endpoint, tests it there, and takes it back if it fails. */
public final class DeployOperation extends JournaledOperation {
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Set<String> ROLLING_OUT = Set.of(
            "applying",
            "loading",
            "awaiting-candidate",
            "smoke-testing",
            "switching",
            "verifying",
            "smoke-testing-live");
    private static final Set<Problem> TRANSIENT = Set.of(Problem.UNREACHABLE, Problem.TIMED_OUT, Problem.SERVER);

    private final DeployRequest request;
    private ModelVersion found;

    public DeployOperation(DeployRequest request, Workbench bench) {
        super(bench);
        this.request = request;
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
        try {
            return rollOut(page);
        } catch (DeliveryException e) {
            if (Thread.currentThread().isInterrupted() && !bench.cancellation().requested()) {
                // Nobody wants it to stop; the process ends, and the next one goes on.
                throw e;
            }
            if (e.problem() == Problem.CANCELLED) {
                return fail(page, "it was cancelled");
            }
            boolean patient = TRANSIENT.contains(e.problem()) && !overdue(page);
            return patient ? new Progress.Waiting(POLL, e.getMessage()) : fail(page, e.getMessage());
        }
    }

    /** What comes before and after the rollout proper. */
    private Progress around(Page page) {
        return switch (page.state()) {
            case "new" -> plan(page);
            case "recording-start" -> recordStart(page);
            case "recording-live" -> recordLive(page);
            case "finishing" -> finish(page);
            case "live" -> new Progress.Done(result(page, "live", true));
            case "unchanged" -> new Progress.Done(result(page, "live", false));
            case "restoring" -> restore(page);
            case "awaiting-restored" -> awaitRestored(page);
            case "recording-rolled-back" -> recordEnd(page, EventType.DEPLOYMENT_ROLLED_BACK, "rolled-back");
            case "rolled-back" ->
                new Progress.Refused(Refusal.ROLLED_BACK, rolledBackMessage(page), result(page, "rolled back", false));
            case "recording-failed" -> recordEnd(page, EventType.DEPLOYMENT_FAILED, "failed");
            case "failed" ->
                new Progress.Refused(
                        page.find("restoreProblem").isPresent() ? Refusal.ROLLBACK_FAILED : Refusal.DEPLOYMENT_FAILED,
                        failedMessage(page),
                        result(page, "failed", false));
            default -> throw unknown(page);
        };
    }

    private Configured.Named<ModelRegistry> registry() {
        return bench.registries().get(request.registry());
    }

    private Configured.Named<ServingTarget> target() {
        return bench.targets().get(request.target());
    }

    private Rollout rollout(Page page) {
        return Rollout.fromJson(page.node("rollout"));
    }

    private Progress plan(Page page) {
        ServingTarget target = target().value();
        target.checkEndpoint(request.endpoint());
        request.smokeTest().ifPresent(target::checkSmokeTest);
        found = resolve(page, registry(), request.model());
        String version = found.version();
        page.setIdentity(identify(registry().name(), found).identity());
        Optional<ServedVersion> current = target.current(request.endpoint(), bench.cancellation());
        ServedVersion candidate = new ServedVersion(
                found.name(),
                version,
                page.identity().flatMap(VersionIdentity::digest).or(found::digest));
        page.set("rollout", new Rollout(page.get("operation"), request.endpoint(), candidate, current).toJson());
        if (current.equals(Optional.of(candidate))) {
            log("unchanged    " + target().name() + "/" + request.endpoint() + " serves " + found.name() + "/" + version
                    + " already");
            return page.go("unchanged");
        }
        log("planned      " + target().name() + "/" + request.endpoint() + ": "
                + current.map(c -> c.model() + "/" + c.version()).orElse("nothing") + " → " + found.name() + "/"
                + version);
        return startClock(page).go("recording-start");
    }

    /** As the registry told it, asked once a process: a version's files do not change. */
    private ModelVersion found(Page page) {
        if (found == null) {
            found = registry().value().version(request.model().name(), page.get("version"), bench.cancellation());
        }
        return found;
    }

    private Page startClock(Page page) {
        return page.set(
                "deadline", bench.clock().instant().plus(request.timeout()).toString());
    }

    private boolean overdue(Page page) {
        return bench.clock().instant().isAfter(page.time("deadline"));
    }

    private Progress recordStart(Page page) {
        ObjectNode details = details(page);
        request.smokeTest().ifPresent(test -> details.set("smokeTest", test.toJson()));
        event(page, EventType.DEPLOYMENT_STARTED, details);
        return page.go("applying");
    }

    private Progress rollOut(Page page) {
        ServingTarget target = target().value();
        Rollout rollout = rollout(page);
        Cancellation cancellation = bench.cancellation();
        switch (page.state()) {
            case "applying":
                bench.transfers().apply(registry(), found(page), target(), rollout, cancellation);
                log("applied      the files are at " + target().name());
                return page.go("loading");
            case "loading":
                return begun(page, target.load(rollout, cancellation), "awaiting-candidate");
            case "awaiting-candidate":
                boolean test =
                        target.testsBeforeTraffic() && request.smokeTest().isPresent();
                return await(page, target.candidate(rollout, cancellation), test ? "smoke-testing" : "switching");
            case "smoke-testing":
                return judge(page, target.smokeCandidate(rollout, smokeTest(), cancellation), "switching");
            case "switching":
                return begun(page, target.switchOver(rollout, cancellation), "verifying");
            case "verifying":
                return await(
                        page,
                        target.live(rollout, rollout.candidate(), cancellation),
                        request.smokeTest().isPresent() ? "smoke-testing-live" : "recording-live");
            case "smoke-testing-live":
                return judge(page, target.smokeLive(rollout, smokeTest(), cancellation), "recording-live");
            default:
                throw unknown(page);
        }
    }

    private SmokeTest smokeTest() {
        return request.smokeTest().orElseThrow();
    }

    /** Whoever has not said no is asked again in the next state, until the deadline. */
    private Progress begun(Page page, Readiness readiness, String next) {
        return readiness.state() == Readiness.State.FAILED
                ? fail(page, "the server could not load it: " + readiness.reason())
                : page.go(next);
    }

    private Progress await(Page page, Readiness readiness, String next) {
        return switch (readiness.state()) {
            case READY -> page.go(next);
            case FAILED -> fail(page, "the server could not load it: " + readiness.reason());
            case LOADING ->
                overdue(page)
                        ? fail(
                                page,
                                "it was not ready within " + request.timeout().toSeconds() + " s" + said(readiness))
                        : new Progress.Waiting(POLL, "the server is loading it" + said(readiness));
        };
    }

    private static String said(Readiness readiness) {
        return readiness.reason().isEmpty() ? "" : ": " + readiness.reason();
    }

    private Progress judge(Page page, SmokeResult result, String next) {
        if (!result.passed()) {
            return fail(page, "the smoke test failed: " + result.reason());
        }
        log("smoke test   " + result.reason());
        page.data().put("smokeMillis", result.millis());
        return page.go(next);
    }

    private Progress fail(Page page, String reason) {
        log("failed       " + reason);
        page.set("reason", reason);
        return request.rollback() ? startClock(page).go("restoring") : page.go("recording-failed");
    }

    private Progress recordLive(Page page) {
        event(page, EventType.DEPLOYED, details(page));
        return page.go("finishing");
    }

    private Progress finish(Page page) {
        try {
            target().value().finish(rollout(page), Cancellation.NONE);
        } catch (DeliveryException e) {
            // The version is live and proven; what could not be tidied up is tidied up by the next rollout.
            log("warning      " + e.getMessage());
        }
        log("live         " + target().name() + "/" + request.endpoint() + " serves "
                + request.model().name() + "/" + page.get("version"));
        return page.go("live");
    }

    private Progress restore(Page page) {
        try {
            target().value().restore(rollout(page), Cancellation.NONE);
            return page.go("awaiting-restored");
        } catch (DeliveryException e) {
            return restoreLater(page, e.getMessage());
        }
    }

    private Progress awaitRestored(Page page) {
        Optional<ServedVersion> previous = rollout(page).previous();
        if (previous.isEmpty()) {
            return page.go("recording-rolled-back");
        }
        try {
            Readiness readiness = target().value().live(rollout(page), previous.get(), Cancellation.NONE);
            if (readiness.state() != Readiness.State.READY) {
                return restoreLater(page, "the previous version is not ready again" + said(readiness));
            }
            Optional<SmokeTest> test = new PastDeployments(
                            bench, registry().name(), previous.get().model())
                    .smokeTestOf(
                            target().name(), request.endpoint(), previous.get().version());
            if (test.isPresent()) {
                SmokeResult result = target().value().smokeLive(rollout(page), test.get(), Cancellation.NONE);
                if (!result.passed()) {
                    return restoreLater(page, "the previous version fails its own smoke test: " + result.reason());
                }
            }
            page.data().put("restoredProven", test.isPresent());
            return page.go("recording-rolled-back");
        } catch (DeliveryException e) {
            return restoreLater(page, e.getMessage());
        }
    }

    private Progress restoreLater(Page page, String problem) {
        if (!overdue(page)) {
            return new Progress.Waiting(POLL, problem);
        }
        return page.set("restoreProblem", problem).go("recording-failed");
    }

    private Progress recordEnd(Page page, EventType type, String next) {
        ObjectNode details = details(page);
        details.put("reason", page.get("reason"));
        if (type == EventType.DEPLOYMENT_ROLLED_BACK) {
            details.set(
                    EndpointStatus.SERVES,
                    rollout(page)
                            .previous()
                            .<JsonNode>map(ServedVersion::toJson)
                            .orElse(NullNode.getInstance()));
        }
        page.find("restoreProblem").ifPresent(p -> details.put("restoreProblem", p));
        event(page, type, details);
        page.find("restoreProblem")
                .ifPresent(p -> log("FAILED       " + target().name() + "/" + request.endpoint()
                        + ": the previous version could not be put back: " + p));
        if (next.equals("rolled-back")) {
            log("rolled back  " + target().name() + "/" + request.endpoint() + " serves " + previousText(page));
        }
        return page.go(next);
    }

    private String previousText(Page page) {
        return rollout(page)
                .previous()
                .map(p -> p.model() + "/" + p.version() + " again")
                .orElse("nothing, as before");
    }

    private String rolledBackMessage(Page page) {
        return request.model().name() + "/" + page.get("version") + " was taken back from " + target().name() + "/"
                + request.endpoint() + ", because " + page.get("reason") + ". It serves " + previousText(page) + ".";
    }

    private String failedMessage(Page page) {
        return "The deployment of " + request.model().name() + "/" + page.get("version") + " to " + target().name()
                + "/"
                + request.endpoint() + " failed, because " + page.get("reason") + ". "
                + page.find("restoreProblem")
                        .map(p -> "The previous version could not be put back: " + p + ". Look at the server at once.")
                        .orElse("Nothing was put back, since rollback is switched off.");
    }

    private ObjectNode details(Page page) {
        ObjectNode details = JsonNodeFactory.instance.objectNode();
        details.put("target", target().name());
        details.put("endpoint", request.endpoint());
        Rollout rollout = rollout(page);
        rollout.previous().ifPresent(p -> details.put("previous", p.model() + "/" + p.version()));
        return details;
    }

    private void event(Page page, EventType type, ObjectNode details) {
        record(page, type, registry().name(), request.model().name(), page.identity(), Optional.empty(), details);
    }

    private ObjectNode result(Page page, String state, boolean changed) {
        ObjectNode result = details(page);
        rollout(page).candidate().digest().ifPresent(digest -> result.put("digest", digest));
        result.put("name", request.model().name());
        result.put("version", page.get("version"));
        result.put("registry", registry().name());
        result.put("state", state);
        result.put("changed", changed);
        page.find("reason").ifPresent(r -> result.put("reason", r));
        page.find("restoreProblem").ifPresent(p -> result.put("restoreProblem", p));
        if (page.node("smokeMillis").isNumber()) {
            result.set("smokeTestMillis", page.node("smokeMillis"));
        }
        return result;
    }
}
