package io.jenkins.plugins.modeldelivery.engine.live;

import io.jenkins.plugins.modeldelivery.engine.http.HttpCall;
import io.jenkins.plugins.modeldelivery.engine.http.HttpReply;
import io.jenkins.plugins.modeldelivery.engine.http.HttpTransport;
import io.jenkins.plugins.modeldelivery.engine.http.Redactor;
import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import java.util.ArrayList;
import java.util.List;

/** Writes down method and path of what goes through it; run ids and experiment ids as {@code *}. */
public final class RecordingTransport implements HttpTransport {
    private static final String ID = "(?<=/)((m-)?[0-9a-f]{32}|\\d+(?=/([0-9a-f]{32}|models/)))";

    private final HttpTransport transport;
    private final List<String> requests = new ArrayList<>();

    public RecordingTransport(HttpTransport transport) {
        this.transport = transport;
    }

    /** What was sent since the last call of this method, in its order. */
    public synchronized List<String> taken() {
        List<String> taken = List.copyOf(requests);
        requests.clear();
        return taken;
    }

    private synchronized void note(HttpCall call) {
        requests.add(call.method() + " " + call.uri().getPath().replaceAll(ID, "*"));
    }

    @Override
    public HttpReply send(HttpCall call, Cancellation cancellation) {
        note(call);
        return transport.send(call, cancellation);
    }

    @Override
    public HttpReply download(HttpCall call, Sink sink, Cancellation cancellation) {
        note(call);
        return transport.download(call, sink, cancellation);
    }

    @Override
    public Redactor redactor() {
        return transport.redactor();
    }

    @Override
    public void close() {
        transport.close();
    }
}
