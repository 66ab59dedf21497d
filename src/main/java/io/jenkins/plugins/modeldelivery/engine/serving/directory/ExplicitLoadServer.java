package io.jenkins.plugins.modeldelivery.engine.serving.directory;

import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.serving.CallLimits;
import io.jenkins.plugins.modeldelivery.engine.serving.Readiness;
import io.jenkins.plugins.modeldelivery.engine.serving.openinference.OpenInferenceClient;

/** A server that loads models when asked: the Open Inference Protocol with its model repository extension. */
public final class ExplicitLoadServer extends OpenInferenceServer {

    public ExplicitLoadServer(OpenInferenceClient client) {
        super(client);
    }

    @Override
    public String kind() {
        return "Open Inference";
    }

    @Override
    public boolean loadsWhenAsked() {
        return true;
    }

    @Override
    public void check(CallLimits limits) {
        client.loadingProblem(limits).ifPresent(why -> {
            throw ErrorKind.UNSUPPORTED.error("The server at " + client.base() + " does not load models on request: "
                    + why + ". Start it with explicit model control (Triton: --model-control-mode=explicit), or use a"
                    + " directory target that the server polls.");
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
            e.rethrowIf(ErrorKind.CANCELLED);
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
}
