package io.jenkins.plugins.modeldelivery.engine.http;

import okhttp3.Call;
import okhttp3.EventListener;

/** Notes whether a byte of a request left us; before that it certainly did not arrive. */
final class SentListener extends EventListener {
    private volatile boolean sent;

    static EventListener of(Call call) {
        SentListener trace = call.request().tag(SentListener.class);
        return trace == null ? EventListener.NONE : trace;
    }

    @Override
    public void requestHeadersStart(Call call) {
        sent = true;
    }

    boolean sent() {
        return sent;
    }
}
