package io.jenkins.plugins.modeldelivery.engine.serving.directory;

import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.Problem;
import io.jenkins.plugins.modeldelivery.engine.serving.Limits;
import io.jenkins.plugins.modeldelivery.engine.serving.Readiness;
import io.jenkins.plugins.modeldelivery.engine.serving.SmokeResult;
import io.jenkins.plugins.modeldelivery.engine.serving.SmokeTest;
import io.jenkins.plugins.modeldelivery.engine.serving.openinference.OpenInferenceClient;

/** A server that loads models when asked: the Open Inference Protocol with its model repository extension. */
public final class LoadingServer implements ModelServer {
    private final OpenInferenceClient client;

    public LoadingServer(OpenInferenceClient client) {
        this.client = client;
    }

    @Override
    public String kind() {
        return "Open Inference";
    }

    @Override
    public String describe(Limits limits) {
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
    public void check(Limits limits) {
        client.loadingProblem(limits).ifPresent(why -> {
            throw new DeliveryException(
                    Problem.UNSUPPORTED,
                    "The server at " + client.base() + " does not load models when asked: " + why + ". Start it so that"
                            + " it does (Triton: --model-control-mode=explicit), or use a directory target that it"
                            + " polls.");
        });
    }

    @Override
    public boolean has(String name, Limits limits) {
        return client.versions(name, limits).isPresent();
    }

    /**
     * Triton counts a model that it could not load against its own readiness until it restarts, and a readiness probe then
     * takes the whole server out of service: the reason names it.
     */
    @Override
    public Readiness load(String name, Limits limits) {
        Readiness readiness = client.load(name, limits);
        return readiness.state() == Readiness.State.FAILED && unhealthy(limits)
                ? Readiness.failed(readiness.reason() + ". The server reports that it is not ready (v2/health/ready);"
                        + " a Triton reports this after a failed load until it restarts, unless it was started with"
                        + " --strict-readiness=false")
                : readiness;
    }

    private boolean unhealthy(Limits limits) {
        try {
            return client.unhealthy(limits);
        } catch (DeliveryException e) {
            if (e.problem() == Problem.CANCELLED) {
                throw e;
            }
            return false;
        }
    }

    @Override
    public void unload(String name, Limits limits) {
        client.unload(name, limits);
    }

    @Override
    public Readiness ready(String name, String number, Limits limits) {
        return client.serves(name, number, limits);
    }

    @Override
    public SmokeResult smoke(String name, SmokeTest test, Limits limits) {
        return client.smoke(name, test, limits);
    }

    @Override
    public void close() {
        client.close();
    }
}
