package io.jenkins.plugins.modeldelivery.engine.registry;

import io.jenkins.plugins.modeldelivery.engine.http.HttpCall;
import io.jenkins.plugins.modeldelivery.engine.http.HttpReply;
import io.jenkins.plugins.modeldelivery.engine.http.HttpSettings;
import io.jenkins.plugins.modeldelivery.engine.http.HttpTransport;
import io.jenkins.plugins.modeldelivery.engine.http.OkHttpTransport;
import io.jenkins.plugins.modeldelivery.engine.http.Redactor;
import io.jenkins.plugins.modeldelivery.engine.io.ModelFiles;
import io.jenkins.plugins.modeldelivery.engine.metrics.Metrics;
import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.Sleeper;
import io.jenkins.plugins.modeldelivery.engine.registry.AliasChange.AliasMove;
import io.jenkins.plugins.modeldelivery.engine.registry.mlflow.MlflowRegistry;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Measures on a running MLflow how long an alias may be moved by somebody else unseen: from the moment the request that reads
 * it is sent until the reply to the one that sets it is here. What the server itself needs for both is in it, so the window
 * is at most that long. Run by {@code alias_window.py}.
 */
public final class AliasWindow {
    private static final Cancellation NEVER = Cancellation.NONE;

    private AliasWindow() {}

    /** Notes when an alias was read and set. */
    private static final class Timing implements HttpTransport {
        private final HttpTransport transport;
        private long read;
        private long window = -1;

        Timing(HttpTransport transport) {
            this.transport = transport;
        }

        @Override
        public HttpReply send(HttpCall call, Cancellation cancellation) {
            String path = call.uri().getPath();
            // The last one before the alias is set is the one that decides.
            if (path.endsWith("registered-models/get") && window < 0) {
                read = System.nanoTime();
            }
            HttpReply reply = transport.send(call, cancellation);
            if (path.endsWith("registered-models/alias") && call.method().equals("POST")) {
                window = System.nanoTime() - read;
            }
            return reply;
        }

        long taken() {
            long taken = window;
            window = -1;
            return taken;
        }

        @Override
        public HttpReply download(HttpCall call, Sink sink, Cancellation cancellation) {
            return transport.download(call, sink, cancellation);
        }

        @Override
        public Redactor redactor() {
            return transport.redactor();
        }

        @Override
        public void close() {
            transport.close();
        }
    }

    /** @param args URL of an MLflow server, number of moves */
    public static void main(String[] args) throws Exception {
        int moves = Integer.parseInt(args[1]);
        String model = "alias window " + UUID.randomUUID();
        Timing timing = new Timing(new OkHttpTransport(HttpSettings.DEFAULTS, Clock.systemUTC(), Sleeper.REAL));
        try (ModelRegistry registry =
                new MlflowRegistry(timing, URI.create(args[0]), "alias-window", Clock.systemUTC())) {
            Path file = Files.createTempFile("alias-window", ".bin");
            String[] versions = {version(registry, model, file), version(registry, model, file)};
            Files.delete(file);
            double[] millis = new double[moves];
            Optional<String> at = Optional.empty();
            // The first moves find cold code, here and in the server.
            for (int i = -20; i < moves; i++) {
                Optional<String> to = Optional.of(versions[Math.floorMod(i, 2)]);
                AliasMove move = registry.moveAlias(
                        model,
                        new AliasChange("champion", at, to, UUID.randomUUID().toString()),
                        NEVER);
                if (move.outcome() != AliasMove.Outcome.MOVED) {
                    throw new IllegalStateException(move.toString());
                }
                at = to;
                long taken = timing.taken();
                if (i >= 0) {
                    millis[i] = taken / 1e6;
                }
            }
            Arrays.sort(millis);
            System.out.printf(
                    "%d moves; window in ms: median %.1f, 95 %% below %.1f, longest %.1f%n",
                    moves, millis[moves / 2], millis[moves * 95 / 100], millis[moves - 1]);
        }
    }

    private static String version(ModelRegistry registry, String model, Path file) {
        NewVersion plan = new NewVersion(
                model,
                UUID.randomUUID().toString(),
                new VersionSource.Files(file),
                Metrics.NONE,
                Map.of(),
                "",
                Map.of());
        VersionDraft staging = registry.stage(plan, true, NEVER);
        String digest = registry.upload(staging, ModelFiles.list(file), (done, total) -> {}, NEVER)
                .digest();
        return registry.createVersion(plan, Optional.of(staging), Optional.of(digest), NEVER)
                .version();
    }
}
