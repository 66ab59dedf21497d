package io.jenkins.plugins.modeldelivery.engine.http;

import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** What went wrong with a call: who, where, what, and what to do. */
record HttpErrorMessages(Redactor redactor, HttpCall call) {
    /** OkHttp's words for a proxy that opens no tunnel, before the status. */
    private static final String TUNNEL = "Unexpected response code for CONNECT: ";
    /** OkHttp's word for a 407 of a server that is no proxy. */
    private static final String NO_PROXY = "HTTP_PROXY_AUTH (407)";

    TransportException of(ErrorKind problem, String what, boolean mayHaveArrived) {
        return of(problem, what, mayHaveArrived, null);
    }

    private TransportException of(ErrorKind problem, String what, boolean mayHaveArrived, Throwable cause) {
        String message = "Cannot " + call.purpose() + " at " + WebUrl.origin(call.uri()) + ": " + what;
        return new TransportException(problem, redactor.mask(message), mayHaveArrived, harmless(cause));
    }

    TransportException cancelled(boolean mayHaveArrived) {
        return of(ErrorKind.CANCELLED, "it was cancelled.", mayHaveArrived);
    }

    /** @param until when the server may be asked again, as it said */
    TransportException quiet(Instant until) {
        return of(
                ErrorKind.UNREACHABLE,
                "the server is too busy and has asked for no requests until " + until.truncatedTo(ChronoUnit.SECONDS)
                        + ". No request was sent.",
                false);
    }

    TransportException timedOut(boolean mayHaveArrived) {
        return of(
                ErrorKind.TIMED_OUT,
                "it did not end within " + call.timeout().toMillis()
                        + " ms, retries included. Check whether the server is overloaded, or set a longer time limit.",
                mayHaveArrived);
    }

    TransportException sink(IOException e) {
        return of(
                ErrorKind.LOCAL_IO,
                "what arrived cannot be stored (" + redactor.brief(e.toString()) + "). Look at the local disk.",
                true,
                e);
    }

    TransportException of(IOException e, boolean sent) {
        String said = redactor.brief(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
        if (e instanceof StreamedBody.LocalReadException) {
            return of(
                    ErrorKind.LOCAL_IO,
                    "what was to be sent cannot be read: " + said + ". Look at the local file.",
                    sent,
                    e);
        }
        Optional<TransportException> ofProxy = ofProxy(e, said);
        if (ofProxy.isPresent()) {
            return ofProxy.get();
        }
        Optional<PermanentFailure> permanent = PermanentFailure.of(e);
        if (permanent.isPresent()) {
            return of(
                    ErrorKind.MISCONFIGURED,
                    permanent.get().what() + " (" + said + "). "
                            + permanent.get().remedy(),
                    sent,
                    e);
        }
        return ofConnection(e, said, sent);
    }

    private Optional<TransportException> ofProxy(IOException e, String said) {
        if (e instanceof ProxyLogin.Refused) {
            String what = "the proxy answered 407: " + said + ". Check the login of the proxy.";
            return Optional.of(of(ErrorKind.DENIED, what, false, e));
        }
        if (e instanceof ProtocolException && said.contains(NO_PROXY)) {
            String what = "the reply has the status 407, which only a proxy may return, and no proxy is configured."
                    + " Check the URL.";
            return Optional.of(of(ErrorKind.DENIED, what, true, e));
        }
        int at = said.indexOf(TUNNEL);
        if (at < 0) {
            return Optional.empty();
        }
        String status = said.substring(at + TUNNEL.length());
        boolean busy = status.startsWith("5") || status.equals("429") || status.equals("408");
        return Optional.of(of(
                busy ? ErrorKind.UNREACHABLE : ErrorKind.DENIED,
                "the proxy answered " + status + " when it was asked to connect. "
                        + (busy ? "Check that the server runs, and the proxy." : "Ask the administrator of the proxy."),
                false,
                e));
    }

    private TransportException ofConnection(IOException e, String said, boolean sent) {
        if (e instanceof SocketTimeoutException && sent) {
            return of(
                    ErrorKind.TIMED_OUT,
                    "the server sent no data for too long (" + said + "). Check whether it is overloaded.",
                    true,
                    e);
        }
        if (e instanceof InterruptedIOException && !(e instanceof SocketTimeoutException)) {
            return timedOut(sent);
        }
        if (e instanceof UnknownHostException) {
            return of(
                    ErrorKind.UNREACHABLE,
                    "the name of the host cannot be looked up (" + said
                            + "). Check the URL, the network and the name service.",
                    false,
                    e);
        }
        if (!sent || e instanceof ConnectException || e instanceof SSLException) {
            return of(
                    ErrorKind.UNREACHABLE,
                    "no connection (" + said + "). Check the URL, the network and that the server runs.",
                    sent,
                    e);
        }
        return of(
                ErrorKind.UNREACHABLE,
                "the connection broke before the reply was whole (" + said + "). See the log of the server.",
                true,
                e);
    }

    TransportException tooLong() {
        return of(
                ErrorKind.SERVER,
                "the reply is longer than the " + call.maxReply() + " bytes that are allowed. Check the URL.",
                true);
    }

    TransportException redirected(int status, URI to) {
        return of(
                ErrorKind.SERVER,
                "it answered " + status + ", a redirect to " + WebUrl.origin(to)
                        + ", which is not followed. If the other server is right, configure its URL.",
                call.idempotency() != Idempotency.SAFE);
    }

    // A cause is printed with stack traces; one that quotes a secret is dropped.
    private Throwable harmless(Throwable cause) {
        for (Throwable t = cause; t != null; t = t.getCause()) {
            if (t.getMessage() != null && !redactor.mask(t.getMessage()).equals(t.getMessage())) {
                return null;
            }
        }
        return cause;
    }
}
