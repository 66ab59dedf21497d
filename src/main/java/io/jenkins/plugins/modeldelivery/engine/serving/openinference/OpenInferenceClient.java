package io.jenkins.plugins.modeldelivery.engine.serving.openinference;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.modeldelivery.engine.http.HttpReply;
import io.jenkins.plugins.modeldelivery.engine.http.HttpTransport;
import io.jenkins.plugins.modeldelivery.engine.http.Idempotency;
import io.jenkins.plugins.modeldelivery.engine.http.JsonReply;
import io.jenkins.plugins.modeldelivery.engine.http.TransportException;
import io.jenkins.plugins.modeldelivery.engine.http.WebUrl;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.serving.CallLimits;
import io.jenkins.plugins.modeldelivery.engine.serving.Readiness;
import io.jenkins.plugins.modeldelivery.engine.serving.SmokeTest;
import io.jenkins.plugins.modeldelivery.engine.serving.SmokeTest.SmokeTestResult;
import io.jenkins.plugins.modeldelivery.engine.serving.SmokeTestEvaluator;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Speaks the Open Inference Protocol, version 2 over REST, and its model repository extension. */
public final class OpenInferenceClient implements AutoCloseable {
    private static final Duration LOAD = Duration.ofSeconds(60);
    private static final int NOT_FOUND = 404;
    private static final int TRIES = 3;
    private static final String LIST = "list the models";
    /** Neither an endpoint nor a version under test can have a name that begins with a dot. */
    private static final String UNKNOWN_MODEL = ".model-delivery";

    private final OpenInferenceCalls calls;
    private final Clock clock;

    /** @param base URL of the server, without {@code /v2} */
    public OpenInferenceClient(HttpTransport transport, URI base, Clock clock) {
        this.calls = new OpenInferenceCalls(transport, base);
        this.clock = clock;
    }

    public URI base() {
        return calls.base();
    }

    public String describe(CallLimits limits) {
        JsonReply server = metadata(limits);
        return server.quoted("name") + " " + server.quoted("version");
    }

    /** The server's own description, {@code GET v2}. */
    private JsonReply metadata(CallLimits limits) {
        String purpose = "read the server metadata";
        HttpReply reply = calls.get("v2", purpose, limits);
        if (!reply.successful()) {
            throw calls.refused(purpose, reply);
        }
        JsonReply server = calls.answer(reply, purpose);
        server.text("name");
        return server;
    }

    /**
     * Whether the server reports that it as a whole is not ready, {@code GET v2/health/ready}, which readiness probes ask.
     * False where it does not know the question.
     */
    public boolean unhealthy(CallLimits limits) {
        HttpReply reply = calls.get("v2/health/ready", "ask whether the server is ready", limits);
        return !reply.successful() && reply.status() != NOT_FOUND;
    }

    /**
     * Whether this version answers; a server that knows no versions is asked for the model.
     *
     * @return FAILED with Triton's words if it could not load it; a server that polls may try again
     */
    public Readiness ready(String model, String version, CallLimits limits) {
        String path = "v2/models/" + WebUrl.encode(model);
        HttpReply reply = calls.get(
                path + "/versions/" + WebUrl.encode(version) + "/ready", "ask whether " + model + " is ready", limits);
        if (reply.successful()) {
            return Readiness.ready();
        }
        String otherwise = notReady(model, reply);
        return whyNot(model, version, limits).map(Readiness::failed).orElseGet(() -> Readiness.loading(otherwise));
    }

    /** Triton's words for a load that failed. */
    private Optional<String> whyNot(String model, String version, CallLimits limits) {
        try {
            return listed(model, version, limits).filter(Listed::explained).map(l -> "the server says " + l.text());
        } catch (DeliveryException e) {
            e.rethrowIf(ErrorKind.CANCELLED);
            return Optional.empty();
        }
    }

    /**
     * Whether the model answers and says that this is the version it has: by the list of versions in its metadata, which
     * Triton fills from what it has loaded and MLServer from the model's settings.
     */
    public Readiness serves(String model, String version, CallLimits limits) {
        HttpReply ready =
                calls.get("v2/models/" + WebUrl.encode(model) + "/ready", "ask whether " + model + " is ready", limits);
        if (!ready.successful()) {
            return stateOf(model, version, notReady(model, ready), limits);
        }
        List<String> versions = versions(model, limits).orElse(List.of());
        return versions.contains(version)
                ? Readiness.ready()
                : Readiness.loading("the server has " + (versions.isEmpty() ? "no version" : "version " + versions));
    }

    private String notReady(String model, HttpReply reply) {
        if (reply.kind() == ErrorKind.DENIED) {
            throw calls.refused("ask whether " + model + " is ready", reply);
        }
        return "the server says " + reply.status() + " \"" + calls.text(reply) + "\"";
    }

    /**
     * Why the server does not load models when asked; empty if it does. MLServer just answers. Triton names the extension in
     * its metadata, but does so in every mode; in all but one it refuses to unload even what nobody has.
     */
    public Optional<String> loadingProblem(CallLimits limits) {
        for (JsonNode extension : metadata(limits).json().path("extensions")) {
            if (extension.asText().equals("model_repository")) {
                HttpReply reply = calls.post(
                        "v2/repository/models/" + UNKNOWN_MODEL + "/unload",
                        Json.object(),
                        Idempotency.ONCE,
                        OpenInferenceCalls.QUICK,
                        "ask whether it loads models",
                        limits);
                String words = calls.text(reply);
                return !reply.successful() && words.contains("is not allowed")
                        ? Optional.of("it answers \"" + words + "\"")
                        : Optional.empty();
            }
        }
        return askIndex(limits).successful()
                ? Optional.empty()
                : Optional.of("it lacks the model repository extension");
    }

    /** The versions that the server has of a model; empty if it does not know the model. */
    public Optional<List<String>> versions(String model, CallLimits limits) {
        String purpose = "ask about " + model;
        HttpReply reply = calls.get("v2/models/" + WebUrl.encode(model), purpose, limits);
        if (reply.status() == NOT_FOUND || reply.status() == 400) {
            return Optional.empty();
        }
        if (!reply.successful()) {
            throw calls.refused(purpose, reply);
        }
        JsonReply metadata = calls.answer(reply, purpose);
        metadata.text("name");
        List<String> versions = new ArrayList<>();
        metadata.json().path("versions").forEach(v -> versions.add(v.asText()));
        return Optional.of(versions);
    }

    private HttpReply askIndex(CallLimits limits) {
        return calls.post(
                "v2/repository/index", Json.object(), Idempotency.SAFE, OpenInferenceCalls.QUICK, LIST, limits);
    }

    /** What the server's list of models says of a version; Triton names there why a load failed. */
    private record Listed(String state, String reason) {
        boolean explained() {
            return !reason.isEmpty() && !reason.equals("unloaded");
        }

        String text() {
            return state + " \"" + reason + "\"";
        }
    }

    /** MLServer lists a model without its version. Triton keeps versions in the list that failed, or were unloaded. */
    private Optional<Listed> listed(String model, String version, CallLimits limits) {
        HttpReply reply = askIndex(limits);
        if (reply.successful()) {
            for (JsonReply entry : calls.answer(reply, LIST).items()) {
                String of = entry.quoted("version");
                if (entry.text("name").equals(model) && (of.isEmpty() || of.equals(version))) {
                    return Optional.of(new Listed(entry.quoted("state"), entry.quoted("reason")));
                }
            }
        }
        return Optional.empty();
    }

    private Readiness stateOf(String model, String version, String otherwise, CallLimits limits) {
        Optional<Listed> listed = listed(model, version, limits);
        if (listed.isPresent()) {
            Listed found = listed.get();
            if (found.explained() && found.state().equals("UNAVAILABLE")) {
                return Readiness.failed(found.text());
            }
            if (found.explained() || found.state().equals("LOADING")) {
                return Readiness.loading(found.text());
            }
        }
        return versions(model, limits).isEmpty() ? Readiness.absent(otherwise) : Readiness.loading(otherwise);
    }

    /**
     * Asks the server to load.
     *
     * @return FAILED with its own words if it cannot; LOADING if it has not answered in time, as it may with a large model
     */
    public Readiness load(String model, CallLimits limits) {
        Duration time = limits.atMost(LOAD);
        try {
            HttpReply reply = calls.post(
                    "v2/repository/models/" + WebUrl.encode(model) + "/load",
                    Json.object(),
                    Idempotency.ONCE,
                    time,
                    "load " + model,
                    limits);
            return reply.successful()
                    ? Readiness.ready()
                    : Readiness.failed("the server answered " + reply.status() + " \"" + calls.text(reply) + "\"");
        } catch (TransportException e) {
            e.rethrowUnless(ErrorKind.TIMED_OUT);
            return Readiness.loading("the server has not answered the request to load " + model + " within "
                    + Math.max(1, time.toSeconds()) + " s");
        }
    }

    /** Asks the server to unload; that it does not know the model is as good. */
    public void unload(String model, CallLimits limits) {
        HttpReply reply = calls.post(
                "v2/repository/models/" + WebUrl.encode(model) + "/unload",
                Json.object(),
                Idempotency.IDEMPOTENT,
                OpenInferenceCalls.QUICK,
                "unload " + model,
                limits);
        if (!reply.successful() && reply.status() != NOT_FOUND && reply.status() != 400) {
            throw calls.refused("unload " + model, reply);
        }
    }

    /** Sends the golden request, three times where the time counts; judges the last answer and the fastest time. */
    public SmokeTestResult smoke(String model, SmokeTest test, CallLimits limits) {
        String path = "v2/models/" + WebUrl.encode(model) + "/infer";
        long fastest = Long.MAX_VALUE;
        HttpReply reply = null;
        int tries = test.maxLatency().isPresent() ? TRIES : 1;
        for (int i = 0; i < tries; i++) {
            long start = clock.millis();
            try {
                reply = calls.post(
                        path,
                        test.request(),
                        Idempotency.SAFE,
                        OpenInferenceCalls.QUICK,
                        "send the smoke test request",
                        limits);
            } catch (TransportException e) {
                e.rethrowIf(ErrorKind.CANCELLED);
                return new SmokeTestResult(false, e.getMessage(), -1);
            }
            fastest = Math.min(fastest, clock.millis() - start);
            if (!reply.successful()) {
                return new SmokeTestResult(
                        false, "the server answered " + reply.status() + " \"" + calls.text(reply) + "\"", fastest);
            }
        }
        try {
            SmokeTestResult result = SmokeTestEvaluator.judge(
                    test, calls.answer(reply, "send the smoke test request").json(), fastest);
            return new SmokeTestResult(
                    result.passed(), calls.transport().redactor().brief(result.reason()), result.millis());
        } catch (DeliveryException e) {
            return new SmokeTestResult(false, e.getMessage(), fastest);
        }
    }

    @Override
    public void close() {
        calls.transport().close();
    }
}
