package io.jenkins.plugins.modeldelivery.engine.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.UnknownServiceException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * A fault of a connection that each further try meets again, until somebody changes a configuration: certificates, names of
 * hosts, protocols.
 *
 * @param what is wrong, for the middle of a message
 * @param remedy a sentence
 */
record PermanentFailure(String what, String remedy) {
    /** Empty if the same call may fare better at another time. */
    static Optional<PermanentFailure> of(IOException e) {
        if (has(e, CertificateExpiredException.class) || has(e, CertificateNotYetValidException.class)) {
            return fault(
                    "its TLS certificate has expired or is not valid yet",
                    "The server needs a new certificate, if the clock of this machine is right.");
        }
        if (has(e, SSLPeerUnverifiedException.class)) {
            return fault(
                    "its TLS certificate is for other host names",
                    "Use a host name in the URL that the certificate names.");
        }
        if (has(e, CertificateException.class)) {
            return fault("its TLS certificate is not trusted", "Configure the certificate authority of the server.");
        }
        if (has(e, HostLookup.NoSuchHost.class)) {
            return fault("there is no such host", "Check the URL and the proxy.");
        }
        if (e instanceof SSLException && said(e).contains("Unsupported or unrecognized SSL message")) {
            return fault(
                    "it does not use TLS on this port", "Check the port, or begin the URL with http://, not https://.");
        }
        if (e instanceof SSLHandshakeException && !broken(e)) {
            return fault(
                    "the TLS handshake failed",
                    "Check which TLS versions the server supports and whether it requires a client certificate.");
        }
        if (e instanceof ProtocolException && said(e).startsWith("Unexpected status line")) {
            return fault(
                    "it does not use HTTP on this port",
                    "Check the port, and whether the URL must begin with https://.");
        }
        return e instanceof UnknownServiceException
                ? fault("the protocol is not supported", "Check the URL.")
                : Optional.empty();
    }

    private static Optional<PermanentFailure> fault(String what, String remedy) {
        return Optional.of(new PermanentFailure(what, remedy));
    }

    private static String said(IOException e) {
        return String.valueOf(e.getMessage());
    }

    private static boolean has(Throwable e, Class<? extends Exception> kind) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            if (kind.isInstance(t)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the connection was lost meanwhile, as when a server is stopped, or the server blames itself. */
    private static boolean broken(IOException e) {
        return has(e, EOFException.class)
                || has(e, SocketException.class)
                || has(e, InterruptedIOException.class)
                || said(e).contains("internal_error")
                || said(e).contains("user_canceled");
    }
}
