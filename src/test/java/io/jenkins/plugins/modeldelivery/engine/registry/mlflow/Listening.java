package io.jenkins.plugins.modeldelivery.engine.registry.mlflow;

import io.jenkins.plugins.modeldelivery.engine.http.HttpCall;
import io.jenkins.plugins.modeldelivery.engine.http.HttpReply;
import io.jenkins.plugins.modeldelivery.engine.http.HttpTransport;
import io.jenkins.plugins.modeldelivery.engine.http.Redactor;
import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import java.util.Collections;
import java.util.List;

/** A transport that notes what is sent, as {@code GET http://…}. */
final class Listening implements HttpTransport {
    private final HttpTransport transport;
    private final List<String> heard;

    Listening(HttpTransport transport, List<String> heard) {
        this.transport = transport;
        this.heard = Collections.synchronizedList(heard);
    }

    @Override
    public HttpReply send(HttpCall call, Cancellation cancellation) {
        heard.add(call.method() + " " + call.uri());
        return transport.send(call, cancellation);
    }

    @Override
    public HttpReply download(HttpCall call, Sink sink, Cancellation cancellation) {
        heard.add(call.method() + " " + call.uri());
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
