package io.jenkins.plugins.modeldelivery.steps;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;

/** A model server that has loaded what a test says, and not one version more; or one that takes calls and never answers. */
final class Poller implements AutoCloseable {
    private final MockWebServer server = new MockWebServer();
    private final Set<String> ready = ConcurrentHashMap.newKeySet();
    private final Set<String> asked = ConcurrentHashMap.newKeySet();
    /** What the path of a call holds that is never answered; null for none. */
    private volatile String hangs;

    Poller() throws IOException {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                String path = request.getUrl().encodedPath();
                asked.add(path);
                if (hangs != null && path.contains(hangs)) {
                    return new MockResponse.Builder()
                            .onResponseStart(SocketEffect.Stall.INSTANCE)
                            .build();
                }
                if (path.endsWith("/infer")) {
                    return new MockResponse.Builder()
                            .body(
                                    "{\"outputs\": [{\"name\": \"y\", \"datatype\": \"FP64\", \"shape\": [1], \"data\": [1.0]}]}")
                            .build();
                }
                boolean loaded = ready.stream().anyMatch(path::contains);
                return new MockResponse.Builder()
                        .code(loaded ? 200 : 400)
                        .addHeader("Content-Type", "application/json")
                        .body(loaded ? "{}" : "{\"error\": \"not ready\"}")
                        .build();
            }
        });
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getPort() + "/";
    }

    /** It has loaded this version. */
    void load(String version) {
        ready.add("/versions/" + version + "/");
    }

    void hang() {
        hangOn("");
    }

    void hangOn(String part) {
        hangs = part;
        asked.clear();
    }

    void answer() {
        hangs = null;
    }

    boolean asked() {
        return !asked.isEmpty();
    }

    boolean askedFor(String version) {
        return askedTo("/versions/" + version + "/");
    }

    boolean askedTo(String part) {
        return asked.stream().anyMatch(path -> path.contains(part));
    }

    @Override
    public void close() {
        server.close();
    }
}
