package io.jenkins.plugins.modeldelivery.engine.serving.directory;

import io.jenkins.plugins.modeldelivery.engine.serving.CallLimits;
import io.jenkins.plugins.modeldelivery.engine.serving.SmokeTest;
import io.jenkins.plugins.modeldelivery.engine.serving.SmokeTest.SmokeTestResult;
import io.jenkins.plugins.modeldelivery.engine.serving.openinference.OpenInferenceClient;

/** A server that speaks the Open Inference Protocol. */
abstract class OpenInferenceServer implements ModelServer {
    final OpenInferenceClient client;

    OpenInferenceServer(OpenInferenceClient client) {
        this.client = client;
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
    public SmokeTestResult smoke(String name, SmokeTest test, CallLimits limits) {
        return client.smoke(name, test, limits);
    }

    @Override
    public void close() {
        client.close();
    }
}
