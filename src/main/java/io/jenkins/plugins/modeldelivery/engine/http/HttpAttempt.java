package io.jenkins.plugins.modeldelivery.engine.http;

import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.EventListener;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.BufferedSource;

/** One try of one call: no retry, no redirect. */
record HttpAttempt(
        OkHttpClient client,
        Authentication authentication,
        HttpErrorMessages failures,
        HttpCall call,
        Optional<HttpTransport.Sink> sink,
        Cancellation cancellation,
        SentListener trace) {
    private static final long MOST_QUOTED = 64L * 1024;
    /** OkHttp ends a call that lasts too long by itself, and says more of it. */
    private static final Duration GRACE = Duration.ofMillis(500);

    static final class Failed extends Exception {
        private static final long serialVersionUID = 1L;
        private final TransportException failure;

        Failed(TransportException failure) {
            super(failure);
            this.failure = failure;
        }

        TransportException failure() {
            return failure;
        }
    }

    /** @throws TransportException if cancelled or beyond repair */
    HttpReply run(URI uri, Duration remaining) throws Failed {
        Request request;
        try {
            request = request(uri);
        } catch (IllegalArgumentException e) {
            // Its message quotes the header.
            throw failures.of(
                    ErrorKind.INVALID_INPUT, "a header of the request has a character that is not allowed.", false);
        }
        Call running = client.newCall(request);
        running.timeout().timeout(Math.max(1, remaining.toMillis()), TimeUnit.MILLISECONDS);
        CompletableFuture<Response> head = new CompletableFuture<>();
        Cancellation.Registration registration = cancellation.onCancel(() -> {
            head.cancel(false);
            running.cancel();
        });
        try {
            // On another thread, because connecting and looking up a name cannot be interrupted.
            running.enqueue(new Handover(head));
            try (Response response = head.get(remaining.plus(GRACE).toMillis(), TimeUnit.MILLISECONDS)) {
                return reply(response);
            }
        } catch (TimeoutException e) {
            // What OkHttp cannot interrupt, such as a name service that does not answer.
            running.cancel();
            head.cancel(false);
            throw failures.timedOut(trace.sent());
        } catch (InterruptedException e) {
            running.cancel();
            head.cancel(false);
            Thread.currentThread().interrupt();
            throw failures.cancelled(trace.sent());
        } catch (java.util.concurrent.CancellationException e) {
            throw failures.cancelled(trace.sent());
        } catch (ExecutionException e) {
            throw failed(e.getCause() instanceof IOException io ? io : new IOException(e.getCause()));
        } catch (IOException e) {
            throw failed(e);
        } finally {
            registration.close();
        }
    }

    private Failed failed(IOException e) {
        if (cancellation.requested()) {
            throw failures.cancelled(trace.sent());
        }
        return new Failed(failures.of(e, trace.sent()));
    }

    private Request request(URI uri) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        if (sink.isPresent()) {
            headers.put("Accept-Encoding", "identity");
        }
        headers.putAll(call.headers());
        if (call.authenticated()) {
            headers.putAll(authentication.headers());
        }
        Request.Builder builder = new Request.Builder().url(uri.toString()).tag(SentListener.class, trace);
        headers.forEach(builder::header);
        RequestBody body = call.body().<RequestBody>map(StreamedBody::new).orElseGet(this::noBody);
        return builder.method(call.method(), body).build();
    }

    // OkHttp wants a body for these methods.
    private RequestBody noBody() {
        boolean wanted = List.of("POST", "PUT", "PATCH").contains(call.method());
        return wanted ? RequestBody.create(new byte[0], null) : null;
    }

    private HttpReply reply(Response response) throws IOException {
        Map<String, List<String>> headers = new HashMap<>();
        response.headers().toMultimap().forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values));
        ResponseBody body = response.body();
        if (response.isSuccessful() && sink.isPresent()) {
            pour(body, sink.get());
            return new HttpReply(response.code(), headers, new byte[0]);
        }
        BufferedSource source = body.source();
        if (sink.isPresent()) {
            // A refused download: its reply is only quoted, and a download's own cap may be none.
            source.request(MOST_QUOTED);
            return new HttpReply(
                    response.code(),
                    headers,
                    source.readByteArray(
                            Math.min(MOST_QUOTED, source.getBuffer().size())));
        }
        if (body.contentLength() > call.maxReply()
                || (call.maxReply() < Long.MAX_VALUE && source.request(call.maxReply() + 1))) {
            throw failures.tooLong();
        }
        return new HttpReply(response.code(), headers, source.readByteArray());
    }

    private void pour(ResponseBody body, HttpTransport.Sink into) throws IOException {
        if (body.contentLength() > call.maxReply()) {
            throw failures.tooLong();
        }
        InputStream bytes = body.byteStream();
        ReplyStream stream = new ReplyStream(bytes, call.maxReply());
        try {
            into.accept(stream, body.contentLength());
        } catch (IOException e) {
            if (stream.tooLong()) {
                throw failures.tooLong();
            }
            if (stream.broken()) {
                throw e;
            }
            throw failures.sink(e);
        }
    }

    /** Gives the head of the reply to the waiting thread, or throws it away if nobody waits any more. */
    private record Handover(CompletableFuture<Response> head) implements Callback {
        @Override
        public void onResponse(Call running, Response response) {
            if (!head.complete(response)) {
                response.close();
            }
        }

        @Override
        public void onFailure(Call running, IOException e) {
            head.completeExceptionally(e);
        }
    }

    /** Notes whether a byte of a request left us; before that it certainly did not arrive. */
    static final class SentListener extends EventListener {
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

    /** A reply's body on its way to a sink: capped, and knows whether the network broke, not the sink. */
    private static final class ReplyStream extends FilterInputStream {
        private final long cap;
        private long read;
        private boolean broken;
        private boolean tooLong;

        ReplyStream(InputStream in, long cap) {
            super(in);
            this.cap = cap;
        }

        boolean broken() {
            return broken;
        }

        boolean tooLong() {
            return tooLong;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int n;
            try {
                n = in.read(bytes, offset, length);
            } catch (IOException e) {
                broken = true;
                throw e;
            }
            read += Math.max(n, 0);
            if (read > cap) {
                tooLong = true;
                throw new IOException("reply too long");
            }
            return n;
        }

        @Override
        public long skip(long n) throws IOException {
            return read(new byte[(int) Math.min(n, 8192)], 0, (int) Math.min(n, 8192));
        }

        @Override
        public boolean markSupported() {
            return false;
        }
    }
}
