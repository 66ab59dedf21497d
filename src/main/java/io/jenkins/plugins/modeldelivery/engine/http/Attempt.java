package io.jenkins.plugins.modeldelivery.engine.http;

import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
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
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.BufferedSource;

/** One try of one call: no retry, no redirect. */
final class Attempt {
    private static final long MOST_QUOTED = 64L * 1024;

    private final OkHttpClient client;
    private final Authentication authentication;
    private final Failures failures;
    private final HttpCall call;
    private final Optional<HttpTransport.Sink> sink;
    private final Cancellation cancellation;
    private final CallTrace trace = new CallTrace();

    Attempt(
            OkHttpClient client,
            Authentication authentication,
            Failures failures,
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

    /** A failure, and whether the same call may fare better at another time. */
    static final class Failed extends Exception {
        private static final long serialVersionUID = 1L;
        private final HttpFailure failure;
        private final boolean passing;

        Failed(HttpFailure failure, boolean passing) {
            super(failure);
            this.failure = failure;
            this.passing = passing;
        }

        HttpFailure failure() {
            return failure;
        }

        boolean passing() {
            return passing;
        }
    }

    /** @throws HttpFailure if cancelled or beyond repair */
    HttpReply run(URI uri, Duration remaining) throws Failed {
        Call running = client.newCall(request(uri));
        running.timeout().timeout(Math.max(1, remaining.toMillis()), TimeUnit.MILLISECONDS);
        CompletableFuture<Response> head = new CompletableFuture<>();
        Cancellation.Registration registration = cancellation.onCancel(() -> {
            head.cancel(false);
            running.cancel();
        });
        try {
            // On another thread, because connecting and looking up a name cannot be interrupted.
            running.enqueue(new Handover(head));
            try (Response response = head.get()) {
                return reply(response);
            }
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
        HttpFailure failure = failures.of(call, e, trace.sent());
        return new Failed(failure, !(e instanceof StreamedBody.LocalReadException) && !Failures.untrusted(e));
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
        Request.Builder builder = new Request.Builder().url(uri.toString()).tag(CallTrace.class, trace);
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
