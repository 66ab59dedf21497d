package io.jenkins.plugins.modeldelivery.engine.http;

import io.jenkins.plugins.modeldelivery.engine.model.Problem;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

/** Says what went wrong with a call: who, where, what, and what to do. */
final class Failures {
    private final Redactor redactor;

    Failures(Redactor redactor) {
        this.redactor = redactor;
    }

    HttpFailure of(HttpCall call, Problem problem, String what, boolean mayHaveArrived) {
        return of(call, problem, what, mayHaveArrived, null);
    }

    private HttpFailure of(HttpCall call, Problem problem, String what, boolean mayHaveArrived, Throwable cause) {
        String message = "Cannot " + call.purpose() + " at " + Redactor.origin(call.uri()) + ": " + what;
        return new HttpFailure(problem, redactor.mask(message), mayHaveArrived, harmless(cause));
    }

    HttpFailure cancelled(HttpCall call, boolean mayHaveArrived) {
        return of(call, Problem.CANCELLED, "it was cancelled.", mayHaveArrived);
    }

    HttpFailure timedOut(HttpCall call, boolean mayHaveArrived) {
        return of(
                call,
                Problem.TIMED_OUT,
                "it did not end within " + call.timeout().toMillis()
                        + " ms, tries again included. Look whether the server is overloaded, or allow more time.",
                mayHaveArrived);
    }

    /** The sink of a download failed. */
    HttpFailure sink(HttpCall call, IOException e) {
        return of(
                call,
                Problem.LOCAL_IO,
                "what arrived cannot be stored (" + redactor.brief(e.toString()) + "). Look at the local disk.",
                true,
                e);
    }

    HttpFailure of(HttpCall call, IOException e, boolean sent) {
        String said = redactor.brief(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
        if (e instanceof StreamedBody.LocalReadException) {
            return of(
                    call,
                    Problem.LOCAL_IO,
                    "what was to be sent cannot be read: " + said + ". Look at the local file.",
                    sent,
                    e);
        }
        if (untrusted(e)) {
            return of(
                    call,
                    Problem.UNREACHABLE,
                    "its TLS certificate is not trusted (" + said
                            + "). Configure the certificate authority of the server.",
                    sent,
                    e);
        }
        if (e instanceof SocketTimeoutException && sent) {
            return of(
                    call,
                    Problem.TIMED_OUT,
                    "the server was silent for too long (" + said + "). Look whether it is overloaded.",
                    true,
                    e);
        }
        if (e instanceof InterruptedIOException && !(e instanceof SocketTimeoutException)) {
            return timedOut(call, sent);
        }
        if (e instanceof UnknownHostException) {
            return of(call, Problem.UNREACHABLE, "there is no such host. Check the URL and the proxy.", false, e);
        }
        if (!sent || e instanceof ConnectException || e instanceof SSLException) {
            return of(
                    call,
                    Problem.UNREACHABLE,
                    "no connection (" + said + "). Check the URL, the network and that the server runs.",
                    sent,
                    e);
        }
        return of(
                call,
                Problem.UNREACHABLE,
                "the connection broke before the reply was whole (" + said + "). Look at the server's log.",
                true,
                e);
    }

    HttpFailure tooLong(HttpCall call) {
        return of(
                call,
                Problem.SERVER,
                "the reply is longer than the " + call.maxReply()
                        + " bytes that are read. Check that the URL is right.",
                true);
    }

    HttpFailure redirected(HttpCall call, int status, URI to) {
        return of(
                call,
                Problem.SERVER,
                "it answered " + status + ", a redirect to " + Redactor.origin(to)
                        + ", which is not followed. If that is the right server, configure its URL.",
                call.idempotency() != Idempotency.SAFE);
    }

    /** Trying again would meet the same certificate. */
    static boolean untrusted(IOException e) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            if (t instanceof CertificateException || t instanceof SSLPeerUnverifiedException) {
                return true;
            }
        }
        return false;
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
