package io.jenkins.plugins.modeldelivery.engine.fake;

import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.function.Supplier;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import okio.Buffer;
import okio.ByteString;
import okio.GzipSink;
import okio.Okio;

/** What a server can do wrong. Each echoes the token that it was sent wherever it says something. */
public enum Fault {
    TORN(
            () -> json(200, "{\"a\": \"" + "x".repeat(900)).onResponseBody(new SocketEffect.CloseSocket()),
            "broke",
            ErrorKind.UNREACHABLE),
    RESET(() -> json(200, "{}").onResponseStart(new SocketEffect.CloseSocket()), "", ErrorKind.UNREACHABLE),
    SILENT(() -> json(200, "{}").onResponseBody(SocketEffect.Stall.INSTANCE), "sent no data", ErrorKind.TIMED_OUT),
    HUGE(Fault::bomb, "longer than", ErrorKind.SERVER),
    LOGIN_PAGE(
            () -> new MockResponse.Builder()
                    .code(200)
                    .addHeader("Content-Type", "text/html; charset=utf-8")
                    .body("<html><title>Sign in</title>" + FaultyServer.TOKEN + "</html>"),
            "a web page instead of JSON",
            ErrorKind.SERVER),
    GARBAGE(() -> json(200, FaultyServer.TOKEN), "not valid JSON", ErrorKind.SERVER),
    BAD_REQUEST(() -> says(400, "INVALID_PARAMETER_VALUE"), "400", ErrorKind.INVALID_INPUT, ErrorKind.SERVER),
    UNAUTHENTICATED(() -> says(401, "UNAUTHENTICATED"), "credentials", ErrorKind.DENIED),
    FORBIDDEN(() -> says(403, "PERMISSION_DENIED"), "credentials", ErrorKind.DENIED),
    NO_SUCH_PAGE(
            () -> new MockResponse.Builder().code(404).body("no page for " + FaultyServer.TOKEN),
            "404",
            ErrorKind.UNSUPPORTED),
    CONFLICT(() -> says(409, "CONFLICTING_UPDATE"), "409", ErrorKind.CONFLICT),
    TOO_MANY(
            () -> says(429, "REQUEST_LIMIT_EXCEEDED").addHeader("Retry-After", "1"),
            "Try again later",
            ErrorKind.UNREACHABLE),
    BROKEN(() -> says(500, "INTERNAL_ERROR"), "See the log of the server", ErrorKind.SERVER),
    AWAY(
            () -> new MockResponse.Builder().code(503).body(FaultyServer.TOKEN + " not now"),
            "Try again later",
            ErrorKind.UNREACHABLE),
    ELSEWHERE(
            () -> new MockResponse.Builder()
                    .code(302)
                    .addHeader(
                            "Location",
                            "http://elsewhere.example/?token="
                                    + URLEncoder.encode(FaultyServer.TOKEN, StandardCharsets.UTF_8)),
            "elsewhere.example",
            ErrorKind.SERVER);

    private static final int MORE_THAN_IS_READ = 65 * 1024 * 1024;

    private final Supplier<MockResponse.Builder> reply;
    private final String words;
    private final Set<ErrorKind> problems;

    /** @param words that the message must hold */
    Fault(Supplier<MockResponse.Builder> reply, String words, ErrorKind... problems) {
        this.reply = reply;
        this.words = words;
        this.problems = Set.of(problems);
    }

    public MockResponse reply() {
        return reply.get().build();
    }

    public String words() {
        return words;
    }

    /** How a caller may take it. */
    public Set<ErrorKind> problems() {
        return problems;
    }

    static MockResponse.Builder json(int status, String body) {
        return new MockResponse.Builder()
                .code(status)
                .addHeader("Content-Type", "application/json")
                .body(body);
    }

    private static MockResponse.Builder says(int status, String code) {
        String words = "denied to Bearer " + FaultyServer.TOKEN + " " + "and so on ".repeat(1000);
        return json(
                status,
                "{\"error_code\": \"" + code + "\", \"message\": \"" + words + "\", \"error\": \"" + words + "\"}");
    }

    /** Made once, since a server that is slow to begin would be another fault. */
    private static final class Bomb {
        private static final ByteString BYTES = bytes();

        private static ByteString bytes() {
            Buffer bomb = new Buffer();
            try (var gzip = Okio.buffer(new GzipSink(bomb))) {
                gzip.write(new byte[MORE_THAN_IS_READ]);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
            return bomb.readByteString();
        }
    }

    private static MockResponse.Builder bomb() {
        return json(200, "").body(new Buffer().write(Bomb.BYTES)).addHeader("Content-Encoding", "gzip");
    }
}
