package io.jenkins.plugins.modeldelivery.engine.serving.directory;

import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.serving.CallLimits;
import io.jenkins.plugins.modeldelivery.engine.serving.Readiness;
import io.jenkins.plugins.modeldelivery.engine.serving.SmokeTest;
import io.jenkins.plugins.modeldelivery.engine.serving.SmokeTestResult;
import io.jenkins.plugins.modeldelivery.engine.serving.openinference.OpenInferenceClient;

/** A server that loads models when asked: the Open Inference Protocol with its model repository extension. */
public final class ExplicitLoadServer implements ModelServer {
    private final OpenInferenceClient client;

    public ExplicitLoadServer(OpenInferenceClient client) {
        this.client = client;
    }

    @Override
    public String kind() {
        return "Open Inference";
    }

    @Override
    public String describe(CallLimits limits) {
        return client.describe(limits);
    }

    @Override
    public String location() {
        return client.base().toString();
    }

    @Override
    public boolean answers() {
        return true;
    }

    @Override
    public boolean loadsWhenAsked() {
        return true;
    }

    @Override
    public void check(CallLimits limits) {
        client.loadingProblem(limits).ifPresent(why -> {
            throw new DeliveryException(
                    ErrorKind.UNSUPPORTED,
                    "The server at " + client.base() + " does not load models when asked: " + why + ". Start it so that"
                            + " it does (Triton: --model-control-mode=explicit), or use a directory target that it"
                            + " polls.");
        });
    }

    @Override
    public boolean has(String name, CallLimits limits) {
        return client.versions(name, limits).isPresent();
    }

    /**
     * Triton counts a model that it could not load against its own readiness until it restarts, and a readiness probe then
     * takes the whole server out of service: the reason names it.
     */
    @Override
    public Readiness load(String name, CallLimits limits) {
        Readiness readiness = client.load(name, limits);
        return readiness.state() == Readiness.State.FAILED && unhealthy(limits)
                ? Readiness.failed(readiness.reason() + ". The server reports that it is not ready (v2/health/ready);"
                        + " a Triton reports this after a failed load until it restarts, unless it was started with"
                        + " --strict-readiness=false")
                : readiness;
    }

    private boolean unhealthy(CallLimits limits) {
        try {
            return client.unhealthy(limits);
        } catch (DeliveryException e) {
            if (e.kind() == ErrorKind.CANCELLED) {
                throw e;
            }
            return false;
        }
    }

    @Override
    public void unload(String name, CallLimits limits) {
        client.unload(name, limits);
    }

    @Override
    public Readiness ready(String name, String number, CallLimits limits) {
        return client.serves(name, number, limits);
    }

    @Override
    public SmokeTestResult smoke(String name, SmokeTest test, CallLimits limits) {
        return client.smoke(name, test, limits);
    }

    @Override
    public void close() {
        client.close();
    }
}
