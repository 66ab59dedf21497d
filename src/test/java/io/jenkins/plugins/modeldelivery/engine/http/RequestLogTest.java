package io.jenkins.plugins.modeldelivery.engine.http;

import static io.jenkins.plugins.modeldelivery.engine.http.Http.status;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RequestLogTest {
    private final Logger logger = Logger.getLogger(OkHttpTransport.class.getName());
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord line) {
            if (line.getLevel() == Level.FINE) {
                lines.add(line.getMessage());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @AutoClose
    private final Http http = new Http();

    @BeforeEach
    void listen() {
        logger.addHandler(handler);
        logger.setLevel(Level.FINE);
    }

    @AfterEach
    void leave() {
        logger.removeHandler(handler);
        logger.setLevel(null);
    }

    @Test
    void logsEachRequestWithItsStatus() {
        http.answers(status(503), status(200));

        http.send(http.call(Idempotency.SAFE));

        assertThat(lines)
                .containsExactly(
                        "GET " + http.uri("/api") + ": status 503, 0 ms",
                        "GET " + http.uri("/api") + ": status 200, 0 ms");
    }

    @Test
    void leavesOutTheQueryAndTheSecrets() {
        http.use(HttpSettings.DEFAULTS.withAuthentication(new Authentication.Bearer("s3cret-token")));
        http.answers(status(200));

        http.send(Http.call("GET", http.uri("/s3cret-token/part?signature=abc"), Idempotency.SAFE, Optional.empty()));

        assertThat(lines).singleElement().asString().doesNotContain("s3cret", "signature", "abc");
    }

    @Test
    void writesNothingByDefault() {
        logger.setLevel(null);
        http.answers(status(200));

        http.send(http.call(Idempotency.SAFE));

        assertThat(lines).isEmpty();
    }
}
