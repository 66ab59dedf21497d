package io.jenkins.plugins.modeldelivery.engine.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.modeldelivery.engine.http.HttpSettings;
import io.jenkins.plugins.modeldelivery.engine.http.OkHttpTransport;
import io.jenkins.plugins.modeldelivery.engine.live.LiveMlserver;
import io.jenkins.plugins.modeldelivery.engine.live.LiveServer;
import io.jenkins.plugins.modeldelivery.engine.live.TrainedModels;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.Json;
import io.jenkins.plugins.modeldelivery.engine.model.ModelFiles;
import io.jenkins.plugins.modeldelivery.engine.model.Pause;
import io.jenkins.plugins.modeldelivery.engine.model.Problem;
import io.jenkins.plugins.modeldelivery.engine.model.TransferProgress;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("live")
class OpenInferenceTargetLiveTest extends TargetContract {
    private static final double TOLERANCE = 1e-9;

    @TempDir
    static Path home;

    private static LiveServer mlserver;
    private static TrainedModels models;
    private static ServingTarget target;

    @TempDir
    Path scratch;

    @BeforeAll
    static void start() throws Exception {
        mlserver = LiveMlserver.start(home.resolve("models"));
        models = TrainedModels.train(home.resolve("trained"));
        target = new OpenInferenceTarget(
                new ModelRepository(
                        home.resolve("models"), new ModelSettings(Optional.of("mlserver_sklearn.SKLearnModel")), 3),
                new OpenInferenceClient(
                        new OkHttpTransport(HttpSettings.DEFAULTS, Clock.systemUTC(), Pause.REAL),
                        URI.create(mlserver.url()),
                        Clock.systemUTC()));
    }

    @AfterAll
    static void stop() {
        target.close();
        mlserver.close();
    }

    @Override
    protected ServingTarget target() {
        return target;
    }

    private static String trained(String name) {
        return name.equals("first") ? "good" : "worse";
    }

    @Override
    protected Path model(String name) {
        return models.files(trained(name));
    }

    @Override
    protected Optional<SmokeTest> golden(String name) throws IOException {
        return Optional.of(new SmokeTest(
                Json.read(Files.readAllBytes(models.request()), Problem.INVALID_INPUT, "request"),
                Optional.of(Json.read(
                        Files.readAllBytes(models.expected(trained(name))), Problem.INVALID_INPUT, "expected")),
                TOLERANCE,
                TOLERANCE,
                Optional.empty(),
                Optional.empty()));
    }

    @Test
    void saysWithTheServersWordsWhyItCannotLoad() throws IOException {
        Rollout good = deploy("first", "1");
        Path torn = Files.createDirectories(scratch.resolve("torn"));
        byte[] whole = Files.readAllBytes(models.files("good").resolve("model.joblib"));
        Files.write(torn.resolve("model.joblib"), java.util.Arrays.copyOf(whole, whole.length / 2));
        Rollout rollout = new Rollout(
                "torn", endpoint, new ServedVersion("wine", "2", Optional.empty()), target.current(endpoint, NEVER));
        target.apply(rollout, ModelFiles.list(torn), TransferProgress.SILENT, NEVER);
        Readiness loaded = target.load(rollout, NEVER);
        assertThat(loaded.state()).isEqualTo(Readiness.State.FAILED);
        assertThat(loaded.reason()).contains("the server answered 5").hasSizeLessThan(400);
        target.restore(rollout, NEVER);
        assertLive(good, good.candidate(), "first");
    }

    @Test
    void tellsAnotherModelByItsAnswers() throws IOException {
        Rollout good = deploy("first", "1");
        SmokeResult result = target.smokeLive(good, golden("second").orElseThrow(), NEVER);
        assertThat(result.passed()).isFalse();
        assertThat(result.reason()).contains("predict_proba[0] is").contains("expected was");
    }

    @Test
    void leavesNoCandidateBehind() throws IOException {
        deploy("first", "1");
        assertThat(home.resolve("models").resolve(endpoint + "--candidate")).doesNotExist();
        assertThat(home.resolve("models").resolve(endpoint).resolve("model-settings.json"))
                .exists();
    }

    @Test
    void takesTheSettingsThatAModelBrings() throws IOException {
        Path own = Files.createDirectories(scratch.resolve("own"));
        Files.copy(models.files("good").resolve("model.joblib"), own.resolve("wine.joblib"));
        Files.writeString(
                own.resolve("model-settings.json"),
                "{\"name\": \"mine\", \"implementation\": \"mlserver_sklearn.SKLearnModel\", \"parameters\": {\"uri\":"
                        + " \"./wine.joblib\", \"version\": \"v9\"}}");
        String digest = ModelFiles.list(own).hash(NEVER).digest();
        Rollout rollout =
                new Rollout("own", endpoint, new ServedVersion("wine", "4", Optional.of(digest)), Optional.empty());
        target.apply(rollout, ModelFiles.list(own), TransferProgress.SILENT, NEVER);
        assertThat(target.load(rollout, NEVER)).isEqualTo(Readiness.ready());
        assertThat(target.switchOver(rollout, NEVER)).isEqualTo(Readiness.ready());
        assertLive(rollout, rollout.candidate(), "first");
        target.finish(rollout, NEVER);
    }

    @Test
    void doesNotOverwriteAModelThatSomebodyElsePutThere() throws IOException {
        Path theirs = Files.createDirectories(home.resolve("models").resolve(endpoint));
        Files.writeString(theirs.resolve("model-settings.json"), "{\"name\": \"" + endpoint + "\"}");
        assertThatThrownBy(() -> bringIn(rollout("first", "1"), "first"))
                .isInstanceOfSatisfying(
                        DeliveryException.class, e -> assertThat(e.problem()).isEqualTo(Problem.CONFLICT))
                .hasMessageContaining("not deployed from here");
        Files.delete(theirs.resolve("model-settings.json"));
    }
}
