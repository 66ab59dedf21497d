package io.jenkins.plugins.modeldelivery.engine.http;

import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
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
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.BufferedSource;

/** One try of one call: no retry, no redirect. */
final class HttpAttempt {
    private static final long MOST_QUOTED = 64L * 1024;
    /** OkHttp ends a call that lasts too long by itself, and says more of it. */
    private static final Duration GRACE = Duration.ofMillis(500);

    private final OkHttpClient client;
    private final Authentication authentication;
    private final HttpErrorMessages failures;
    private final HttpCall call;
    private final Optional<HttpTransport.Sink> sink;
    private final Cancellation cancellation;
    private final SentListener trace = new SentListener();

    HttpAttempt(
            OkHttpClient client,
            Authentication authentication,
            HttpErrorMessages failures,
            HttpCall call,
            Optional<HttpTransport.Sink> sink,
            Cancellation cancellation) {
        this.client = client;
        this.authentication = authentication;
        this.failures = failures;
        this.call = call;
        this.sink = sink;
        this.cancellation = cancellation;
    }

    /** This try failed. */
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
                    call,
                    ErrorKind.INVALID_INPUT,
                    "a header of the request holds a character that none can have.",
                    false);
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
            throw failures.timedOut(call, trace.sent());
        } catch (InterruptedException e) {
            running.cancel();
            head.cancel(false);
            Thread.currentThread().interrupt();
            throw failures.cancelled(call, trace.sent());
        } catch (java.util.concurrent.CancellationException e) {
            throw failures.cancelled(call, trace.sent());
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
            throw failures.cancelled(call, trace.sent());
        }
        return new Failed(failures.of(call, e, trace.sent()));
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
            throw failures.tooLong(call);
        }
        return new HttpReply(response.code(), headers, source.readByteArray());
    }

    private void pour(ResponseBody body, HttpTransport.Sink into) throws IOException {
        if (body.contentLength() > call.maxReply()) {
            throw failures.tooLong(call);
        }
        InputStream bytes = body.byteStream();
        ReplyStream stream = new ReplyStream(bytes, call.maxReply());
        try {
            into.accept(stream, body.contentLength());
        } catch (IOException e) {
            if (stream.tooLong()) {
                throw failures.tooLong(call);
            }
            if (stream.broken()) {
                throw e;
            }
            throw failures.sink(call, e);
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
}
