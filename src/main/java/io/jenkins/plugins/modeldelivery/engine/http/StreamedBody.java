package io.jenkins.plugins.modeldelivery.engine.http;

import java.io.IOException;
import java.io.InputStream;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;

/** Sends a body as it is read, and insists on the length that was promised. */
final class StreamedBody extends RequestBody {
    private static final int LEAST = 8 * 1024;
    private static final int MOST = 64 * 1024;

    private final HttpCall.Body body;

    StreamedBody(HttpCall.Body body) {
        this.body = body;
    }

    @Override
    public MediaType contentType() {
        return MediaType.parse(body.type());
    }

    @Override
    public long contentLength() {
        return body.length();
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
        try (InputStream in = open()) {
            // Small for small files, of which there may be thousands, so that they leave little garbage.
            byte[] chunk = new byte[(int) Math.max(LEAST, Math.min(MOST, body.length() / 16))];
            long sent = 0;
            for (int n = read(in, chunk); n >= 0; n = read(in, chunk)) {
                sent += n;
                if (sent > body.length()) {
                    break;
                }
                sink.write(chunk, 0, n);
            }
            if (sent != body.length()) {
                throw new LocalReadException(
                        "it changed while it was sent: " + body.length() + " bytes were announced, "
                                + (sent > body.length() ? "more" : "only " + sent) + " were there",
                        null);
            }
        }
    }

    // A failure of ours must not look like one of the network, and OkHttp prints other exceptions than IOException.
    private InputStream open() throws LocalReadException {
        try {
            return body.open();
        } catch (IOException | RuntimeException e) {
            throw new LocalReadException(e.toString(), e);
        }
    }

    private static int read(InputStream in, byte[] chunk) throws LocalReadException {
        try {
            return in.read(chunk);
        } catch (IOException | RuntimeException e) {
            throw new LocalReadException(e.toString(), e);
        }
    }

    static final class LocalReadException extends IOException {
        private static final long serialVersionUID = 1L;

        LocalReadException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
