package io.jenkins.plugins.modeldelivery.engine.registry.mlflow;

import io.jenkins.plugins.modeldelivery.engine.http.HttpSettings;
import io.jenkins.plugins.modeldelivery.engine.http.OkHttpTransport;
import io.jenkins.plugins.modeldelivery.engine.live.LiveMlflow;
import io.jenkins.plugins.modeldelivery.engine.model.Pause;
import io.jenkins.plugins.modeldelivery.engine.registry.ModelRegistry;
import io.jenkins.plugins.modeldelivery.engine.registry.RegistryContract;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

@Tag("live")
class MlflowRegistryLiveTest extends RegistryContract {
    @TempDir
    static Path server;

    private static LiveMlflow mlflow;
    private static ModelRegistry registry;

    @BeforeAll
    static void start() throws Exception {
        mlflow = LiveMlflow.start(server);
        registry = new MlflowRegistry(
                new OkHttpTransport(HttpSettings.DEFAULTS, Clock.systemUTC(), Pause.REAL),
                URI.create(mlflow.url()),
                "contract",
                Clock.systemUTC());
    }

    @AfterAll
    static void stop() {
        registry.close();
        mlflow.close();
    }

    @Override
    protected ModelRegistry registry() {
        return registry;
    }
}
