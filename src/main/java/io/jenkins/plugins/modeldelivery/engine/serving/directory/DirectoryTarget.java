package io.jenkins.plugins.modeldelivery.engine.serving.directory;

import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.Manifest;
import io.jenkins.plugins.modeldelivery.engine.model.TextSanitizer;
import io.jenkins.plugins.modeldelivery.engine.serving.CallLimits;
import io.jenkins.plugins.modeldelivery.engine.serving.EndpointState;
import io.jenkins.plugins.modeldelivery.engine.serving.Readiness;
import io.jenkins.plugins.modeldelivery.engine.serving.Revision;
import io.jenkins.plugins.modeldelivery.engine.serving.Rollout;
import io.jenkins.plugins.modeldelivery.engine.serving.RolloutReservation.Phase;
import io.jenkins.plugins.modeldelivery.engine.serving.ServedVersion;
import io.jenkins.plugins.modeldelivery.engine.serving.ServingTarget;
import io.jenkins.plugins.modeldelivery.engine.serving.ServingTarget.TargetInfo;
import io.jenkins.plugins.modeldelivery.engine.serving.SmokeTest;
import io.jenkins.plugins.modeldelivery.engine.serving.SmokeTest.SmokeTestResult;
import io.jenkins.plugins.modeldelivery.engine.serving.StagingArea;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A directory that a server reads: {@link EndpointFiles} changes it, the {@link ModelServer} is asked. */
public final class DirectoryTarget implements ServingTarget {
    private static final Pattern ENDPOINT = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}");

    private final EndpointFiles files;
    private final ModelServer server;

    public DirectoryTarget(EndpointFiles files, ModelServer server) {
        this.files = files;
        this.server = server;
    }

    @Override
    public TargetInfo describe(Cancellation cancellation) {
        CallLimits limits = CallLimits.of(cancellation);
        server.check(limits);
        String name = server.answers() ? server.describe(limits) : "";
        List<String> capabilities = server.loadsWhenAsked()
                ? List.of("smoke test before traffic", "smoke test after the switch", "rollback")
                : server.answers() ? List.of("smoke test after the switch", "rollback") : List.of("rollback");
        String location = server.loadsWhenAsked() ? server.location() : files.location();
        return new TargetInfo(server.kind(), name, location, capabilities);
    }

    @Override
    public void checkEndpoint(String endpoint) {
        if (!ENDPOINT.matcher(endpoint).matches()) {
            throw ErrorKind.INVALID_INPUT.error("\"" + TextSanitizer.brief(endpoint, 60)
                    + "\" cannot be the name of an endpoint: it becomes a directory and a part"
                    + " of a URL, so use 1 to 100 letters, digits, . _ or -, and do not begin with a dot.");
        }
        if (Endpoint.isCandidateName(endpoint)) {
            throw ErrorKind.INVALID_INPUT.error(
                    "\"" + endpoint + "\" cannot be the name of an endpoint: names that end in -- and eight"
                            + " hexadecimal digits are those of versions under test.");
        }
    }

    @Override
    public void checkSmokeTest(SmokeTest test) {
        if (!server.answers()) {
            throw ErrorKind.INVALID_INPUT.error("A smoke test needs a server that answers. Give the target "
                    + files.location() + " the URL of the server that reads it (server: …), or omit the smoke test.");
        }
    }

    @Override
    public EndpointState state(String endpoint) {
        return files.state(endpoint);
    }

    @Override
    public EndpointState inspect(String endpoint, CallLimits limits) {
        server.check(limits);
        StoredEndpoint stored = files.inspect(endpoint);
        boolean empty = stored.state().live().isEmpty() && stored.shown().isEmpty();
        if (empty && server.has(endpoint, limits)) {
            throw ErrorKind.CONFLICT.error(
                    "Nothing was changed, because the server at " + server.location() + " has a model " + endpoint
                            + " that was not deployed from here. Unload it, or deploy under another name.");
        }
        return stored.state();
    }

    @Override
    public Optional<String> defect(String endpoint, CallLimits limits) {
        Optional<Revision> live = files.state(endpoint).live();
        if (live.isEmpty()) {
            return Optional.of("nothing is served");
        }
        Optional<String> wrong = files.defect(endpoint);
        if (wrong.isPresent()) {
            return wrong;
        }
        Readiness readiness = server.ready(endpoint, live.get().id(), limits);
        return readiness.isReady()
                ? Optional.empty()
                : Optional.of("the server has not loaded it"
                        + (readiness.reason().isEmpty() ? "" : ": " + readiness.reason()));
    }

    @Override
    public void begin(Rollout rollout, Optional<SmokeTest> test, CallLimits limits) {
        Optional<String> dead = files.begin(rollout, test);
        if (dead.isPresent() && server.loadsWhenAsked()) {
            String candidate = Endpoint.candidateName(rollout.endpoint(), dead.get());
            try {
                server.unload(candidate, limits);
            } catch (DeliveryException e) {
                e.rethrowIf(ErrorKind.CANCELLED);
                // It takes memory until the server restarts, and nothing else.
            }
        }
    }

    @Override
    public Optional<Manifest> takeKept(Rollout rollout, CallLimits limits) {
        return files.takeKept(rollout);
    }

    @Override
    public StagingArea stagingArea(Rollout rollout, CallLimits limits) {
        return files.stagingArea(rollout);
    }

    /**
     * Takes away what an earlier try has left before the server is asked anything: a server that restarts reads every model
     * that it finds, and one that it cannot load may keep it from starting.
     */
    @Override
    public Readiness load(Rollout rollout, CallLimits limits) {
        if (!server.loadsWhenAsked()) {
            return Readiness.ready();
        }
        files.hideCandidate(rollout);
        server.describe(limits);
        String name = files.showCandidate(rollout);
        boolean unsure = false;
        try {
            Readiness readiness = server.load(name, limits);
            unsure = readiness.state() == Readiness.State.LOADING;
            return readiness;
        } finally {
            if (!unsure) {
                files.concealCandidate(rollout);
            }
        }
    }

    @Override
    public Readiness candidate(Rollout rollout, CallLimits limits) {
        Optional<Revision> revision = files.candidate(rollout);
        if (revision.isEmpty()) {
            return Readiness.failed("its files no longer exist in " + files.location());
        }
        if (!server.loadsWhenAsked()) {
            return Readiness.ready();
        }
        Readiness readiness =
                server.ready(Endpoint.candidateName(rollout), revision.get().id(), limits);
        if (readiness.isReady()) {
            files.concealCandidate(rollout);
        }
        return readiness;
    }

    @Override
    public boolean testsBeforeTraffic() {
        return server.loadsWhenAsked();
    }

    @Override
    public SmokeTestResult smokeCandidate(Rollout rollout, SmokeTest test, CallLimits limits) {
        return server.smoke(Endpoint.candidateName(rollout), test, limits);
    }

    @Override
    public Readiness switchOver(Rollout rollout, CallLimits limits) {
        files.publish(rollout);
        return server.load(rollout.endpoint(), limits);
    }

    @Override
    public Readiness live(Rollout rollout, ServedVersion version, CallLimits limits) {
        Optional<String> gone = files.missing(rollout, version);
        if (gone.isPresent()) {
            return Readiness.failed(gone.get());
        }
        String id = files.state(rollout.endpoint())
                .live()
                .map(Revision::id)
                .orElseThrow(() -> ErrorKind.CONFLICT.error("The endpoint serves no version now."));
        return server.ready(rollout.endpoint(), id, limits);
    }

    @Override
    public SmokeTestResult smokeLive(Rollout rollout, SmokeTest test, CallLimits limits) {
        return server.smoke(rollout.endpoint(), test, limits);
    }

    @Override
    public Optional<SmokeTest> smokeTestOf(String endpoint, Revision revision) {
        return files.smokeTestOf(endpoint, revision);
    }

    @Override
    public void restore(Rollout rollout, CallLimits limits) {
        Phase reached = files.restore(rollout);
        if (reached == Phase.RESTORED) {
            reload(rollout, limits);
        }
        unloadCandidate(rollout, limits);
    }

    private void reload(Rollout rollout, CallLimits limits) {
        if (rollout.previous().isEmpty()) {
            server.unload(rollout.endpoint(), limits);
            if (server.has(rollout.endpoint(), limits)) {
                throw ErrorKind.SERVER.error("The server at " + server.location() + " still serves "
                        + rollout.endpoint() + " after the request to unload it.");
            }
            return;
        }
        Readiness loaded = server.load(rollout.endpoint(), limits);
        if (loaded.state() == Readiness.State.FAILED) {
            throw ErrorKind.SERVER.error(
                    "Could not load " + rollout.previous().get().version().text() + " again at " + server.location()
                            + ": " + loaded.reason());
        }
    }

    private void unloadCandidate(Rollout rollout, CallLimits limits) {
        if (server.loadsWhenAsked()) {
            server.unload(Endpoint.candidateName(rollout), limits);
        }
    }

    @Override
    public void end(Rollout rollout, CallLimits limits) {
        files.end(rollout);
        unloadCandidate(rollout, limits);
    }

    @Override
    public void close() {
        server.close();
    }
}
