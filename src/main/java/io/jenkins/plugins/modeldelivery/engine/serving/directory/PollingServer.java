package io.jenkins.plugins.modeldelivery.engine.serving.directory;

import io.jenkins.plugins.modeldelivery.engine.serving.CallLimits;
import io.jenkins.plugins.modeldelivery.engine.serving.Readiness;
import io.jenkins.plugins.modeldelivery.engine.serving.openinference.OpenInferenceClient;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A server that polls the directory and speaks the Open Inference Protocol (Triton in poll mode). It need not run before there is something to serve. */
public final class PollingServer extends OpenInferenceServer {
    /** Why versions could not be loaded. Triton tries again at each look, and does not say why while it does. */
    private final Map<String, String> failures = new ConcurrentHashMap<>();

    public PollingServer(OpenInferenceClient client) {
        super(client);
    }

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
}
