package io.jenkins.plugins.modeldelivery.engine.serving.directory;

import io.jenkins.plugins.modeldelivery.engine.serving.CallLimits;
import io.jenkins.plugins.modeldelivery.engine.serving.Readiness;
import io.jenkins.plugins.modeldelivery.engine.serving.SmokeTest;
import io.jenkins.plugins.modeldelivery.engine.serving.SmokeTestResult;
import io.jenkins.plugins.modeldelivery.engine.serving.openinference.OpenInferenceClient;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A server that polls the directory and speaks the Open Inference Protocol (Triton in poll mode). */
public final class PollingServer implements ModelServer {
    private final OpenInferenceClient client;
    /** Why versions could not be loaded. Triton tries again at each look, and does not say why while it does. */
    private final Map<String, String> failures = new ConcurrentHashMap<>();

    public PollingServer(OpenInferenceClient client) {
        this.client = client;
    }

    @Override
    public String kind() {
        return "directory";
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
        return false;
    }

    /** It need not run before there is something to serve. */
    @Override
    public void check(CallLimits limits) {}

    @Override
    public boolean has(String name, CallLimits limits) {
        return false;
    }

    @Override
    public Readiness load(String name, CallLimits limits) {
        return Readiness.ready();
    }

    @Override
    public void unload(String name, CallLimits limits) {}

    @Override
    public Readiness ready(String name, String number, CallLimits limits) {
        String version = name + "/" + number;
        Readiness now = client.ready(name, number, limits);
        if (now.isReady()) {
            failures.remove(version);
            return now;
        }
        if (now.state() == Readiness.State.FAILED) {
            failures.put(version, now.reason());
        }
        // No verdict: the words may be of an earlier try, and the next one may succeed.
        return Readiness.loading(failures.getOrDefault(version, now.reason()));
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
